#!/usr/bin/env python3
"""Compiles models with attention fused and as they are written, runs both, and compares loss and gradients.

  fused.py --work FOLDER MODEL...             models in f64: one fused attention each, equal within 1e-12
  fused.py --work FOLDER --shapes NAME        attentions of many shapes, in f64 (1e-12) and f32, where the error
                                              against f64 is at most twice that of the text as written, plus 1e-6
  fused.py --work FOLDER --blind              queries that see no key: zeros, in the gradients too; all others as written
  fused.py --work FOLDER --against OTHER ...  the negative control: the unfused side is another model

All errors are norm-wise, relative to the f64 result as written.
"""

import argparse
import itertools
import math
import os
import random
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../RandomPrograms"))
import tensors as t


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"exit code {done.returncode} of {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    return path


def inputs_of(text):
    """Values for the arguments of the model. A query always sees key 0, or itself; of what is "late" the later half of
    the first sequence alone."""
    draw, values = random.Random(1), {}
    arguments = re.search(r"weft\.model @\w+\((.*?)\) ->", text).group(1)
    for name, shape, element in re.findall(r"%(\w+): tensor<((?:\d+x)*)(\w+)>", arguments):
        shape = tuple(map(int, shape.split("x")[:-1]))
        count = math.prod(shape)
        if element == "i32":
            data = [i % shape[-1] // 4 for i in range(count)]
        elif name == "keep":
            data = [float(i % shape[-1] == 0 or draw.random() < 0.6) for i in range(count)]
        elif name == "late":
            data = [float(shape[-1] // 2 <= i < shape[-1]) for i in range(count)]
        else:
            data = [draw.gauss(0, 1) for _ in range(count)]
        values[name] = t.Tensor(shape, data) if element == "i32" else t.Tensor(shape, data)
    return values


def results(work, name, text, flags, threads=2, separate=False, **given):
    """Loss and gradients of one executable. `separate`: with the gradients of queries and of keys in two kernels."""
    model, program = write(os.path.join(work, name + ".mlir"), text), os.path.join(work, name)
    graphs = run("weftc", model, "--emit=grad", *flags)  # the training's and the evaluation's
    if (graphs.count("= weft.attention "), graphs.count("= weft.attention_backward ")) != ((0, 0) if flags else (2, 1)):
        raise SystemExit(f"{model} {' '.join(flags)}: not fused as expected")
    if separate:
        model = write(program + "-separate.mlir",
                      run("weft-opt", write(program + "-graphs.mlir", graphs.replace("<cpu,", "<cpu, separate_backward = true,")), "-weft-tile-pipeline"))
        assert open(model).read().count("tile.kernel @attention_backward_") >= 2
    run("weftc", model, "-o", program, *flags)
    arguments, values = ["--steps", "1", "--dump-gradients", program + ".safetensors"], {**inputs_of(text), **given}
    if values:
        t.write_safetensors(program + ".data.safetensors", values)
        arguments += ["--data", program + ".data.safetensors", "--order", "file"]
    run("env", f"OMP_NUM_THREADS={threads}", program, *arguments)
    gradients, metadata = t.read_safetensors(program + ".safetensors")
    return {"loss": [float(metadata["loss_sum"])], **{key: list(value.data) for key, value in gradients.items()}}


def errors(found, expected):
    """The largest error, and of what. A small gradient is compared with a thousandth of the largest; one that is
    zero but for rounding (of q and k where a query sees one key), whose rounding it is, with the largest. The loss is
    a sum of o * g in which terms cancel: its rounding is that of the terms, whose norm is that of o, the gradient of g."""
    assert sorted(found) == sorted(expected)
    norms = {name: math.hypot(*values) for name, values in expected.items()}
    largest = max(norms.values())
    norms["loss"] = max(norms["loss"], norms.get("g", 0.0))
    worst = (0.0, "")
    for name, values in expected.items():
        if not all(map(math.isfinite, found[name])):
            return math.inf, name
        scale = largest if norms[name] < 1e-12 * largest else max(norms[name], 1e-3 * largest)
        worst = max(worst, (math.hypot(*(a - b for a, b in zip(found[name], values))) / scale, name))
    return worst


def compare_models(options):
    for path in options.models:
        text, name = open(path).read(), os.path.basename(path)[:-5]
        other = open(options.against).read() if options.against else text
        error, what = errors(results(options.work, name, text, []),
                             results(options.work, name + "-plain", other, ["--fuse=none"]))
        if error > 1e-12:
            raise SystemExit(f"{path}: {what} differs by {error:.3g}")
        print(f"{name}: within {error:.1e}")


# ---- shapes

NEAR = 20  # how far a mask "near" lets see

def attention(batch, heads, key_heads, queries, keys, width, values, mask="", factor=1.0):
    """A model of one attention; grouped heads as rows behind one another."""
    group = heads // key_heads
    tensor = lambda *shape: f"tensor<{'x'.join(map(str, shape))}xf64>"
    ids = lambda *shape: f"tensor<{'x'.join(map(str, (batch, *shape)))}xi32>"
    q, k, v = tensor(batch, key_heads, group * queries, width), tensor(batch, key_heads, keys, width), tensor(batch, key_heads, keys, values)
    scores, split = tensor(batch, key_heads, group * queries, keys), tensor(batch, key_heads, group, queries, keys)
    o = tensor(batch, key_heads, group * queries, values)
    lines = [f'%{name} = weft.parameter "{name}" init(normal, {deviation}) : {kind}'
             for name, kind, deviation in (("q", q, factor), ("k", k, 1.0), ("v", v, 1.0), ("g", o, 1.0))]
    lines += [f"%products = weft.matmul %q, %k {{transpose_b}} : {q}, {k}",
              f"%scale = weft.constant dense<{width ** -0.5}> : tensor<f64>",
              f"%s = weft.mul %products, %scale : {scores}, tensor<f64>",
              f"%h0 = weft.reshape %s : {scores} to {split}"]
    last = "%h0"
    if "cap" in mask:
        lines += [f"%cap = weft.constant dense<3.0> : tensor<f64>", f"%h1 = weft.div %h0, %cap : {split}, tensor<f64>",
                  f"%h2 = weft.tanh %h1 : {split}", f"%h3 = weft.mul %h2, %cap : {split}, tensor<f64>"]
        last = "%h3"
    if "keep" in mask:
        lines += [f"%low = weft.constant dense<0xFFF0000000000000> : tensor<f64>",
                  f"%keep5 = weft.reshape %keep : {tensor(batch, keys)} to {tensor(batch, 1, 1, 1, keys)}",
                  f"%h4 = weft.where %keep5, {last}, %low : {tensor(batch, 1, 1, 1, keys)}, {split}, tensor<f64>"]
        last = "%h4"
    if "documents" in mask:
        lines += [f"%low2 = weft.constant dense<0xFFF0000000000000> : tensor<f64>",
                  f"%dq = weft.reshape %qd : {ids(queries)} to {ids(1, 1, queries, 1)}",
                  f"%dk = weft.reshape %kd : {ids(keys)} to {ids(1, 1, 1, keys)}",
                  f"%same = weft.compare eq %dq, %dk : {ids(1, 1, queries, 1)}, {ids(1, 1, 1, keys)} -> {tensor(batch, 1, 1, queries, keys)}",
                  f"%h6 = weft.where %same, {last}, %low2 : {tensor(batch, 1, 1, queries, keys)}, {split}, tensor<f64>"]
        last = "%h6"
    if "alibi" in mask:
        lines += [f"%j = weft.iota : tensor<{keys}xi32>", f"%jf = weft.cast %j : tensor<{keys}xi32> to tensor<{keys}xf64>",
                  f"%i = weft.iota : tensor<{queries}xi32>", f"%if = weft.cast %i : tensor<{queries}xi32> to tensor<{queries}xf64>",
                  f"%row = weft.reshape %if : tensor<{queries}xf64> to tensor<{queries}x1xf64>",
                  f"%shift = weft.constant dense<{keys - queries}.0> : tensor<f64>",
                  f"%at = weft.add %row, %shift : tensor<{queries}x1xf64>, tensor<f64>",
                  f"%distance = weft.sub %jf, %at : tensor<{keys}xf64>, tensor<{queries}x1xf64>",
                  f"%hi = weft.iota : tensor<{heads}xi32>", f"%hf = weft.cast %hi : tensor<{heads}xi32> to tensor<{heads}xf64>",
                  f"%hm = weft.neg %hf : tensor<{heads}xf64>", f"%slope = weft.exp %hm : tensor<{heads}xf64>",
                  f"%slopes = weft.reshape %slope : tensor<{heads}xf64> to {tensor(key_heads, group, 1, 1)}",
                  f"%alibi = weft.mul %slopes, %distance : {tensor(key_heads, group, 1, 1)}, {tensor(queries, keys)}",
                  f"%h7 = weft.add {last}, %alibi : {split}, {tensor(key_heads, group, queries, keys)}"]
        last = "%h7"
    if "near" in mask:  # by the distance of positions, both counted from the end
        i, j = f"tensor<{queries}x1xf64>", f"tensor<{keys}xf64>"
        lines += [f"%low3 = weft.constant dense<0xFFF0000000000000> : tensor<f64>",
                  f"%jn = weft.iota : tensor<{keys}xi32>", f"%key = weft.cast %jn : tensor<{keys}xi32> to {j}",
                  f"%in = weft.iota : tensor<{queries}xi32>", f"%im = weft.reshape %in : tensor<{queries}xi32> to tensor<{queries}x1xi32>",
                  f"%ip = weft.cast %im : tensor<{queries}x1xi32> to {i}", f"%ahead = weft.constant dense<{keys - queries}.0> : tensor<f64>",
                  f"%own = weft.add %ip, %ahead : {i}, tensor<f64>", f"%offset = weft.sub %key, %own : {j}, {i}",
                  f"%far = weft.abs %offset : {tensor(queries, keys)}", f"%most = weft.constant dense<{NEAR}.0> : tensor<f64>",
                  f"%near = weft.compare le %far, %most : {tensor(queries, keys)}, tensor<f64> -> {tensor(queries, keys)}",
                  f"%h8 = weft.where %near, {last}, %low3 : {tensor(queries, keys)}, {split}, tensor<f64>"]
        last = "%h8"
    if "causal" in mask:
        window = " {window = 37}" if "window" in mask else ""
        lines.append(f"%h5 = weft.causal_mask {last}{window} : {split}")
        last = "%h5"
    lines += [f"%p5 = weft.softmax {last} : {split}"]
    if "drop" in mask:
        lines.append(f"%p6 = weft.dropout %p5 {{rate = 0.1}} : {split}")
    weights = "%p6" if "drop" in mask else "%p5"
    lines += [f"%p = weft.reshape {weights} : {split} to {scores}",
              f"%o = weft.matmul %p, %v : {scores}, {v}", f"%y = weft.mul %o, %g : {o}, {o}",
              f"%sum = weft.sum %y axes [0, 1, 2, 3] : {o}", "%one = weft.constant dense<1.0> : tensor<f64>",
              "weft.return %sum, %one : tensor<f64>, tensor<f64>"]
    arguments = ", ".join(text for name, text in (
        ("keep", f"%keep: {tensor(batch, keys)}"), ("documents", f"%qd: {ids(queries)}, %kd: {ids(keys)}"),
        ("drop", f"%sequences: {ids(1)}")) if name in mask)
    return (f"module @attention {{\n  weft.model @loss({arguments}) -> (tensor<f64>, tensor<f64>) {{\n    " +
            "\n    ".join(lines) + "\n  }\n  weft.train @loss optimizer(#weft.adamw)\n}\n")


SHAPES = {
    "few": [(1, 2, 1, 65, 65, 24, 40, "causal"), (2, 4, 2, 1, 77, 16, 16, "causal keep"),
            (1, 2, 2, 50, 150, 80, 32, "causal window cap"), (1, 1, 1, 200, 70, 5, 13, ""),
            (2, 4, 2, 70, 150, 16, 24, "causal documents alibi drop"), (1, 1, 1, 130, 130, 64, 64, "causal", 1e3),
            (1, 2, 1, 70, 200, 16, 24, "near")],
    "more": [(1, 1, 1, 130, 130, 64, 64, ""), (1, 1, 1, 130, 130, 64, 64, "causal", 3e3), (1, 2, 1, 200, 200, 16, 16, "alibi"),
             (1, 2, 2, 400, 400, 16, 16, "near")],
    "widths": [(1, 2, 1, 97, 97, width, width, "causal") for width in (1, 5, 13, 16, 32, 64, 80, 96, 128, 192, 256)] +
              [(1, 1, 1, 70, 70, 64, 128, ""), (1, 1, 1, 70, 70, 96, 16, "cap")],
    "lengths": [(1, 2, 1, queries, keys, 32, 32, mask) for queries, keys in
                ((1, 1), (1, 300), (2, 2), (63, 63), (64, 64), (65, 129), (127, 128), (300, 300), (300, 45), (1000, 1000))
                for mask in ("", "causal" if queries <= keys else "", "keep", "near" if abs(queries - keys) <= NEAR else "")] + [(1, 1, 1, 2048, 2048, 32, 32, "causal window")],
    "masks": [(2, 4, 2, 90, 140, 16, 16, " ".join(chosen)) for count in range(5)
              for chosen in itertools.combinations(("causal", "window", "keep", "cap"), count)
              if "window" not in chosen or "causal" in chosen] +
             [(2, 4, 2, 90, 140, 16, 16, f"{extra} {mask}") for extra in ("documents", "alibi", "drop", "near", "near alibi drop", "documents alibi drop")
              for mask in ("", "causal", "keep", "causal cap")] + [(1, 2, 1, 300, 300, 16, 16, "documents window causal"),
                                                                  (1, 2, 2, 130, 130, 16, 16, "alibi window causal drop")],
}


def to_f32(text):
    return re.sub(r"\bxf64|(?<=x)f64|(?<=<)f64", lambda match: match.group(0).replace("f64", "f32"), text).replace(
        "0xFFF0000000000000", "0xFF800000")


def compare_shapes(options):
    worst = 0.0
    for number, shape in enumerate(SHAPES[options.shapes]):
        text, name = attention(*shape), f"{options.shapes}{number}"
        exact = results(options.work, name + "-plain", text, ["--fuse=none"])
        error, what = errors(results(options.work, name, text, []), exact)
        # The relative error of exp(s) is the absolute one of s, and of exp(s - lse) that of the stored lse too; both
        # are rounded relative to their size.
        size = shape[8] if len(shape) > 8 else 1
        if error > 1e-12 * size:
            raise SystemExit(f"{shape} f64: {what} differs by {error:.3g}")
        error, what = errors(results(options.work, name + "-apart", text, [], separate=True), exact)
        if error > 1e-12 * size:
            raise SystemExit(f"{shape} f64, separate kernels: {what} differs by {error:.3g}")
        short = to_f32(text)
        plain, _ = errors(results(options.work, name + "-plain32", short, ["--fuse=none"]), exact)
        fused = results(options.work, name + "-32", short, [])
        error, what = errors(fused, exact)
        # Scores of 1e4 leave one key a query: the gradients of q and k are then differences, do v^T - delta, of equal
        # numbers, of which delta is taken from the rounded output, times q in the thousands. In f32 they are finite noise.
        allowed = 2 * plain + 1e-6 * size if size <= 1e3 else sys.float_info.max
        if not error <= allowed:
            raise SystemExit(f"{shape} f32: {what} is off by {error:.3g}, as written by {plain:.3g}")
        worst = max(worst, error / allowed)
        for threads in (1, 3):
            if results(options.work, name + "-32", short, [], threads) != fused:
                raise SystemExit(f"{shape} f32: other bits with {threads} threads")
    print(f"{len(SHAPES[options.shapes])} shapes; f32 at most at {worst:.2f} of what is allowed")


def compare_blind(options):
    """Masks that hide all keys from the first sequence, or from its first queries: weights that are not there."""
    batch, heads, queries, keys, width = 2, 2, 90, 60, 16
    hidden = {"keep": {"keep": t.Tensor((batch, keys), [0.0] * keys + [1.0] * keys)},
              "documents": {"qd": t.Tensor((batch, queries), [7] * queries + [3] * queries),
                            "kd": t.Tensor((batch, keys), [1] * keys + [3] * keys)},
              "causal": {}}
    for mask, given in hidden.items():
        for kind in ("f64", "f32"):
            text = attention(batch, heads, 1, queries, keys, width, width, mask)
            text = text if kind == "f64" else to_f32(text)
            found = results(options.work, f"blind-{mask}-{kind}", text, [], separate=kind == "f32", **given)
            blind = queries - keys if mask == "causal" else queries
            for name, rows in (("q", blind), ("g", blind), ("k", keys), ("v", keys)):
                count = (heads if name in "qg" else 1) * (queries if name in "qg" else keys) * width
                if not all(map(math.isfinite, found[name])):
                    raise SystemExit(f"{mask} {kind}: a gradient of {name} is not finite")
                if mask == "causal" and name in "kv":
                    continue
                ones = [x for i, x in enumerate(found[name][:count]) if i // width % (queries if name in "qg" else keys) < rows]
                if any(ones) or not any(found[name][count:]):
                    raise SystemExit(f"{mask} {kind}: the gradient of {name} is not 0 where no key is seen, or 0 elsewhere")
    print("queries that see no key: zeros")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--work", required=True)
    parser.add_argument("--against")
    parser.add_argument("--blind", action="store_true")
    parser.add_argument("--shapes", choices=list(SHAPES))
    parser.add_argument("models", nargs="*")
    options = parser.parse_args()
    os.makedirs(options.work, exist_ok=True)
    if options.shapes:
        compare_shapes(options)
    if options.blind:
        compare_blind(options)
    compare_models(options)


main()
