"""An op that reads a value and a view of it, for which it is not enough that both end here: computed in the value's buffer, it
would read through the view what it has overwritten."""

import tensors as t


def transposed(body, x):
    permutation = [*range(len(x.shape) - 2), len(x.shape) - 1, len(x.shape) - 2]
    return body.add(f"weft.transpose {x.name} {permutation} : {x.type}", [x], lambda x: t.transpose(x, permutation), hidden=True)[0]


def sliced(body, x):
    """One row or column, which stretches to the others."""
    dim = body.rng.randrange(len(x.shape))
    offsets = [body.rng.randrange(size) if d == dim else 0 for d, size in enumerate(x.shape)]
    sizes = [1 if d == dim else size for d, size in enumerate(x.shape)]
    return body.add(f"weft.slice {x.name} offsets {offsets} sizes {sizes} : {x.type}", [x],
                    lambda x: t.box(x, offsets, sizes), hidden=True)[0]


def spread(body, x):
    row = sliced(body, x)
    return body.add(f"weft.broadcast {row.name} : {row.type} to {x.type}", [row],
                    lambda row: t.build(x.shape, lambda index: row[index]), hidden=True)[0]


def reshaped(body, x):
    """Other rows of the same elements, turned: of the shape of x again."""
    shape = x.shape[:-2] + (x.shape[-1], x.shape[-2])
    y, = body.add(f"weft.reshape {x.name} : {x.type} to $result", [x], lambda x: t.Tensor(shape, x.data), hidden=True)
    return transposed(body, y)


def own_view(body):
    rng = body.rng
    view = rng.choice([transposed, sliced, spread, reshaped])
    rows = rng.choice([2, 3, 5, 8])
    columns = rows if view is transposed else rng.choice([2, 3, 7, 9])
    p = body.parameter((*rng.choice([(), (2,), (1, 3)]), rows, columns))
    x, = body.add(f"weft.neg {p.name} : {p.type}", [p], lambda p: t.elementwise(lambda p: -p, p), hidden=True)
    operands = [x, view(body, x)]
    rng.shuffle(operands)
    name, function = rng.choice([("add", lambda a, b: a + b), ("sub", lambda a, b: a - b)])
    a, b = operands
    body.add(f"weft.{name} {a.name}, {b.name} : {a.type}, {b.type}", operands, lambda a, b: t.elementwise(function, a, b))
