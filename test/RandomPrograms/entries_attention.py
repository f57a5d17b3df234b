"""Attention: as the op, and as a textbook writes it, which becomes the op where fusion is on."""

import math

import tensors as t
from entries_rows import masked, softmax
from ops import op
from program import require


def fused(body):
    rng = body.rng
    batch, group, key_heads = rng.randint(1, 2), rng.randint(1, 2), rng.randint(1, 2)
    queries, keys, width, values = rng.randint(1, 5), rng.randint(1, 5), rng.choice([1, 3, 4]), rng.choice([1, 2, 5])
    q = body.of_shape((batch, group * key_heads, queries, width))
    k = body.of_shape((batch, key_heads, keys, width))
    v = body.of_shape((batch, key_heads, keys, values))
    causal, scale = rng.random() < 0.5, rng.choice([0.25, 1.0])
    softcap = rng.choice([None, 2.0])
    window = rng.randint(1, 3) if rng.random() < 0.5 else None
    ahead = rng.randint(1, 3) if not causal and rng.random() < 0.5 else None
    attributes = [f"scale = {scale}"] + ["causal"] * causal + [f"softcap = {softcap}"] * bool(softcap) + \
        [f"window = {window}"] * bool(window) + [f"ahead = {ahead}"] * bool(ahead)

    def weights(q, k, index):
        b, h, i = index
        row = lambda x, head, position: x.data[t.offset((b, head, position, 0), x.shape):][:width]
        scores = [scale * math.fsum(x * y for x, y in zip(row(q, h, i), row(k, h // group, j))) for j in range(keys)]
        scores = [softcap * math.tanh(s / softcap) if softcap else s for s in scores]
        last = i + keys - queries
        reach = 1 if causal else ahead
        seen = [(not reach or j < last + reach) and (not window or j > last - window) for j in range(keys)]
        require(any(seen))
        return [math.exp(s) if visible else 0.0 for s, visible in zip(scores, seen)]

    def compute(q, k, v):
        def element(index):
            b, h, i, e = index
            row = weights(q, k, (b, h, i))
            return math.fsum(w * v.data[t.offset((b, h // group, j, e), v.shape)] for j, w in enumerate(row)) / math.fsum(row)
        return [t.build(q.shape[:-1] + (values,), element),
                t.build(q.shape[:-1], lambda index: math.log(math.fsum(weights(q, k, index))))]
    body.add(f"weft.attention {q.name}, {k.name}, {v.name} {{{', '.join(attributes)}}} : {q.type}, {k.type}, {v.type}",
             [q, k, v], compute, [q.element] * 2)


def distance(body, queries, keys):
    """How far each key is ahead of each query, both counted from 0."""
    number = body.program.dtype

    def positions(count):
        i, = body.add("weft.iota : $result", [], lambda: t.Tensor((count,), list(range(count))), ["i32"], hidden=True)
        return body.add(f"weft.cast {i.name} : {i.type} to $result", [i],
                        lambda i: t.Tensor(i.shape, [float(x) for x in i.data]), [number], hidden=True)[0]

    i, j = positions(queries), positions(keys)
    row, = body.add(f"weft.reshape {i.name} : {i.type} to $result", [i], lambda i: t.Tensor((queries, 1), i.data), hidden=True)
    return body.add(f"weft.sub {j.name}, {row.name} : {j.type}, {row.type}", [j, row],
                    lambda j, i: t.elementwise(lambda j, i: j - i, j, i), hidden=True)[0]


def near(body, scores, queries, keys):
    """Hides what lies `most` or more to either side."""
    most = float(body.rng.randint(1, 3))
    offset = distance(body, queries, keys)
    far, = body.add(f"weft.abs {offset.name} : {offset.type}", [offset],
                    lambda x: t.elementwise(abs, x), hidden=True)
    number = lambda x, text: body.add(f"weft.constant dense<{text}> : tensor<{body.program.dtype}>", [],
                                      lambda: t.Tensor((), [x]), hidden=True)[0]
    bound, low = number(most, most), number(-math.inf, "0xFFF0000000000000" if body.program.dtype == "f64" else "0xFF800000")
    is_near, = body.add(f"weft.compare lt {far.name}, {bound.name} : {far.type}, {bound.type} -> $result", [far, bound],
                        lambda x, most: t.elementwise(lambda x, most: float(x < most), x, most), hidden=True)
    return body.add(f"weft.where {is_near.name}, {scores.name}, {low.name} : {is_near.type}, {scores.type}, {low.type}",
                    [is_near, scores, low], lambda c, x, low: t.elementwise(lambda c, x, low: x if c else low, c, x, low),
                    hidden=True)[0]


def textbook(body):
    rng = body.rng
    batch, heads = rng.randint(1, 2), rng.randint(1, 2)
    queries, keys, width, values = rng.randint(1, 5), rng.randint(1, 5), rng.choice([1, 3, 4]), rng.choice([1, 2, 5])
    q, k, v = (body.of_shape((batch, heads, *size)) for size in ((queries, width), (keys, width), (keys, values)))
    products, = body.add(f"weft.matmul {q.name}, {k.name} {{transpose_b}} : {q.type}, {k.type}", [q, k],
                         lambda q, k: t.matmul(q, t.swap_last(k)), hidden=True)
    scale, = body.add(f"weft.constant dense<0.5> : tensor<{body.program.dtype}>", [], lambda: t.Tensor((), [0.5]), hidden=True)
    scores, = body.add(f"weft.mul {products.name}, {scale.name} : {products.type}, {scale.type}", [products, scale],
                       lambda x, c: t.elementwise(lambda x, c: x * c, x, c), hidden=True)
    mask = rng.choice(["none", "causal", "near"])
    if mask == "causal":
        require(keys >= queries)
        window = rng.choice([None, 2])
        attribute = f"{{window = {window}}} " if window else ""
        scores, = body.add(f"weft.causal_mask {scores.name} {attribute}: {scores.type}", [scores], masked(-math.inf, window), hidden=True)
    elif mask == "near":
        require(keys >= queries)
        scores = near(body, scores, queries, keys)
    weights, = body.add(f"weft.softmax {scores.name} : {scores.type}", [scores], lambda x: t.rows(softmax, x), hidden=True)
    body.add(f"weft.matmul {weights.name}, {v.name} : {weights.type}, {v.type}", [weights, v], t.matmul)
    body.program.has_textbook = True


@op("weft.attention")
def _(body):
    body.rng.choice([fused, textbook])(body)
