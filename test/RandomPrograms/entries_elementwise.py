"""Each element from one element of each operand."""

import math
import operator

import tensors as t
from ops import has_rank, op
from program import random_shape, require


def unary(name, function, domain=lambda x: abs(x) < 6, draw="normal"):
    def compute(x):
        require(all(map(domain, x.data)))
        return t.Tensor(x.shape, list(map(function, x.data)))

    @op(f"weft.{name}")
    def _(body):
        fits = [v for v in body.values if v.is_float and all(map(domain, v.tensor.data))]
        x = body.rng.choice(fits) if fits else body.parameter(random_shape(body.rng, 0, 3), draw)
        body.add(f"weft.{name} {x.name} : {x.type}", [x], compute)


unary("neg", lambda x: -x)
unary("exp", math.exp, lambda x: x < 3)
unary("log", math.log, lambda x: x > 0.3, "positive")
unary("sqrt", math.sqrt, lambda x: x > 0.3, "positive")
unary("rsqrt", lambda x: 1 / math.sqrt(x), lambda x: x > 0.3, "positive")
unary("tanh", math.tanh)
unary("sin", math.sin)
unary("cos", math.cos)
unary("sigmoid", lambda x: 1 / (1 + math.exp(-x)))
unary("silu", lambda x: x / (1 + math.exp(-x)))
unary("softplus", lambda x: max(x, 0.0) + math.log1p(math.exp(-abs(x))))
unary("relu", lambda x: max(x, 0.0), lambda x: abs(x) > 0.05, "spread")
unary("erf", math.erf)
unary("abs", abs, lambda x: abs(x) > 0.05, "spread")


@op("weft.gelu")
def _(body):
    x, kind = body.pick(), body.rng.choice(["tanh", "erf"])
    functions = {
        "tanh": lambda x: x / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3))),
        "erf": lambda x: x / 2 * (1 + math.erf(x / math.sqrt(2))),
    }
    body.add(f"weft.gelu {kind} {x.name} : {x.type}", [x], lambda x: t.elementwise(functions[kind], x))


def binary(name, function, domain=lambda x, y: True, draw="normal"):
    """Operands of one shape, of one that the other stretches to, or that stretch each other."""
    def compute(x, y):
        def checked(a, b):
            require(domain(a, b))
            return function(a, b)
        return t.elementwise(checked, x, y)

    def fitting_shape(rng, shape):
        kept = list(shape[rng.randint(0, len(shape)):] if rng.random() < 0.4 else shape)
        for i in range(len(kept)):
            if rng.random() < 0.3:
                kept[i] = rng.choice([2, 3]) if kept[i] == 1 else 1
        return kept

    @op(f"weft.{name}")
    def _(body):
        rng = body.rng
        x = body.of_shape(random_shape(rng), draw) if rng.random() < 0.2 else body.pick()
        fits = [v for v in body.values if v.is_float and (
            t.broadcasts(v.shape, x.shape) or t.broadcasts(x.shape, v.shape))]
        y = rng.choice(fits) if rng.random() < 0.6 else body.parameter(fitting_shape(rng, x.shape), draw)
        if rng.random() < 0.5:
            x, y = y, x
        body.add(f"weft.{name} {x.name}, {y.name} : {x.type}, {y.type}", [x, y], compute)


binary("add", lambda x, y: x + y)
binary("sub", lambda x, y: x - y)
binary("mul", lambda x, y: x * y)
binary("div", lambda x, y: x / y, lambda x, y: abs(y) > 0.4, "positive")
binary("max", max, lambda x, y: abs(x - y) > 0.05)
binary("min", min, lambda x, y: abs(x - y) > 0.05)
binary("pow", lambda x, y: x ** y, lambda x, y: 0.3 < x < 6 and abs(y) < 4, "positive")


@op("weft.clamp")
def _(body):
    x, rng = body.pick(), body.rng
    bounds = {"min": rng.choice([-1.0, -0.25, 0.5]), "max": rng.choice([0.75, 1.0, 2.0])}
    kept = rng.choice([["min"], ["max"], ["min", "max"]])
    low, high = (bounds[name] if name in kept else sign * math.inf for name, sign in (("min", -1), ("max", 1)))

    def clamp(x):
        require(abs(x - low) > 0.02 and abs(x - high) > 0.02)
        return min(max(x, low), high)
    attributes = ", ".join(f"{name} = {bounds[name]}" for name in kept)
    body.add(f"weft.clamp {x.name} {{{attributes}}} : {x.type}", [x], lambda x: t.elementwise(clamp, x))


COMPARISONS = {"eq": operator.eq, "ne": operator.ne, "lt": operator.lt, "le": operator.le, "gt": operator.gt,
               "ge": operator.ge}


def compare(body, x, y, hidden=False):
    """1 or 0 for elements that are equal for certain, as ids are, or far apart."""
    kind = body.rng.choice(sorted(COMPARISONS))

    def compared(a, b):
        require(not x.is_float or abs(a - b) > 0.02)
        return float(COMPARISONS[kind](a, b))
    return body.add(f"weft.compare {kind} {x.name}, {y.name} : {x.type}, {y.type} -> $result", [x, y],
                    lambda a, b: t.elementwise(compared, a, b), hidden=hidden)[0]


@op("weft.compare")
def _(body):
    x = body.pick() if body.rng.random() < 0.6 else body.pick_ids()
    fits = [v for v in body.values if v.element == x.element and t.broadcasts(v.shape, x.shape)]
    compare(body, x, body.rng.choice(fits))


@op("weft.where")
def _(body):
    x, rng = body.pick(), body.rng
    fits = [v for v in body.values if v.is_float and t.broadcasts(v.shape, x.shape)]
    y, a, b = (rng.choice(fits) for _ in range(3))
    condition = compare(body, a, b, hidden=True)
    if rng.random() < 0.5:
        x, y = y, x
    body.add(f"weft.where {condition.name}, {x.name}, {y.name} : {condition.type}, {x.type}, {y.type}",
             [condition, x, y], lambda c, x, y: t.elementwise(lambda c, x, y: x if c else y, c, x, y))


@op("weft.copy")
def _(body):
    value = body.pick() if body.rng.random() < 0.8 else body.pick_ids()
    result, = body.add(f"weft.copy {value.name} : {value.type}", [value], lambda x: x, [value.element])
    result.limit = value.limit


# Ids become numbers. In programs of f64 a cast to f32 would round, which finite differences and tight
# bounds do not survive.
@op("weft.cast")
def _(body):
    dtype = body.program.dtype
    if dtype == "f64" or body.rng.random() < 0.4:
        ids = body.pick_ids()
        body.add(f"weft.cast {ids.name} : {ids.type} to $result", [ids],
                 lambda ids: t.Tensor(ids.shape, list(map(float, ids.data))))
        return
    x = body.pick()
    wide, = body.add(f"weft.cast {x.name} : {x.type} to {x.type.replace('f32', 'f64')}", [x], lambda x: x,
                     ["f64"], hidden=True)
    root, = body.add(f"weft.tanh {wide.name} : {wide.type}", [wide],
                     lambda x: t.elementwise(math.tanh, x), hidden=True)
    body.add(f"weft.cast {root.name} : {root.type} to $result", [root], lambda x: x, ["f32"])


@op("weft.constant")
def _(body):
    shape, number = random_shape(body.rng, 0, 3), body.rng.choice([0.0, 1.0, -0.5, 0.125, 2.0])
    body.add(f"weft.constant dense<{number}> : $result", [],
             lambda: t.Tensor(shape, [number] * math.prod(shape)))


@op("weft.iota")
def _(body):
    count = body.rng.randint(1, 9)
    body.add("weft.iota : $result", [], lambda: t.Tensor((count,), list(range(count))), ["i32"])
