"""Mixtures of experts. Indices only mean something together, so one draw has all ops of a mixture."""

import math

import tensors as t
from ops import has_rank, op
from program import require


@op("weft.top_k")
def _(body):
    x, rng = body.pick(has_rank(1)), body.rng
    k = rng.randint(1, min(3, x.shape[-1]))

    def chosen(row):
        order = sorted(range(len(row)), key=lambda i: -row[i])
        for a, b in zip(order[:k], order[1:]):
            require(row[a] - row[b] > 0.02)
        return order[:k]
    _, ids = body.add(f"weft.top_k {x.name} k {k} : {x.type}", [x], lambda x: [
        t.rows(lambda row: [row[i] for i in chosen(row)], x), t.rows(chosen, x)],
        [x.element, "i32"])
    ids.limit = x.shape[-1]


def route(ids, experts):
    order = sorted(range(len(ids.data)), key=lambda slot: ids.data[slot])
    slots = [order.index(slot) for slot in range(len(order))]
    offsets = [sum(expert < e for expert in ids.data) for e in range(experts + 1)]
    return [t.Tensor((len(order),), order), t.Tensor(ids.shape, slots), t.Tensor((experts + 1,), offsets)]


def dispatch(x, order, slots):
    choices, width = slots.shape[-1], x.shape[-1]
    data = []
    for slot in order.data:
        token = slot // choices
        data += x.data[token * width:(token + 1) * width]
    return t.Tensor((len(order.data), width), data)


def grouped_linear(rows, weight, offsets, out_in):
    data = []
    for row in range(rows.shape[0]):
        expert = sum(end <= row for end in offsets.data[1:])
        own = t.box(weight, (expert, 0, 0), (1,) + weight.shape[1:])
        matrix = t.Tensor(weight.shape[1:], own.data)
        data += t.matmul(t.box(rows, (row, 0), (1, rows.shape[1])), t.swap_last(matrix) if out_in else matrix).data
    return t.Tensor((rows.shape[0], len(data) // rows.shape[0]), data)


def combine(rows, weights, slots):
    choices, width = slots.shape[-1], rows.shape[-1]

    def element(index):
        token = t.offset(index[:-1], slots.shape[:-1])
        return math.fsum(weights.data[token * choices + c] *
                         rows.data[slots.data[token * choices + c] * width + index[-1]] for c in range(choices))
    return t.build(slots.shape[:-1] + (width,), element)


def draw_mixture(body):
    rng = body.rng
    ids = body.pick_ids(has_rank(2), lambda v: min(v.tensor.data) >= 0, lambda v: len(v.tensor.data) <= 24)
    experts, width, outer = ids.limit + rng.randint(0, 2), rng.choice([1, 3, 4, 9]), rng.choice([1, 2, 5, 8])
    order, slots, offsets = body.add(
        f"weft.route {ids.name} experts {experts} : {ids.type}", [ids], lambda ids: route(ids, experts),
        ["i32"] * 3, hidden=True)
    x = body.of_shape(ids.shape[:-1] + (width,))
    rows, = body.add(f"weft.dispatch {x.name}, {order.name}, {slots.name} : {x.type}, {order.type}, {slots.type}",
                     [x, order, slots], dispatch, hidden=True)
    layout = rng.choice(["out_in", "in_out"])
    weight = body.of_shape((experts, outer, width) if layout == "out_in" else (experts, width, outer))
    product, = body.add(
        f"weft.grouped_linear {layout} {rows.name}, {weight.name}, {offsets.name} : "
        f"{rows.type}, {weight.type}, {offsets.type}", [rows, weight, offsets],
        lambda rows, weight, offsets: grouped_linear(rows, weight, offsets, layout == "out_in"))
    weights = body.of_shape(ids.shape)
    body.add(f"weft.combine {product.name}, {weights.name}, {slots.name} : "
             f"{product.type}, {weights.type}, {slots.type}", [product, weights, slots], combine)


for name in ("route", "dispatch", "grouped_linear", "combine"):
    op(f"weft.{name}")(draw_mixture)
