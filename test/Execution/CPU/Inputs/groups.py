#!/usr/bin/env python3
"""A model with a parameter for each combination of settings, and what an optimizer makes of it, computed here.

groups.py make OPTIMIZER FOLDER                 model.mlir and init.safetensors there
groups.py check OPTIMIZER LR STEPS TRAINED      a checkpoint's weights, trained from that

The loss is half the sum of all squares, so the gradient of a parameter is the parameter. Groups say what differs from the
defaults: a decay, a scale of the rate, both or neither, for parameters of f32 and of f64.
"""

import itertools
import math
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "..", "..", "RandomPrograms"))
from tensors import Tensor, read_safetensors, write_safetensors  # noqa: E402

DECAYS = [None, 0.0, 0.5, 1.0]  # None: the optimizer's own
SCALES = [None, 0.0, 0.5, 2.0]  # of several pairs the sum is the same, and the product
OWN_DECAY = 0.2
TYPES = {"f32": 3e-7, "f64": 2e-15}  # how far one may be off after 3 steps, relative to 1
OPTIMIZERS = {
    "adamw": f"#weft.adamw<betas = [0.8, 0.95], eps = 1.0e-3, weight_decay = {OWN_DECAY}>",
    "sgd": f"#weft.sgd<momentum = 0.9, nesterov = true, weight_decay = {OWN_DECAY}>",
}
BEFORE = [0.25, -1.5, 0.75, 2.0, -0.125]
SETTINGS = {f"p{d}{s}{t}": (decay, scale, t) for (d, decay), (s, scale), t in
            itertools.product(enumerate(DECAYS), enumerate(SCALES), TYPES)}


def groups():
    for (d, decay), (s, scale) in itertools.product(enumerate(DECAYS), enumerate(SCALES)):
        given = [f'match = "p{d}{s}*"']
        given += [f"weight_decay = {decay}"] if decay is not None else []
        given += [f"learning_rate_scale = {scale}"] if scale is not None else []
        if len(given) > 1:
            yield f"#weft.group<{', '.join(given)}>"


def text(optimizer):
    lines = []
    for name, (_, _, dtype) in SETTINGS.items():
        lines += [f'%{name} = weft.parameter "{name}" init(zeros) : tensor<5x{dtype}>',
                  f"%{name}s = weft.mul %{name}, %{name} : tensor<5x{dtype}>, tensor<5x{dtype}>",
                  f"%{name}t = weft.sum %{name}s axes [0] : tensor<5x{dtype}>",
                  f"%{name}u = weft.cast %{name}t : tensor<{dtype}> to tensor<f64>" if dtype != "f64" else ""]
    total = "%zero"
    lines.append("%zero = weft.constant dense<0.0> : tensor<f64>")
    for name, (_, _, dtype) in SETTINGS.items():
        lines.append(f"%{name}a = weft.add {total}, %{name}{'t' if dtype == 'f64' else 'u'} : tensor<f64>, tensor<f64>")
        total = f"%{name}a"
    body = "\n    ".join(line for line in lines if line)
    return f"""module @groups {{
  weft.model @loss() -> (tensor<f64>, tensor<f64>) {{
    {body}
    %half = weft.constant dense<0.5> : tensor<f64>
    %sum = weft.mul {total}, %half : tensor<f64>, tensor<f64>
    %one = weft.constant dense<1.0> : tensor<f64>
    weft.return %sum, %one : tensor<f64>, tensor<f64>
  }}
  weft.train @loss optimizer({OPTIMIZERS[optimizer]}) groups([{", ".join(groups())}])
}}"""


def adamw(p, rate, decay, steps):
    """Loshchilov and Hutter, algorithm 2."""
    m = v = 0.0
    for t in range(1, steps + 1):
        g = p
        m, v = 0.8 * m + 0.2 * g, 0.95 * v + 0.05 * g * g
        p = p - rate * decay * p - rate * (m / (1 - 0.8 ** t)) / (math.sqrt(v / (1 - 0.95 ** t)) + 1e-3)
    return p


def sgd(p, rate, decay, steps):
    """Nesterov's momentum as torch.optim.SGD has it; the decay is part of the gradient."""
    momentum = 0.0
    for _ in range(steps):
        g = p + decay * p
        momentum = 0.9 * momentum + g
        p = p - rate * (g + 0.9 * momentum)
    return p


def check(optimizer, rate, steps, trained):
    after, _ = read_safetensors(trained)
    update = {"adamw": adamw, "sgd": sgd}[optimizer]
    for name, (decay, scale, dtype) in SETTINGS.items():
        for before, found in zip(BEFORE, after[name].data, strict=True):
            expected = update(before, rate * (1.0 if scale is None else scale), OWN_DECAY if decay is None else decay, steps)
            if not abs(found - expected) <= TYPES[dtype] * max(1.0, abs(before)):
                sys.exit(f"{name}: decay {decay}, scale {scale}: {before} became {found}, expected {expected}")
    print(f"{len(SETTINGS)} parameters as defined")


def make(optimizer, folder):
    with open(os.path.join(folder, "model.mlir"), "w") as file:
        file.write(text(optimizer))
    write_safetensors(os.path.join(folder, "init.safetensors"), {name: Tensor((5,), BEFORE) for name in SETTINGS})


if sys.argv[1] == "make":
    make(*sys.argv[2:])
else:
    check(sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
