#!/usr/bin/env python3
"""Makes the expectations data/ops*: what PyTorch says the model Inputs/ops.mlir does in a few steps.

    python ops.py            # needs torch, transformers, safetensors, numpy

The files are those of gpt2.py, which also has the rules by which errors are measured. `ops` is trained
by SGD with Nesterov's momentum, `ops-plain` without momentum and decay, `ops-heavy` with momentum and
decay alone; the batches are the same. Everything is written with PyTorch's own functions where it has
them; rotary positions follow the formulas of the papers, on complex numbers, so that nothing is shared
with the compiler, and are compared with transformers before anything is written.
"""

import json
import math

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

from expectations import DATA, STEPS, run_errors

VOCAB, WIDTH, HEADS, BATCH, LENGTH, IGNORED, CLIP, SEED = 31, 24, 3, 3, 12, -100, 1.0, 3
LEARNING_RATE = 1e-1
SHAPES = {
    "wte.weight": (VOCAB, WIDTH), "norm_1.weight": (WIDTH,), "qkv.weight": (3 * WIDTH, WIDTH),
    "norm_2.weight": (WIDTH,), "gate.weight": (40, WIDTH), "up.weight": (40, WIDTH),
    "down.weight": (WIDTH, 40), "head.weight": (VOCAB, WIDTH)}
CASES = {
    "ops": dict(momentum=0.9, nesterov=True, weight_decay=0.1),
    "ops-plain": dict(),
    "ops-heavy": dict(momentum=0.9, weight_decay=0.1),
}


def frequencies(size, theta):
    return [theta ** (-2 * j / size) for j in range(size // 2)]


def llama3(f, factor=8.0, low=1.0, high=4.0, positions=64):
    wavelength = 2 * math.pi / f
    if wavelength > positions / low:
        return f / factor
    if wavelength < positions / high:
        return f
    smooth = (positions / wavelength - low) / (high - low)
    return (1 - smooth) * f / factor + smooth * f


def rope(x, freqs, interleaved=False):
    """Turns pairs as complex numbers; the angles are f64 whatever x is."""
    angles = torch.outer(torch.arange(x.shape[-2], dtype=torch.float64),
                         torch.tensor(freqs, dtype=torch.float64))
    turn = torch.polar(torch.ones_like(angles), angles).to(torch.complex128 if x.dtype == torch.float64
                                                           else torch.complex64)
    pairs = x.unflatten(-1, (-1, 2)) if interleaved else x.unflatten(-1, (2, -1)).transpose(-1, -2)
    turned = torch.view_as_real(torch.view_as_complex(pairs.contiguous()) * turn)
    return (turned if interleaved else turned.transpose(-1, -2)).flatten(-2)


def check_rope():
    """transformers computes frequencies in f32, and rotates in any type."""
    parameters = dict(rope_type="llama3", rope_theta=100.0, factor=8.0, low_freq_factor=1.0,
                      high_freq_factor=4.0, original_max_position_embeddings=64)
    config = LlamaConfig(hidden_size=24, num_attention_heads=3, max_position_embeddings=512,
                         rope_parameters=parameters)
    published = ROPE_INIT_FUNCTIONS["llama3"](config, "cpu")[0].double()
    freqs = torch.tensor([llama3(f) for f in frequencies(8, 100.0)], dtype=torch.float64)
    assert torch.allclose(published, freqs, rtol=1e-6, atol=0), (published, freqs)
    assert not torch.allclose(published, torch.tensor(frequencies(8, 100.0), dtype=torch.float64), rtol=1e-2)
    x = torch.randn(2, 3, 12, 8, dtype=torch.float64)
    angles = torch.outer(torch.arange(12, dtype=torch.float64), freqs).repeat(1, 2)[None]
    rotated = apply_rotary_pos_emb(x, x, angles.cos(), angles.sin())[0]
    assert torch.allclose(rotated, rope(x, freqs.tolist()), rtol=1e-13, atol=1e-14)


def loss(w, tokens, targets):
    x = w["wte.weight"][tokens]
    h = F.rms_norm(x, (WIDTH,), 1 + w["norm_1.weight"], 1e-6)
    q, k, v = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2)
               for part in F.linear(h, w["qkv.weight"]).chunk(3, -1))
    size = WIDTH // HEADS
    q = rope(q, [llama3(f) for f in frequencies(size, 100.0)])
    k = rope(k, frequencies(size, 10000.0))
    v = rope(v, [f / 2 for f in frequencies(size, 100.0)], interleaved=True)
    distance = torch.arange(LENGTH)[:, None] - torch.arange(LENGTH)[None, :]
    visible = (distance >= 0) & (distance < 5)
    attention = F.scaled_dot_product_attention(q, k, v, attn_mask=visible, scale=1.0)
    x = x + attention.transpose(1, 2).flatten(-2)
    h = F.rms_norm(x, (WIDTH,), w["norm_2.weight"], 1e-5)
    x = x + F.linear(F.silu(F.linear(h, w["gate.weight"])) * F.linear(h, w["up.weight"]), w["down.weight"])
    a, b, c = x.chunk(3, -1)
    x = x + torch.cat([torch.sin(a) * torch.clamp(b, -0.5, 0.75), torch.cos(b) * F.relu(a),
                       torch.sigmoid(c) * torch.where(a <= c, b, c)], -1)
    logits = F.linear(x, w["head.weight"])
    counts = targets != IGNORED
    total = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=IGNORED,
                            reduction="sum", label_smoothing=0.1)
    total = total + 1e-2 * (torch.logsumexp(logits, -1) ** 2)[counts].sum()
    seen = F.log_softmax(logits, -1).gather(-1, tokens[..., None])[..., 0]
    return total - 1e-3 * (seen * tokens).sum(), int(counts.sum())


def train(settings, weights, tokens, targets, dtype):
    w = {n: torch.tensor(a, dtype=dtype, requires_grad=True) for n, a in weights.items()}
    decay = settings.get("weight_decay", 0.0)
    groups = [dict(params=[t for n, t in w.items() if n.startswith("norm_") == flag],
                   weight_decay=0.0 if flag else decay) for flag in (True, False)]
    optimizer = torch.optim.SGD(groups, lr=LEARNING_RATE, **settings)
    steps, gradients = [], None
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        total, weight = loss(w, torch.from_numpy(tokens[rows]).long(), torch.from_numpy(targets[rows]).long())
        optimizer.zero_grad()
        total.backward()
        if step == 0:
            gradients = {n: t.grad.numpy().copy() for n, t in w.items()}
        for t in w.values():
            t.grad /= weight
        norm = torch.nn.utils.clip_grad_norm_(list(w.values()), CLIP)
        optimizer.step()
        steps.append(dict(loss=total.item() / weight, loss_sum=total.item(), loss_weight=weight,
                          grad_norm=norm.item()))
    return steps, gradients, {n: t.detach().numpy() for n, t in w.items()}


def make_data():
    generator, rng = torch.Generator().manual_seed(SEED), np.random.default_rng(SEED)
    weights = {}
    for name, shape in SHAPES.items():
        center = 1.0 if name == "norm_2.weight" else 0.0
        weights[name] = (center + 0.3 * torch.randn(shape, generator=generator)).numpy()
    text = rng.integers(0, VOCAB, (STEPS * BATCH, LENGTH + 1), dtype=np.int32)
    tokens, targets = text[:, :-1].copy(), text[:, 1:].copy()
    for row in targets:
        row[: rng.integers(0, LENGTH)] = IGNORED
    return weights, tokens, targets


def main():
    check_rope()
    weights, tokens, targets = make_data()
    save_file(dict(tokens=tokens, targets=targets), DATA / "ops.batches.safetensors")
    for name, settings in CASES.items():
        expected = train(settings, weights, tokens, targets, torch.float64)
        save_file(weights, DATA / f"{name}.weights.safetensors")
        save_file(expected[1], DATA / f"{name}.gradients.safetensors",
                  metadata={key: repr(expected[0][0][key]) for key in ("loss_sum", "loss_weight")})
        save_file(expected[2], DATA / f"{name}.updated.safetensors")
        (DATA / f"{name}.steps.jsonl").write_text(
            "".join(json.dumps(dict(step=i, **s)) + "\n" for i, s in enumerate(expected[0], start=1)))
        errors = run_errors(expected, train(settings, weights, tokens, targets, torch.float32))
        summary = dict(made_by=f"ops.py with torch {torch.__version__}", case=settings,
                       learning_rate=LEARNING_RATE, f32_errors=dict(pytorch=errors))
        (DATA / f"{name}.json").write_text(json.dumps(summary, indent=1) + "\n")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main()
