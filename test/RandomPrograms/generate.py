"""Puts ops together: layers, the model that calls them, a loss over all that is left over."""

import math
import random

# Each registers its ops.
import entries_attention
import entries_elementwise
import entries_expert
import entries_rows
import entries_tensor
import entries_views
from ops import OPS
from program import Body, Layer, Program, Value, function_text, random_shape
from tensors import Tensor

OPS_OF_A_MODEL = 16
ATTEMPTS = 40


def draw_ops(body, names):
    for name in names:
        for _ in range(ATTEMPTS):
            if body.attempt(OPS[name]):
                body.program.drawn[name] = body.program.drawn.get(name, 0) + 1
                break


def add_up(body, values):
    total = values[0]
    for value in values[1:]:
        total, = body.add(f"weft.add {total.name}, {value.name} : {total.type}, {value.type}",
                          [total, value], lambda a, b: Tensor(a.shape, [x + b.data[0] for x in a.data]),
                          hidden=True)
    return total


def sum_of(body, value, with_weights):
    """All elements of a value as one number, each with a weight of its own if that is asked for."""
    body.program.scale += math.fsum(map(abs, value.tensor.data))
    if with_weights:
        weights = body.parameter(value.shape)
        value, = body.add(f"weft.mul {value.name}, {weights.name} : {value.type}, {value.type}",
                          [value, weights],
                          lambda a, b: Tensor(a.shape, [x * y for x, y in zip(a.data, b.data)]), hidden=True)
    axes = list(range(len(value.shape)))
    total, = body.add(f"weft.sum {value.name} axes {axes} : {value.type}", [value],
                      lambda a: Tensor((), [math.fsum(a.data)]), hidden=True)
    return total


def unused(body):
    """Float values that nothing reads: every parameter must reach the loss."""
    return [value for value in body.values if value.is_float and not value.used]


def numbers(rng, shape):
    return Tensor(shape, [rng.randint(-256, 256) / 256 for _ in range(math.prod(shape))])


def draw_layer(program, number, names):
    rng = program.rng
    arguments = [(f"x{i}", numbers(rng, random_shape(rng, 1)), program.dtype) for i in range(rng.randint(1, 2))]
    scope = f"unnamed{number}."
    body = Body(program, scope, arguments)
    draw_ops(body, names)
    left = unused(body)
    result = left.pop() if left else body.values[-1]
    result = add_up(body, [result] + [sum_of(body, value, False) for value in left])
    # What the layer was tried with is no part of the program.
    program.parameters = {n: t for n, t in program.parameters.items() if not n.startswith(scope)}
    return Layer(f"layer{number}", body, [result])


def draw_inputs(program):
    rng = program.rng
    if rng.random() < 0.5:
        return []
    batch, length = rng.randint(1, 3), rng.randint(1, 4)
    shape = (batch, length)
    count = batch * length
    targets = [rng.choice([-100, 0, 1, 2, 3, 4]) for _ in range(count - 1)] + [1]
    program.inputs = {
        "tokens": Tensor(shape, [rng.randint(0, 4) for _ in range(count)]),
        "targets": Tensor(shape, targets),
        "x": numbers(rng, shape + (3,)),
    }
    return [("tokens", program.inputs["tokens"], "i32"), ("targets", program.inputs["targets"], "i32"),
            ("x", program.inputs["x"], program.dtype)]


def finish(body):
    """The loss: a sum over all values that are left over, and a weight."""
    program, rng = body.program, body.rng
    if not unused(body):
        body.parameter((3,))
    total = add_up(body, [sum_of(body, value, rng.random() < 0.7) for value in unused(body)])
    weight, = body.add(f"weft.constant dense<3.0> : tensor<{program.dtype}>", [],
                       lambda: Tensor((), [3.0]))
    dead = body.pick()
    body.add(f"weft.tanh {dead.name} : {dead.type}", [dead], lambda a: a)  # nobody reads it
    return total, weight


def generate(seed, dtype):
    """The same program for the same seed."""
    rng = random.Random(seed)
    program = Program(rng, dtype)
    names = sorted(name for name in OPS if OPS[name].dtype in (None, dtype))
    # By turns, so that some programs in a row have every op.
    first = seed * OPS_OF_A_MODEL // 2
    turn = [names[(first + i) % len(names)] for i in range(OPS_OF_A_MODEL // 2)]
    for number in range(rng.randint(0, 2)):
        program.layers.append(draw_layer(program, number, rng.choices(names, k=rng.randint(2, 5))))
    body = Body(program, "", draw_inputs(program))
    if not body.values or rng.random() < 0.5:
        body.parameter(random_shape(rng, 1))
    body.parameter(random_shape(rng, 2))
    if seed % 2 == 1:  # for fusion to find
        any(body.attempt(entries_attention.textbook) for _ in range(ATTEMPTS))
    draw_ops(body, turn + rng.choices(names, k=OPS_OF_A_MODEL // 2) + ["weft.call"] * len(program.layers))
    if seed % 2 == 0:  # for buffers that are computed in place
        body.attempt(entries_views.own_view)
    total, weight = finish(body)
    program.loss, program.weight = total.tensor.data[0], weight.tensor.data[0]
    layers = "".join(layer.text() for layer in program.layers)
    model = function_text("model", "loss", body, [total, weight])
    program.text = f"module @random{seed} {{\n{layers}{model}  weft.train @loss optimizer(#weft.adamw)\n}}\n"
    return program
