#!/usr/bin/env python3
"""The text of a model of f32 (stdin) with all its tensors in bf16 or f16, but for the loss, whose logits are cast to f32.
Usage: short.py bf16|f16"""
import re
import sys

text = sys.stdin.read().replace("f32", sys.argv[1])
loss = re.search(r"( *)(%\w+, %\w+ = weft\.cross_entropy) (%\w+)(,[^:]*: )(tensor<[^>]*>)(.*\n.*\n)", text)
indent, start, logits, middle, kind, rest = loss.groups()
wide = kind.replace(sys.argv[1], "f32")
cast = f"{indent}%logits32 = weft.cast {logits} : {kind} to {wide}\n"
changed = cast + indent + start + " %logits32" + middle + wide + rest.replace(sys.argv[1], "f32")
text = text[:loss.start()] + changed + text[loss.end():]
sys.stdout.write(re.sub(r"(weft\.model .*?)-> \(.*?\) {", r"\1-> (tensor<f32>, tensor<f32>) {", text, flags=re.S))
