"""Attention: as the op, and as a textbook writes it, which becomes the op where fusion is on."""

import math

import tensors as t
from entries_rows import softmax
from masks import draw_masks, marks, waves
from ops import op
from program import require


def fused(body):
    rng = body.rng
    batch, group, key_heads = rng.randint(1, 2), rng.randint(1, 2), rng.randint(1, 2)
    queries, keys, width, values = rng.randint(1, 5), rng.randint(1, 5), rng.choice([1, 3, 4]), rng.choice([1, 2, 5])
    causal, scale = rng.random() < 0.5, rng.choice([0.25, 1.0])
    softcap = rng.choice([None, 2.0])
    window = rng.randint(1, 3) if rng.random() < 0.5 else None
    ahead = rng.randint(1, 3) if not causal and rng.random() < 0.5 else None
    bias, kept = draw_bias(body, batch, group * key_heads, queries, keys)
    attention(body, (batch, group, key_heads, queries, keys, width, values), causal, window, ahead, scale, softcap, bias, kept)


def attention(body, sizes, causal=False, window=None, ahead=None, scale=0.5, softcap=None, bias=None, kept=None, blind=False):
    """The op by its definition. `blind`: some queries may see no key; their log-sum-exp is infinite, and none is read."""
    batch, group, key_heads, queries, keys, width, values = sizes
    q = body.of_shape((batch, group * key_heads, queries, width))
    k = body.of_shape((batch, key_heads, keys, width))
    v = body.of_shape((batch, key_heads, keys, values))
    attributes = [f"scale = {scale}"] + ["causal"] * causal + [f"softcap = {softcap}"] * bool(softcap) + \
        [f"window = {window}"] * (window is not None) + [f"ahead = {ahead}"] * (ahead is not None)

    def weights(q, k, index, bias, kept):
        """The largest score, and exp of what the others are below it."""
        b, h, i = index
        row = lambda x, head, position: x.data[t.offset((b, head, position, 0), x.shape):][:width]
        scores = [scale * math.fsum(x * y for x, y in zip(row(q, h, i), row(k, h // group, j))) for j in range(keys)]
        scores = [softcap * math.tanh(s / softcap) if softcap else s for s in scores]
        at = lambda x, j: x.data[t.offset((b, h, i, j), x.shape)]
        if kept:
            scores = [s if at(kept, j) else 0.0 for j, s in enumerate(scores)]
        if bias:
            scores = [s + at(bias, j) for j, s in enumerate(scores)]
        last = i + keys - queries
        reach = 1 if causal else ahead
        seen = [(reach is None or j < last + reach) and (window is None or j > last - window) for j in range(keys)]
        require(blind or any(seen))
        largest = max((s for s, visible in zip(scores, seen) if visible), default=0.0)
        return largest, [math.exp(s - largest) if visible else 0.0 for s, visible in zip(scores, seen)]

    def compute(q, k, v, bias=None, kept=None):
        def element(index):
            b, h, i, e = index
            _, row = weights(q, k, (b, h, i), bias, kept)
            total = math.fsum(w * v.data[t.offset((b, h // group, j, e), v.shape)] for j, w in enumerate(row))
            return total / math.fsum(row) if any(row) else 0.0

        def log_sum_exp(index):
            largest, row = weights(q, k, index, bias, kept)
            return largest + math.log(math.fsum(row)) if any(row) else 0.0
        return [t.build(q.shape[:-1] + (values,), element), t.build(q.shape[:-1], log_sum_exp)] + \
            ([t.Tensor((), [0.0])] if bias else [])
    named = "".join(f" {name} {x.name} : {x.type}" for name, x in (("bias", bias), ("kept", kept)) if x)
    results = body.add(f"weft.attention {q.name}, {k.name}, {v.name}{named} {{{', '.join(attributes)}}} : {q.type}, {k.type}, {v.type}",
                       [q, k, v, *(x for x in (bias, kept) if x)], compute, [q.element] * (3 if bias else 2))
    for unread in results[1 if blind else 2:]:  # what rounding took is of no use to others
        body.values.remove(unread)


def draw_bias(body, batch, heads, queries, keys):
    """What is added to the scores, and where it takes their place; None without. Moderate, as the log-sum-exp is read too."""
    rng = body.rng
    shape = tuple(rng.choice([1, size]) for size in (batch, heads, queries)) + (keys,)
    bias = waves(body, shape) if rng.random() < 0.5 else None
    return bias, marks(body, shape) if bias and rng.random() < 0.5 else None


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
    scores = draw_masks(body, scores, batch, queries, keys)
    weights, = body.add(f"weft.softmax {scores.name} : {scores.type}", [scores], lambda x: t.rows(softmax, x), hidden=True)
    body.add(f"weft.matmul {weights.name}, {v.name} : {weights.type}, {v.type}", [weights, v], t.matmul)
    body.program.has_textbook = True


@op("weft.attention")
def _(body):
    body.rng.choice([fused, textbook])(body)
