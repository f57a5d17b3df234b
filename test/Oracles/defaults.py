#!/usr/bin/env python3
"""Writes data/defaults.json: for each model type, what transformers takes for keys that a config
leaves out, as its configuration class declares them.

    python defaults.py     # needs torch and transformers

Two things stand otherwise in config files than in classes: the base of rotary positions, which is
a class's default_theta, and rope_parameters, which transformers makes of it.
"""

import dataclasses
import json
import pathlib

import transformers
from transformers import CONFIG_MAPPING

TYPES = ["gpt2", "llama", "mistral", "qwen2", "qwen3", "gemma2", "mixtral"]


def declared(model_type):
    cls = CONFIG_MAPPING[model_type]
    own = cls.__dict__["__annotations__"]
    defaults = {f.name: f.default for f in dataclasses.fields(cls) if f.name in own}
    if "rope_parameters" in defaults:
        assert defaults.pop("rope_parameters") is None
        defaults["rope_theta"] = cls.default_theta
    return defaults


def main():
    table = {name: declared(name) for name in TYPES}
    path = pathlib.Path(__file__).parent / "data" / "defaults.json"
    text = json.dumps(dict(made_by=f"defaults.py with transformers {transformers.__version__}", **table),
                      indent=1, sort_keys=True)
    path.write_text(text + "\n")


if __name__ == "__main__":
    main()
