#!/usr/bin/env python3
"""Makes data/experts.*: what PyTorch says, in f64, the mixture of experts of
test/Execution/CPU/Inputs/experts.mlir does in a few training steps.

    python experts.py         # needs torch, safetensors, numpy

The files are those of gpt2.py, without expectations in f32. Every expert computes every token here, and
what it was not chosen for is left out of the sum: nothing is sorted, so that nothing is shared with
what is tested.
"""

import json
import pathlib

import numpy as np
import torch
from safetensors.numpy import save_file

from textbook import LEARNING_RATE

STEPS, BATCH, LENGTH, VOCAB, WIDTH, HIDDEN, EXPERTS, K = 10, 3, 13, 256, 20, 36, 8, 2
DATA = pathlib.Path(__file__).parent / "data"
SHAPES = {"wte": (VOCAB, WIDTH)}
for layer in ("h.0", "h.1"):
    SHAPES |= {f"{layer}.gate.weight": (EXPERTS, WIDTH),
               f"{layer}.experts.w1.weight": (EXPERTS, HIDDEN, WIDTH),
               f"{layer}.experts.w2.weight": (EXPERTS, WIDTH, HIDDEN)}


def mixture(x, gate, w1, w2):
    """The layer's result, and its balance loss."""
    logits = x @ gate.T
    best, ids = logits.topk(K, dim=-1)
    chosen = torch.nn.functional.one_hot(ids, EXPERTS).to(x.dtype)
    weights = (chosen * best.softmax(-1)[..., None]).sum(-2)
    hidden = torch.nn.functional.gelu(torch.einsum("btd,ehd->bteh", x, w1), approximate="tanh")
    y = torch.einsum("bteh,edh,bte->btd", hidden, w2, weights)
    balance = EXPERTS * (chosen.mean((0, 1, 2)) * logits.softmax(-1).mean((0, 1))).sum()
    return x + y, balance


def loss_of(p, tokens, targets):
    x, balance = p["wte"][tokens], 0
    for layer in ("h.0", "h.1"):
        x, b = mixture(x, *(p[f"{layer}.{n}.weight"] for n in ("gate", "experts.w1", "experts.w2")))
        balance = balance + b
    logits = (x @ p["wte"].T).reshape(-1, VOCAB)
    loss = torch.nn.functional.cross_entropy(logits, targets.reshape(-1), reduction="sum")
    return loss + 0.01 * balance * targets.numel()


def main():
    rng = np.random.default_rng(5)
    weights = {n: (0.3 * rng.standard_normal(s)).astype(np.float32) for n, s in SHAPES.items()}
    text = rng.integers(0, 40, (STEPS * BATCH, LENGTH + 1)).astype(np.int32)
    tokens, targets = np.ascontiguousarray(text[:, :-1]), np.ascontiguousarray(text[:, 1:])
    p = {n: torch.from_numpy(w).double().requires_grad_() for n, w in weights.items()}
    groups = [dict(params=[t for n, t in p.items() if ".experts." not in n], weight_decay=0.01),
              dict(params=[t for n, t in p.items() if ".experts." in n], weight_decay=0.0)]
    optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.999), eps=1e-8)
    steps, gradients = [], None
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        x, y = (torch.from_numpy(t[rows]).long() for t in (tokens, targets))
        optimizer.zero_grad()
        loss = loss_of(p, x, y)
        loss.backward()
        gradients = gradients or {n: t.grad.numpy().copy() for n, t in p.items()}
        for tensor in p.values():
            tensor.grad /= y.numel()
        norm = torch.sqrt(sum((t.grad ** 2).sum() for t in p.values()))
        optimizer.step()
        steps.append(dict(loss=loss.item() / y.numel(), loss_sum=loss.item(),
                          loss_weight=y.numel(), grad_norm=norm.item()))
    save_file(weights, DATA / "experts.weights.safetensors")
    save_file(dict(tokens=tokens, targets=targets), DATA / "experts.batches.safetensors")
    save_file(gradients, DATA / "experts.gradients.safetensors",
              metadata={key: repr(steps[0][key]) for key in ("loss_sum", "loss_weight")})
    save_file({n: t.detach().numpy() for n, t in p.items()}, DATA / "experts.updated.safetensors")
    (DATA / "experts.steps.jsonl").write_text(
        "".join(json.dumps(dict(step=i, **s)) + "\n" for i, s in enumerate(steps, start=1)))
    summary = dict(made_by=f"experts.py with torch {torch.__version__}", learning_rate=LEARNING_RATE)
    (DATA / "experts.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
