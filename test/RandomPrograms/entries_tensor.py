"""Products, reductions, moves, and what the structure of a program is made of."""

import math

import tensors as t
from ops import has_rank, op
from program import random_shape, require


@op("weft.linear")
def _(body):
    x, rng = body.pick(has_rank(1)), body.rng
    inner, outer = x.shape[-1], rng.choice([1, 2, 3, 5, 8, 17])
    layout = rng.choice(["out_in", "in_out"])
    weight = body.of_shape((outer, inner) if layout == "out_in" else (inner, outer))
    operands = [x, weight] + ([body.of_shape((outer,))] if rng.random() < 0.5 else [])

    def compute(x, weight, bias=None):
        flat = t.Tensor((math.prod(x.shape[:-1]), inner), x.data)
        product = t.matmul(flat, t.swap_last(weight) if layout == "out_in" else weight)
        product = t.Tensor(x.shape[:-1] + (outer,), product.data)
        return t.elementwise(lambda a, b: a + b, product, bias) if bias else product
    names, types = ", ".join(v.name for v in operands), ", ".join(v.type for v in operands)
    body.add(f"weft.linear {layout} {names} : ({types}) -> $result", operands, compute)


@op("weft.matmul")
def _(body):
    a, rng = body.pick(has_rank(2)), body.rng
    flips = [rng.random() < 0.5, rng.random() < 0.5]
    inner = a.shape[-2] if flips[0] else a.shape[-1]
    shape = [inner, rng.choice([1, 2, 3, 5, 8])]
    b = body.of_shape(a.shape[:-2] + tuple(shape[::-1] if flips[1] else shape))
    flags = [name for name, flip in zip(["transpose_a", "transpose_b"], flips) if flip]
    attributes = "{" + ", ".join(flags) + "} " if flags else ""
    body.add(f"weft.matmul {a.name}, {b.name} {attributes}: {a.type}, {b.type}", [a, b],
             lambda a, b: t.matmul(*(t.swap_last(x) if flip else x for x, flip in zip((a, b), flips))))


def largest(values):
    ordered = sorted(values)
    require(len(values) == 1 or ordered[-1] - ordered[-2] > 0.05)
    return ordered[-1]


def reduction(name, function, draw="normal"):
    @op(f"weft.{name}")
    def _(body):
        rng = body.rng
        x = body.pick() if draw == "normal" or rng.random() < 0.3 else body.parameter(
            random_shape(rng, 0, 3), draw)
        axes = sorted(rng.sample(range(len(x.shape)), rng.randint(0, len(x.shape))))
        keep = rng.random() < 0.5
        body.add(f"weft.{name} {x.name} axes {axes} {'{keep_dims} ' if keep else ''}: {x.type}", [x],
                 lambda x: t.reduce(function, x, axes, keep))


reduction("sum", math.fsum)
reduction("mean", lambda values: math.fsum(values) / len(values))
reduction("reduce_max", largest, "spread")


# ---- moves

@op("weft.broadcast")
def _(body):
    x, rng = body.pick(has_rank(0)), body.rng
    shape = [rng.choice([1, 2, 3]) for _ in range(rng.randint(0, 4 - min(4, len(x.shape))))]
    shape += [rng.choice([1, 3, 5]) if size == 1 else size for size in x.shape]
    body.add(f"weft.broadcast {x.name} : {x.type} to $result", [x],
             lambda x: t.build(shape, lambda index: x[index]))


@op("weft.reshape")
def _(body):
    rng = body.rng
    x = body.pick() if rng.random() < 0.7 else body.pick_ids()
    left, shape = math.prod(x.shape), []
    while len(shape) < 3 and (left > 1 or rng.random() < 0.3):
        shape.append(rng.choice([d for d in range(1, left + 1) if left % d == 0]))
        left //= shape[-1]
    shape += [left] if left > 1 else []
    result, = body.add(f"weft.reshape {x.name} : {x.type} to $result", [x],
                       lambda x: t.Tensor(tuple(shape), x.data), [x.element])
    result.limit = x.limit


@op("weft.transpose")
def _(body):
    x = body.pick()
    permutation = body.rng.sample(range(len(x.shape)), len(x.shape))
    body.add(f"weft.transpose {x.name} {permutation} : {x.type}", [x],
             lambda x: t.transpose(x, permutation))


@op("weft.slice")
def _(body):
    x, rng = body.pick(), body.rng
    offsets = [rng.randrange(size) for size in x.shape]
    sizes = [rng.randint(1, size - offset) for offset, size in zip(offsets, x.shape)]
    body.add(f"weft.slice {x.name} offsets {offsets} sizes {sizes} : {x.type}", [x],
             lambda x: t.box(x, offsets, sizes))


@op("weft.pad")
def _(body):
    x, rng = body.pick(), body.rng
    offsets = [rng.randint(0, 2) for _ in x.shape]
    shape = [offset + size + rng.randint(0, 2) for offset, size in zip(offsets, x.shape)]
    body.add(f"weft.pad {x.name} offsets {offsets} : {x.type} to $result", [x],
             lambda x: t.pad(x, offsets, shape))


@op("weft.split")
def _(body):
    x, rng = body.pick(has_rank(1)), body.rng
    axis = rng.randrange(len(x.shape))
    parts = rng.choice([p for p in range(1, min(4, x.shape[axis]) + 1) if x.shape[axis] % p == 0])
    size = x.shape[axis] // parts
    sizes = [size if d == axis else s for d, s in enumerate(x.shape)]

    def compute(x):
        return [t.box(x, [i * size if d == axis else 0 for d in range(len(sizes))], sizes)
                for i in range(parts)]
    body.add(f"weft.split {x.name} axis {axis} parts {parts} : {x.type}", [x], compute)


@op("weft.concat")
def _(body):
    x, rng = body.pick(has_rank(1)), body.rng
    axis = rng.randrange(len(x.shape))
    operands = [x]
    for _ in range(rng.randint(0, 2)):
        shape = list(x.shape)
        shape[axis] = rng.choice([1, 2, 3, shape[axis]])
        operands.append(body.of_shape(shape))
    rng.shuffle(operands)
    names, types = ", ".join(v.name for v in operands), ", ".join(v.type for v in operands)
    body.add(f"weft.concat {names} axis {axis} : {types}", operands,
             lambda *values: t.concat(values, axis))


@op("weft.embedding")
def _(body):
    ids, rng = body.pick_ids(lambda v: min(v.tensor.data) >= 0), body.rng
    tables = [v for v in body.values if v.is_float and len(v.shape) == 2 and v.shape[0] >= ids.limit]
    is_own = not tables or rng.random() >= 0.6
    table = body.parameter((ids.limit + rng.randint(0, 3), rng.choice([1, 3, 4, 9]))) if is_own else rng.choice(tables)
    # Where padding is read, the gradient is not the derivative, and finite differences pass over these rows of a
    # parameter. Of a table that was computed, padding is a row that nothing reads.
    rows = range(0 if is_own else ids.limit, table.shape[0])
    padding = f" {{padding_index = {rng.choice(rows)}}}" if rows and rng.random() < 0.8 else ""
    body.add(f"weft.embedding {ids.name}, {table.name}{padding} : {ids.type}, {table.type}", [ids, table],
             lambda ids, table: t.take(table, ids))


# ---- structure

@op("weft.parameter")
def _(body):
    body.declare_again()


@op("weft.call")
def _(body):
    program, rng = body.program, body.rng
    require(body.scope == "" and program.layers)
    layer = rng.choice(program.layers)
    names = sorted(name for name, other in program.calls.items() if other is layer)
    name = rng.choice(names) if names and rng.random() < 0.3 else f"h.{program.fresh()}"
    program.calls[name] = layer
    body.call(layer, name, [body.of_shape(value.shape) for value in layer.body.arguments])
