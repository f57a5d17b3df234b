"""padding.py make FOLDER TYPE: writes FOLDER/model.mlir, its data and its initial values; padding.py compare
FOLDER: holds the gradients that FOLDER/gradients has against each other; padding.py zeros FOLDER: the rows of zeros in the
checkpoint FOLDER/out.

The model reads one table in two ways, as two parameters that start alike: `padded` through an embedding with a
padding_index, and `blocked` as a table whose row of padding is another parameter's, so that it has no gradient by
the chain rule alone. Both also serve as a head, which gives all rows a gradient. Ids come often and seldom."""

import pathlib
import random
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "RandomPrograms"))
from tensors import Tensor, read_safetensors, write_safetensors

ROWS, COLUMNS, SEQUENCES, LENGTH, PADDING = 11, 37, 4, 23, 6

TEXT = """module @padding {
  weft.model @loss(%tokens: IDS, %targets: IDS) -> (tensor<f32>, tensor<f32>) {
    %t = weft.parameter "padded" init(normal, 0.5, zero_row = PADDING) : TABLE
    %u = weft.parameter "blocked" init(normal, 0.5) : TABLE
    %v = weft.parameter "other" init(normal, 0.5) : TABLE
    %numbers = weft.iota : tensor<ROWSxi32>
    %column = weft.reshape %numbers : tensor<ROWSxi32> to tensor<ROWSx1xi32>
    %padding = weft.constant dense<PADDING> : tensor<i32>
    %here = weft.compare eq %column, %padding : tensor<ROWSx1xi32>, tensor<i32> -> tensor<ROWSx1xELEMENT>
    %uv = weft.where %here, %v, %u : tensor<ROWSx1xELEMENT>, TABLE, TABLE
    %x = weft.embedding %tokens, %t {padding_index = PADDING} : IDS, TABLE
    %y = weft.embedding %tokens, %uv : IDS, TABLE
    %p = weft.linear out_in %x, %t : (HIDDEN, TABLE) -> LOGITS
    %q = weft.linear out_in %y, %u : (HIDDEN, TABLE) -> LOGITS
    %p32 = weft.cast %p : LOGITS to WIDE
    %q32 = weft.cast %q : LOGITS to WIDE
    %s, %n = weft.cross_entropy %p32, %targets {ignore_index = -100} : WIDE, IDS
    %r, %m = weft.cross_entropy %q32, %targets {ignore_index = -100} : WIDE, IDS
    %sum = weft.add %s, %r : tensor<f32>, tensor<f32>
    weft.return %sum, %n : tensor<f32>, tensor<f32>
  }
  weft.train @loss optimizer(#weft.adamw)
}
"""


def make_text(element):
    names = {"IDS": f"tensor<2x{LENGTH}xi32>", "TABLE": f"tensor<ROWSx{COLUMNS}xELEMENT>",
             "HIDDEN": f"tensor<2x{LENGTH}x{COLUMNS}xELEMENT>", "LOGITS": f"tensor<2x{LENGTH}xROWSxELEMENT>",
             "WIDE": f"tensor<2x{LENGTH}xROWSxf32>", "PADDING": str(PADDING), "ELEMENT": element,
             "ROWS": str(ROWS)}
    text = TEXT
    for name, meaning in names.items():
        text = text.replace(name, meaning)
    return text if element != "f64" else text.replace("f32", "f64")


def make(folder, element):
    rng = random.Random(5)
    (folder / "model.mlir").write_text(make_text(element))
    table = Tensor((ROWS, COLUMNS), [rng.gauss(0, 0.5) for _ in range(ROWS * COLUMNS)])
    write_safetensors(folder / "init.safetensors", {"padded": table, "blocked": table, "other": table})
    ids = [rng.choice([PADDING, PADDING, 0, 0, *range(ROWS)]) for _ in range(SEQUENCES * LENGTH)]
    targets = [rng.randrange(ROWS) for _ in ids]
    shape = (SEQUENCES, LENGTH)
    write_safetensors(folder / "data.safetensors", {"tokens": Tensor(shape, ids), "targets": Tensor(shape, targets)})


def compare(folder):
    gradients, _ = read_safetensors(folder / "gradients")
    padded, blocked = gradients["padded"].data, gradients["blocked"].data
    row = slice(PADDING * COLUMNS, (PADDING + 1) * COLUMNS)
    worst = max(abs(a - b) for a, b in zip(padded, blocked)) / max(map(abs, blocked))
    print(f"rows differ by {worst:.1e}; the head gives padding {max(map(abs, padded[row])):.1e}")
    assert max(map(abs, blocked[row])) > 0


def zeros(folder):
    tensors, _ = read_safetensors(folder / "out" / "latest" / "model.safetensors")
    rows = {name: [i for i in range(ROWS) if max(map(abs, t.data[i * COLUMNS:(i + 1) * COLUMNS])) < 1e-6]
            for name, t in tensors.items()}
    print(f"rows of zeros: padded {rows['padded']}, blocked {rows['blocked']}")


if __name__ == "__main__":
    {"make": make, "compare": compare, "zeros": zeros}[sys.argv[1]](pathlib.Path(sys.argv[2]), *sys.argv[3:])
