"""Tensors as flat lists of Python's doubles, row-major: slow, and written apart from the compiler."""

import itertools
import json
import math
import struct
from dataclasses import dataclass


@dataclass
class Tensor:
    shape: tuple
    data: list

    def __post_init__(self):
        assert len(self.data) == math.prod(self.shape), (self.shape, len(self.data))

    def __getitem__(self, index):
        return self.data[offset(index, self.shape)]


def offset(index, shape):
    """Where an element lies; dimensions of size 1, and missing ones in front, stretch."""
    at = 0
    for i, size in zip(index[len(index) - len(shape):], shape):
        at = at * size + (i if size > 1 else 0)
    return at


def indices(shape):
    return itertools.product(*map(range, shape))


def build(shape, element):
    return Tensor(tuple(shape), [element(index) for index in indices(shape)])


def broadcast_shapes(*shapes):
    rank = max(map(len, shapes))
    aligned = [(1,) * (rank - len(shape)) + tuple(shape) for shape in shapes]
    return tuple(max(sizes) for sizes in zip(*aligned))


def broadcasts(shape, to):
    """Whether `shape` stretches to `to`."""
    return len(shape) <= len(to) and all(a in (1, b) for a, b in zip(shape[::-1], to[::-1]))


def elementwise(function, *tensors):
    shape = broadcast_shapes(*(tensor.shape for tensor in tensors))
    if all(tensor.shape == shape for tensor in tensors):
        return Tensor(shape, [function(*values) for values in zip(*(t.data for t in tensors))])
    return build(shape, lambda index: function(*(tensor[index] for tensor in tensors)))


def reduce(function, x, axes, keep_dims=False):
    """`function` of the list of all elements that fall together."""
    gathered = {}
    for index, value in zip(indices(x.shape), x.data):
        kept = tuple(0 if d in axes else i for d, i in enumerate(index))
        gathered.setdefault(kept, []).append(value)
    shape = tuple(1 if d in axes else size for d, size in enumerate(x.shape))
    if not keep_dims:
        shape = tuple(size for d, size in enumerate(x.shape) if d not in axes)
    return Tensor(shape, [function(values) for values in gathered.values()])


def rows(function, x):
    """`function` of each row, a list for a list."""
    width = x.shape[-1]
    result = []
    for begin in range(0, len(x.data), width):
        result += function(x.data[begin:begin + width])
    return Tensor(x.shape[:-1] + (len(result) * width // len(x.data),), result)


def transpose(x, permutation):
    def source(index):
        at = [0] * len(index)
        for i, dimension in enumerate(permutation):
            at[dimension] = index[i]
        return x[tuple(at)]
    return build([x.shape[d] for d in permutation], source)


def box(x, offsets, sizes):
    return build(sizes, lambda index: x[tuple(i + o for i, o in zip(index, offsets))])


def pad(x, offsets, shape):
    def source(index):
        at = tuple(i - o for i, o in zip(index, offsets))
        return x[at] if all(0 <= i < size for i, size in zip(at, x.shape)) else 0.0
    return build(shape, source)


def concat(tensors, axis):
    shape = list(tensors[0].shape)
    shape[axis] = sum(tensor.shape[axis] for tensor in tensors)
    origin = [(tensor, i) for tensor in tensors for i in range(tensor.shape[axis])]

    def source(index):
        tensor, i = origin[index[axis]]
        return tensor[index[:axis] + (i,) + index[axis + 1:]]
    return build(shape, source)


def swap_last(x):
    rank = len(x.shape)
    return transpose(x, [*range(rank - 2), rank - 1, rank - 2])


def matmul(a, b):
    def element(index):
        batch, i, j = index[:-2], index[-2], index[-1]
        return math.fsum(a[batch + (i, k)] * b[batch + (k, j)] for k in range(a.shape[-1]))
    return build(a.shape[:-1] + b.shape[-1:], element)


def take(table, ids):
    width = table.shape[-1]
    data = []
    for i in ids.data:
        data += table.data[i * width:(i + 1) * width]
    return Tensor(ids.shape + (width,), data)


def write_safetensors(path, tensors):
    """Floats as F64, integers as I32."""
    header, body = [], b""
    for name, tensor in sorted(tensors.items()):
        code, dtype = ("i", "I32") if isinstance(tensor.data[0], int) else ("d", "F64")
        packed = struct.pack(f"<{len(tensor.data)}{code}", *tensor.data)
        header.append('"%s":{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}' % (
            name, dtype, ",".join(map(str, tensor.shape)), len(body), len(body) + len(packed)))
        body += packed
    text = ("{" + ",".join(header) + "}").encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


def read_safetensors(path):
    """The floats by name, and the metadata."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header, body = json.loads(file.read(length)), file.read()
    metadata = header.pop("__metadata__", {})
    codes = {"F64": "d", "F32": "f", "I64": "q"}
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        code = codes[entry["dtype"]]
        count = (end - begin) // struct.calcsize(code)
        values = struct.unpack(f"<{count}{code}", body[begin:end])
        tensors[name] = Tensor(tuple(entry["shape"]), list(values))
    return tensors, metadata
