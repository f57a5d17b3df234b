"""What hides keys from queries, or only lowers their scores: positions, numbers that data decide, fills of any size."""

import math

import tensors as t
from entries_rows import masked
from program import require

# From what hides whatever is beside it to what hides nothing; the second is the type's smallest number.
FILLS = [-math.inf, None, -1.0e9, -1.0e4, -10.0, -1.0]
SMALLEST = {"f64": -1.7976931348623157e308, "f32": -3.4028234663852886e38}


def number(body, x):
    """A constant of one number."""
    infinity = "0xFFF0000000000000" if body.program.dtype == "f64" else "0xFF800000"
    text = infinity if x == -math.inf else f"{x:.17e}"
    return body.add(f"weft.constant dense<{text}> : tensor<{body.program.dtype}>", [],
                    lambda: t.Tensor((), [x]), hidden=True)[0]


def draw_fill(body, among=FILLS):
    fill = body.rng.choice(among)
    return SMALLEST[body.program.dtype] if fill is None else fill


def binary(body, name, function, x, y):
    return body.add(f"weft.{name} {x.name}, {y.name} : {x.type}, {y.type}", [x, y],
                    lambda x, y: t.elementwise(function, x, y), hidden=True)[0]


def compare(body, kind, function, x, y):
    return body.add(f"weft.compare {kind} {x.name}, {y.name} : {x.type}, {y.type} -> $result", [x, y],
                    lambda x, y: t.elementwise(lambda x, y: float(function(x, y)), x, y), [body.program.dtype],
                    hidden=True)[0]


def where(body, condition, yes, no):
    return body.add(f"weft.where {condition.name}, {yes.name}, {no.name} : {condition.type}, {yes.type}, {no.type}",
                    [condition, yes, no], lambda c, x, y: t.elementwise(lambda c, x, y: x if c else y, c, x, y),
                    hidden=True)[0]


def waves(body, shape):
    """Numbers from -1 to 1 in no order, which depend on no parameter."""
    count, dtype = math.prod(shape), body.program.dtype
    i, = body.add("weft.iota : $result", [], lambda: t.Tensor((count,), list(range(count))), ["i32"], hidden=True)
    x, = body.add(f"weft.cast {i.name} : {i.type} to $result", [i],
                  lambda i: t.Tensor(i.shape, [float(x) for x in i.data]), [dtype], hidden=True)
    step, first = number(body, body.rng.randint(300, 900) / 256), number(body, body.rng.randint(0, 1500) / 256)
    phase = binary(body, "add", lambda x, y: x + y, binary(body, "mul", lambda x, y: x * y, x, step), first)
    y, = body.add(f"weft.sin {phase.name} : {phase.type}", [phase], lambda x: t.Tensor(x.shape, list(map(math.sin, x.data))), hidden=True)
    require(all(abs(x) > 1e-3 for x in y.tensor.data))
    return body.add(f"weft.reshape {y.name} : {y.type} to $result", [y], lambda x: t.Tensor(tuple(shape), x.data), hidden=True)[0]


def marks(body, shape):
    """1 and 0 in no order, about as many of each."""
    return compare(body, "gt", lambda x, y: x > y, waves(body, shape), number(body, 0.0))


def distance(body, queries, keys):
    """How far each key is ahead of each query, both counted from 0."""
    def positions(count):
        i, = body.add("weft.iota : $result", [], lambda: t.Tensor((count,), list(range(count))), ["i32"], hidden=True)
        return body.add(f"weft.cast {i.name} : {i.type} to $result", [i],
                        lambda i: t.Tensor(i.shape, [float(x) for x in i.data]), [body.program.dtype], hidden=True)[0]

    i, j = positions(queries), positions(keys)
    row, = body.add(f"weft.reshape {i.name} : {i.type} to $result", [i], lambda i: t.Tensor((queries, 1), i.data), hidden=True)
    return binary(body, "sub", lambda j, i: j - i, j, row)


# ---- conditions: 1 where a query sees a key

def near(body, batch, queries, keys):
    """What lies less than `most` to either side."""
    offset = distance(body, queries, keys)
    far, = body.add(f"weft.abs {offset.name} : {offset.type}", [offset], lambda x: t.elementwise(abs, x), hidden=True)
    return compare(body, "lt", lambda x, most: x < most, far, number(body, float(body.rng.randint(1, 3))))


def past(body, batch, queries, keys):
    return compare(body, "le", lambda x, most: x <= most, distance(body, queries, keys), number(body, 0.0))


def kept(body, batch, queries, keys):
    """Keys that data decide, alike for all queries or for each apart; of some nothing may be left."""
    shape = body.rng.choice([(batch, 1, 1, keys), (1, 1, 1, keys), (batch, 1, queries, keys)])
    return marks(body, shape)


def documents(body, batch, queries, keys):
    """Two of them, by the sign of numbers."""
    return compare(body, "eq", lambda x, y: x == y, marks(body, (batch, 1, queries, 1)), marks(body, (batch, 1, 1, keys)))


def condition(body, *sizes):
    one = body.rng.choice([near, past, kept, kept, documents])(body, *sizes)
    if body.rng.random() < 0.7:
        return one
    other = body.rng.choice([past, kept])(body, *sizes)
    return binary(body, body.rng.choice(["mul", "min"]), min, one, other)


# ---- masks

def causal(body, scores, batch, queries, keys):
    window, fill = body.rng.choice([None, 1, 2]), draw_fill(body)
    attribute = f"{{window = {window}}} " if window else ""
    text = "" if fill == -math.inf else f"fill({fill:.17e}) "
    return body.add(f"weft.causal_mask {scores.name} {text}{attribute}: {scores.type}", [scores], masked(fill, window), hidden=True)[0]


def replaced(body, scores, *sizes):
    seen, low = condition(body, *sizes), number(body, draw_fill(body))
    return where(body, seen, scores, low)


# What is added to scores of f32, or by -1e9 to those of f64, rounds them away: Python's are of f64, and finite differences
# need functions that are smooth.
def added(body, scores, *sizes):
    seen = condition(body, *sizes)
    low = number(body, draw_fill(body, [-math.inf, -1.0e4, -10.0, -1.0] if body.program.dtype == "f64" else [-math.inf, -10.0, -1.0]))
    if body.rng.random() < 0.5 or low.tensor.data[0] == -math.inf:
        bias = where(body, seen, number(body, 0.0), low)
    else:
        hidden = binary(body, "sub", lambda x, y: x - y, number(body, 1.0), seen)
        bias = binary(body, "mul", lambda x, y: x * y, hidden, low)
    return binary(body, "add", lambda x, y: x + y, scores, bias)


def scaled(body, scores, *sizes):
    """A factor behind a mask scales the fill too."""
    return binary(body, "mul", lambda x, y: x * y, scores, number(body, body.rng.choice([0.5, 2.0, 2.0 ** -28])))


def draw_masks(body, scores, batch, queries, keys):
    """Scores of [batch, heads, queries, keys] behind up to three masks, in which each query has some number left."""
    for _ in range(body.rng.randint(0, 3)):
        mask = body.rng.choice([causal, replaced, replaced, added, scaled])
        scores = mask(body, scores, batch, queries, keys)
    data = scores.tensor.data
    require(all(max(data[i:i + keys]) > -math.inf for i in range(0, len(data), keys)))
    require(not any(math.isnan(x) for x in data))
    return scores
