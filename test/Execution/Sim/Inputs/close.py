#!/usr/bin/env python3
"""Losses (those of evaluations, too) and gradient norms of two logs, within a relative difference. Usage: close.py LOG LOG TOLERANCE"""
import json
import sys

with open(sys.argv[1]) as a, open(sys.argv[2]) as b:
    pairs = [(json.loads(x), json.loads(y)) for x, y in zip(a, b, strict=True)]
differing = [f"step {x['step']}: {key} {x[key]} and {y[key]}" for x, y in pairs
             for key in ("loss", "grad_norm", *(key for key in y if key.startswith("val_loss")))
             if not abs(x[key] - y[key]) <= float(sys.argv[3]) * abs(y[key])]
print("\n".join(differing))
sys.exit(1 if differing or not pairs else 0)
