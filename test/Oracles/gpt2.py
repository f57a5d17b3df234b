#!/usr/bin/env python3
"""Makes the expectations of GPT-2 in data/; see expectations.py.

    python gpt2.py            # writes data/<case>.*; needs torch, transformers, safetensors, numpy

The tests read the files and need none of this.
"""

from transformers import GPT2Config, GPT2LMHeadModel

import textbook
from expectations import DATA, Family, make_cases

# Sizes that no power of two divides, and sizes that are all powers of two. See
# expectations.condition for the seeds.
CASES = {
    "odd": dict(layers=2, heads=3, width=24, vocab=61, positions=16, batch=6, length=13, seed=8),
    "narrow": dict(layers=2, heads=6, width=48, vocab=97, positions=20, batch=2, length=17, seed=4),
    "even": dict(layers=1, heads=4, width=64, vocab=128, positions=32, batch=4, length=32, seed=8),
}
# What the textbook does not know.
VARIANTS = {"gpt2-by-layer": dict(layers=3, heads=3, width=24, vocab=61, positions=16, batch=3, length=13, seed=3)}


class Gpt2(Family):
    made_by = "gpt2.py"
    textbook = staticmethod(textbook.train)

    def configure(self, case, **more):
        return GPT2Config(
            vocab_size=case["vocab"], n_positions=case["positions"], n_embd=case["width"],
            n_layer=case["layers"], n_head=case["heads"], resid_pdrop=0.0, embd_pdrop=0.0,
            attn_pdrop=0.0, bos_token_id=0, eos_token_id=0, attn_implementation="eager", **more)

    def build(self, case):
        return GPT2LMHeadModel(self.configure(case))

    def publish(self, tensors):
        return {name.removeprefix("transformer."): t for name, t in tensors.items()}

    def unpublish(self, tensors):
        return {"transformer." + name: t for name, t in tensors.items()}

    def decays(self, name):
        return textbook.decays(name)

    def norm_center(self, name):
        return 1.0 if "ln_" in name and name.endswith("weight") else 0.0


class Gpt2ByLayer(Gpt2):
    """Scores divided by the layer's number too, and the gelu of CLIP."""
    textbook = None

    def configure(self, case, **more):
        return super().configure(case, scale_attn_by_inverse_layer_idx=True, activation_function="quick_gelu", **more)


if __name__ == "__main__":
    make_cases(Gpt2(), CASES)
    make_cases(Gpt2ByLayer(), VARIANTS)
    for name, case in VARIANTS.items():
        Gpt2ByLayer().configure(case).to_json_file(DATA / f"{name}.config.json")
