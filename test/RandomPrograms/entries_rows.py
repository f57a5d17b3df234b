"""Ops over whole rows: normalisation, positions, softmax, losses."""

import math

import tensors as t
from ops import has_rank, op
from program import require


def masked(fill, window):
    def compute(x):
        queries, keys = x.shape[-2:]

        def element(index):
            own = index[-2] + keys - queries
            return x[index] if own - (window or keys + queries) < index[-1] <= own else fill
        return t.build(x.shape, element)
    return compute


def log_sum_exp(row):
    largest = max(row)
    return largest + math.log(math.fsum(math.exp(x - largest) for x in row))


EPSILONS = [0.125, 0.0009765625]


def softmax(row):
    largest = max(row)
    powers = [math.exp(x - largest) for x in row]
    total = math.fsum(powers)
    return [x / total for x in powers]


# A finite fill, or -infinity, which only a softmax reads.
@op("weft.causal_mask")
def _(body):
    x, window = body.pick(has_rank(2)), body.rng.choice([None, 1, 2, 3])
    attribute = f"{{window = {window}}} " if window else ""
    if body.rng.random() < 0.4:
        body.add(f"weft.causal_mask {x.name} fill(-2.0) {attribute}: {x.type}", [x], masked(-2.0, window))
        return
    require(x.shape[-1] >= x.shape[-2])
    hidden, = body.add(f"weft.causal_mask {x.name} {attribute}: {x.type}", [x], masked(-math.inf, window),
                       hidden=True)
    body.add(f"weft.softmax {hidden.name} : {hidden.type}", [hidden], lambda x: t.rows(softmax, x))


@op("weft.softmax")
def _(body):
    x = body.pick(has_rank(1))
    body.add(f"weft.softmax {x.name} : {x.type}", [x], lambda x: t.rows(softmax, x))


@op("weft.log_softmax")
def _(body):
    x = body.pick(has_rank(1))
    body.add(f"weft.log_softmax {x.name} : {x.type}", [x],
             lambda x: t.rows(lambda row: [value - log_sum_exp(row) for value in row], x))


@op("weft.rms_norm")
def _(body):
    x, rng = body.pick(has_rank(1)), body.rng
    weight, eps, offset = body.of_shape(x.shape[-1:]), rng.choice(EPSILONS), rng.choice([None, 1.0, -0.5])

    def compute(x, weight):
        def normalise(row):
            square = math.fsum(x * x for x in row) / len(row)
            require(square > 0.05)
            return [x / math.sqrt(square + eps) * (w + (offset or 0.0)) for x, w in zip(row, weight.data)]
        return t.rows(normalise, x)
    attribute = "" if offset is None else f", weight_offset = {offset}"
    body.add(f"weft.rms_norm {x.name}, {weight.name} {{eps = {eps}{attribute}}} : {x.type}, {weight.type}",
             [x, weight], compute)


@op("weft.rope")
def _(body):
    rng = body.rng
    fits = [v for v in body.values if v.is_float and len(v.shape) >= 2 and v.shape[-1] % 2 == 0]
    x = rng.choice(fits) if fits else body.parameter((rng.randint(1, 3), rng.choice([2, 4, 8])))
    pairing, theta = rng.choice(["half", "interleaved"]), rng.choice([10.0, 100.0])
    factor, inverse = rng.choice([None, 2.0]), rng.random() < 0.3
    half = x.shape[-1] // 2

    def element(x, index):
        i = index[-1]
        j, second = (i % half, i >= half) if pairing == "half" else (i // 2, i % 2 == 1)
        partner = (i + half) % (2 * half) if pairing == "half" else i ^ 1
        angle = index[-2] * theta ** (-j / half) / (factor or 1.0) * (-1 if inverse else 1)
        sign = 1 if second else -1
        return x[index] * math.cos(angle) + sign * x[index[:-1] + (partner,)] * math.sin(angle)
    scaling = f", scaling = #weft.rope_linear<factor = {factor}>" if factor else ""
    body.add(f"weft.rope {pairing} {x.name} {{theta = {theta}{scaling}{', inverse' if inverse else ''}}} : "
             f"{x.type}", [x], lambda x: t.build(x.shape, lambda index: element(x, index)))


@op("weft.layer_norm")
def _(body):
    # Rows of two elements come out as 1 and -1, whatever they are.
    x = body.pick(has_rank(1), lambda v: v.shape[-1] > 2)
    weight, bias = body.of_shape(x.shape[-1:]), body.of_shape(x.shape[-1:])
    eps = body.rng.choice(EPSILONS)

    def compute(x, weight, bias):
        def normalise(row):
            mean = math.fsum(row) / len(row)
            variance = math.fsum((x - mean) ** 2 for x in row) / len(row)
            require(variance > 0.05)
            return [(x - mean) / math.sqrt(variance + eps) * w + b
                    for x, w, b in zip(row, weight.data, bias.data)]
        return t.rows(normalise, x)
    body.add(f"weft.layer_norm {x.name}, {weight.name}, {bias.name} {{eps = {eps}}} : "
             f"{x.type}, {weight.type}, {bias.type}", [x, weight, bias], compute)


def losses(logits, targets, ignored, smoothing, z_loss):
    """Loss, weight and log-sum-exp of each row."""
    width, result = logits.shape[-1], []
    for i, target in enumerate(targets.data):
        row = logits.data[i * width:(i + 1) * width]
        lse = log_sum_exp(row)
        if target == ignored:
            result.append((0.0, 0.0, lse))
        else:
            require(0 <= target < width)
            loss = (1 - smoothing) * (lse - row[target]) + smoothing * (lse - math.fsum(row) / width)
            result.append((loss + z_loss * lse * lse, 1.0, lse))
    return result


def draw_loss(body, name, results):
    """Logits, and targets of their shape without the classes; `results` makes tensors of the rows'."""
    rng = body.rng
    if rng.random() < 0.5 and any(v.name == "%targets" for v in body.arguments):
        targets = next(v for v in body.arguments if v.name == "%targets")
        logits, ignored = body.of_shape(targets.shape + (rng.choice([5, 6, 33]),)), -100
    else:
        targets = body.pick_ids(lambda v: min(v.tensor.data) >= 0)
        most = targets.limit - 1
        ignored = rng.choice([None, -100, most]) if most > 1 else None
        classes = most if ignored == most else most + 1 + rng.randint(0, 2)
        logits = body.of_shape(targets.shape + (classes,))
    options = {"ignore_index": ignored, "label_smoothing": rng.choice([None, 0.125]),
               "z_loss": rng.choice([None, 0.0625])}
    given = ", ".join(f"{key} = {value}" for key, value in options.items() if value is not None)

    def compute(logits, targets):
        found = losses(logits, targets, ignored, options["label_smoothing"] or 0.0, options["z_loss"] or 0.0)
        return results(logits, list(zip(*found)))
    body.add(f"weft.{name} {logits.name}, {targets.name} {'{' + given + '} ' if given else ''}: "
             f"{logits.type}, {targets.type}", [logits, targets], compute)


@op("weft.cross_entropy")
def _(body):
    draw_loss(body, "cross_entropy", lambda logits, columns: [
        t.Tensor((), [math.fsum(column)]) for column in columns[:2]])


@op("weft.cross_entropy_rows")
def _(body):
    draw_loss(body, "cross_entropy_rows", lambda logits, columns: [
        t.Tensor(logits.shape[:-1] + (1,), list(column)) for column in columns])


def column_of_ids(body):
    """Ids of a last size of 1, as row ops take them."""
    ids = body.pick_ids()
    column, = body.add(f"weft.reshape {ids.name} : {ids.type} to $result", [ids],
                       lambda ids: t.Tensor(ids.shape + (1,), ids.data), ["i32"], hidden=True)
    return column


@op("weft.pick")
def _(body):
    ids = column_of_ids(body)
    x = body.of_shape(ids.shape[:-1] + (body.rng.choice([1, 3, 5, 33]),))

    def compute(x, ids):
        width = x.shape[-1]
        return t.Tensor(ids.shape, [x.data[row * width + i] if 0 <= i < width else 0.0
                                    for row, i in enumerate(ids.data)])
    body.add(f"weft.pick {x.name}, {ids.name} : {x.type}, {ids.type} -> $result", [x, ids], compute)


@op("weft.one_hot")
def _(body):
    ids, width = column_of_ids(body), body.rng.choice([1, 3, 5, 33])
    body.add(f"weft.one_hot {ids.name} : {ids.type} -> $result", [ids],
             lambda ids: t.Tensor(ids.shape[:-1] + (width,),
                                  [float(i == j) for i in ids.data for j in range(width)]))


@op("weft.target_weight")
def _(body):
    ids, ignored = column_of_ids(body), body.rng.choice([-100, 0, 1])
    body.add(f"weft.target_weight {ids.name} {{ignore_index = {ignored}}} : {ids.type} -> $result", [ids],
             lambda ids: t.Tensor(ids.shape, [float(i != ignored) for i in ids.data]))
