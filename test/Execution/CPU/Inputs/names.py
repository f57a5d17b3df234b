"""names.py make FOLDER: writes FOLDER/clash.mlir, a model whose parameters have the names of everything else in its module,
FOLDER/plain.mlir, the same with names that nothing has, and data. names.py compare FOLDER: holds the last checkpoints of
FOLDER/clash and FOLDER/plain against each other, weights by weights and moments by moments."""

import pathlib
import random
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "RandomPrograms"))
from tensors import Tensor, read_safetensors, write_safetensors

NAMES = ["tokens", "targets", "logits_row",                             # inputs
         "loss", "block", "names", "long",                               # the model, a layer, the module, an entry
         "init", "micro_step", "apply", "eval", "logits", "eval.long", "logits.long",  # programs
         "loss_sum", "loss_weight", "eval_sum", "eval_weight", "eval_sum.long", "gradient_norm", "logits_values",  # metrics
         "step", "learning_rate", "accumulate", "seed", "sample",        # what a step is told
         "embedding_backward", "tanh", "linear", "add", "mul", "sum", "adamw", "accumulate_0",  # kernels
         "w", "w.gradient", "w.moment1", "w.moment2", "w.gradient.gradient", "w.gradient_0", "w.moment1_0",
         "main", "weft_module", "weft_states", "weft_program_eval"]


def text(name_of):
    lines = ["module @names {",
             "  weft.layer @block(%x: tensor<2x5x4xf32>) -> tensor<2x5x4xf32> {",
             "    %y = weft.tanh %x : tensor<2x5x4xf32>",
             "    weft.return %y : tensor<2x5x4xf32>",
             "  }",
             "  weft.model @loss(%tokens: tensor<2x5xi32>, %targets: tensor<2x5xi32>) -> (tensor<f32>, tensor<f32>) {",
             '    %table = weft.parameter "table" init(normal, 0.5) : tensor<7x4xf32>',
             "    %x0 = weft.embedding %tokens, %table : tensor<2x5xi32>, tensor<7x4xf32>"]
    for i, name in enumerate(NAMES):
        lines += [f'    %p{i} = weft.parameter "{name_of(name)}" init(normal, 0.5) key {i} : tensor<4xf32>',
                  f"    %m{i} = weft.mul %x{i}, %p{i} : tensor<2x5x4xf32>, tensor<4xf32>",
                  f"    %a{i} = weft.add %m{i}, %x0 : tensor<2x5x4xf32>, tensor<2x5x4xf32>",
                  f'    %x{i + 1} = weft.call @block as "h.{i}" (%a{i}) : (tensor<2x5x4xf32>) -> tensor<2x5x4xf32>']
    lines += [f"    %logits = weft.linear out_in %x{len(NAMES)}, %table"
              " : (tensor<2x5x4xf32>, tensor<7x4xf32>) -> tensor<2x5x7xf32>",
              "    %sum, %n = weft.cross_entropy %logits, %targets : tensor<2x5x7xf32>, tensor<2x5xi32>",
              "    weft.return %sum, %n : tensor<f32>, tensor<f32>",
              "  }",
              "  weft.train @loss optimizer(#weft.adamw) clip_norm(1.0)",
              "  weft.eval @loss",
              '  weft.eval @loss as "long"',
              "}"]
    return "\n".join(lines) + "\n"


def plain(name):
    return f"p.{NAMES.index(name)}"


def make(folder):
    rng = random.Random(3)
    (folder / "clash.mlir").write_text(text(lambda name: name))
    (folder / "plain.mlir").write_text(text(plain))
    ids = lambda: Tensor((8, 5), [rng.randrange(7) for _ in range(40)])
    write_safetensors(folder / "data.safetensors", {"tokens": ids(), "targets": ids()})


def compare(folder):
    def read(name, file):
        return read_safetensors(folder / name / "latest" / file)[0]
    clash, expected = read("clash", "model.safetensors"), read("plain", "model.safetensors")
    for name in NAMES:
        assert clash[name] == expected[plain(name)], name
    assert clash["table"] == expected["table"]
    moments = [sorted(t.data for t in read(n, "optimizer.safetensors").values() if len(t.data) > 1)
               for n in ("clash", "plain")]
    assert moments[0] == moments[1] and len(moments[0]) == 2 * (len(NAMES) + 1)
    print(f"{len(NAMES)} names: the same weights and moments")


if __name__ == "__main__":
    {"make": make, "compare": compare}[sys.argv[1]](pathlib.Path(sys.argv[2]))
