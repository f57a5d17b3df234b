#!/usr/bin/env python3
"""Makes the expectations in data/: what PyTorch says GPT-2 does in a few training steps.

    python gpt2.py            # writes data/<case>.*; needs torch, transformers, safetensors, numpy

The tests read the files and need none of this. For each case of CASES, which the tests build with
weft-import under the same sizes:

  <case>.weights.safetensors    F32  the weights that training starts from, under published names
  <case>.batches.safetensors    I32  tokens and targets, [STEPS * batch, length]; -100 is ignored
  <case>.gradients.safetensors  F64  gradients of the loss SUM of the first update; the sum and its
                                     weight in the metadata
  <case>.updated.safetensors    F64  the weights after STEPS updates
  <case>.steps.jsonl            losses and gradient norms of each step in f64
  <case>.json                   how far two f32 programs are from all that: PyTorch's, and the
                                textbook one in textbook.py

An f32 error is norm-wise: the 2-norm of the difference over the 2-norm of the f64 result. Gradients
of the key bias are zero in exact arithmetic, so that theirs is the 2-norm of the difference alone.
"""

import json
import pathlib

import numpy as np
import torch
from safetensors.numpy import save_file
from transformers import GPT2Config, GPT2LMHeadModel

import textbook
from textbook import BETAS, CLIP, DECAY, EPS, IGNORED, LEARNING_RATE, decays

STEPS = 10
DATA = pathlib.Path(__file__).parent / "data"

# Sizes that no power of two divides, and sizes that are all powers of two. See check_condition for
# the seeds.
CASES = {
    "odd": dict(layers=2, heads=3, width=24, vocab=61, positions=16, batch=6, length=13, seed=8),
    "narrow": dict(layers=2, heads=6, width=48, vocab=97, positions=20, batch=2, length=17, seed=4),
    "even": dict(layers=1, heads=4, width=64, vocab=128, positions=32, batch=4, length=32, seed=8),
}


def make_weights(model, generator):
    """Far enough from the usual zeros and ones that every term of every gradient counts."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        center = 1.0 if "ln_" in name and name.endswith("weight") else 0.0
        parameter.data.copy_(center + 0.1 * noise)


def make_batches(case, rng):
    """Sequences of a skewed distribution, whose first targets, a different number in each, are
    ignored. Of the first batch the middle third is ignored altogether."""
    count = STEPS * case["batch"]
    frequency = 1.0 / np.arange(1, case["vocab"] + 1)
    text = rng.choice(case["vocab"], (count, case["length"] + 1), p=frequency / frequency.sum())
    tokens, targets = text[:, :-1].astype(np.int32), text[:, 1:].astype(np.int32)
    for row in range(count):
        targets[row, : rng.integers(0, case["length"])] = IGNORED
    third = case["batch"] // 3
    targets[third : 2 * third] = IGNORED
    return np.ascontiguousarray(tokens), np.ascontiguousarray(targets)


def build(case, dtype):
    config = GPT2Config(
        vocab_size=case["vocab"], n_positions=case["positions"], n_embd=case["width"],
        n_layer=case["layers"], n_head=case["heads"], resid_pdrop=0.0, embd_pdrop=0.0,
        attn_pdrop=0.0, bos_token_id=0, eos_token_id=0, attn_implementation="eager")
    return GPT2LMHeadModel(config).to(dtype)


def parameters(model):
    return {name.removeprefix("transformer."): p for name, p in model.named_parameters()}


def train_pytorch(case, weights, tokens, targets, dtype):
    """The same result as textbook.train, by PyTorch."""
    model = build(case, dtype)
    tensors = parameters(model)
    for name, tensor in tensors.items():
        tensor.data.copy_(torch.from_numpy(weights[name]))
    groups = [dict(params=[t for n, t in tensors.items() if decays(n) == flag],
                   weight_decay=DECAY if flag else 0.0) for flag in (True, False)]
    optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=BETAS, eps=EPS)
    steps, gradients = [], None
    for step in range(STEPS):
        rows = slice(step * case["batch"], (step + 1) * case["batch"])
        x, y = torch.from_numpy(tokens[rows]).long(), torch.from_numpy(targets[rows]).long()
        logits = model(x).logits
        loss_sum = torch.nn.functional.cross_entropy(
            logits.reshape(-1, case["vocab"]), y.reshape(-1), ignore_index=IGNORED, reduction="sum")
        weight = int((y != IGNORED).sum())
        optimizer.zero_grad()
        loss_sum.backward()
        if step == 0:
            gradients = {n: t.grad.numpy().copy() for n, t in tensors.items()}
        for tensor in tensors.values():
            tensor.grad /= weight
        norm = torch.nn.utils.clip_grad_norm_(list(tensors.values()), CLIP)
        optimizer.step()
        steps.append(dict(loss=loss_sum.item() / weight, loss_sum=loss_sum.item(),
                          loss_weight=weight, grad_norm=norm.item()))
    return steps, gradients, {n: t.detach().numpy() for n, t in tensors.items()}


def key_third(name, array):
    """The slice of c_attn.bias that belongs to the keys, or nothing."""
    third = array.shape[0] // 3 if name.endswith("attn.c_attn.bias") else 0
    return slice(third, 2 * third)


def tensor_errors(expected, actual, absolute_keys):
    errors = {}
    for name, want in expected.items():
        want, got = want.astype(np.float64), actual[name].astype(np.float64)
        difference, keep = got - want, np.ones(want.shape[0], bool)
        keep[key_third(name, want)] = False
        errors[name] = float(np.linalg.norm(difference[keep]) / np.linalg.norm(want[keep]))
        if absolute_keys and not keep.all():
            errors[name + ".keys"] = float(np.linalg.norm(difference[~keep]))
    return errors


def run_errors(expected, actual):
    """How far one run is from another; for steps, the largest of all."""
    def worst(key):
        return max(abs(a[key] - e[key]) / abs(e[key]) for e, a in zip(expected[0], actual[0]))
    return dict(loss=worst("loss"), grad_norm=worst("grad_norm"),
                gradients=tensor_errors(expected[1], actual[1], absolute_keys=True),
                weights=tensor_errors(expected[2], actual[2], absolute_keys=False))


def check_agreement(name, errors):
    """Two programs that share nothing agree in f64, or the expectations are worth nothing."""
    worst = max([*errors["gradients"].values(), *errors["weights"].values(), errors["grad_norm"]])
    assert errors["loss"] < 1e-13 and worst < 1e-10, (name, errors["loss"], worst)
    print(f"{name}: PyTorch and the textbook in f64: loss {errors['loss']:.1e}, others {worst:.1e}")


def check_condition(name, gradients, weight):
    """AdamW's first update is about lr * g / (|g| + eps): where |g| is near eps = 1e-8, an f32
    rounding of g moves a weight by a good part of lr, and a right program may miss the tolerance.
    Seeds are chosen so that there is no such element."""
    smallest = min(np.abs(g[g != 0]).min() for n, g in gradients.items() if "c_attn.bias" not in n)
    assert smallest / weight > 25 * EPS, (name, smallest / weight)


def make_case(name, case):
    torch.manual_seed(case["seed"])
    rng = np.random.default_rng(case["seed"])
    model = build(case, torch.float32)
    make_weights(model, torch.Generator().manual_seed(case["seed"]))
    weights = {n: p.detach().numpy().copy() for n, p in parameters(model).items()}
    tokens, targets = make_batches(case, rng)

    run = (case, weights, tokens, targets)
    expected = train_pytorch(*run, torch.float64)
    check_condition(name, expected[1], expected[0][0]["loss_weight"])
    check_agreement(name, run_errors(expected, textbook.train(*run, STEPS, np.float64)))
    save_file(weights, DATA / f"{name}.weights.safetensors")
    save_file(dict(tokens=tokens, targets=targets), DATA / f"{name}.batches.safetensors")
    steps = expected[0]
    save_file(expected[1], DATA / f"{name}.gradients.safetensors",
              metadata={key: repr(steps[0][key]) for key in ("loss_sum", "loss_weight")})
    save_file(expected[2], DATA / f"{name}.updated.safetensors")
    (DATA / f"{name}.steps.jsonl").write_text(
        "".join(json.dumps(dict(step=i, **s)) + "\n" for i, s in enumerate(steps, start=1)))
    summary = dict(
        made_by=f"gpt2.py with torch {torch.__version__}", case=case, learning_rate=LEARNING_RATE,
        f32_errors=dict(pytorch=run_errors(expected, train_pytorch(*run, torch.float32)),
                        textbook=run_errors(expected, textbook.train(*run, STEPS, np.float32))))
    (DATA / f"{name}.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    DATA.mkdir(exist_ok=True)
    for name, case in CASES.items():
        make_case(name, case)
