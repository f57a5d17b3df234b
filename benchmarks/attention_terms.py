#!/usr/bin/env python3
"""Times attention with dropout and with documents against plain attention, in programs that run in turn.

  benchmarks/attention_terms.py --weft build/bin [--threads 1] [--repetitions 9]

8 heads of 64, T 1024, f32, not causal; dropout of 0.1; four documents of 256. Each repetition is a run of 3 steps under
--profile; the table gives median and quartiles of the ratio to the plain kernel of the same round.
"""

import argparse
import json
import os
import re
import statistics
import struct
import subprocess
import tempfile

LENGTH, DOCUMENTS = 1024, 4
TENSOR = f"tensor<1x8x{LENGTH}x64xf32>"


def text(kind):
    """The module: one attention."""
    documents = f"documents %ids, %ids : tensor<1x{LENGTH}xi32>, tensor<1x{LENGTH}xi32> " if kind == "documents" else ""
    dropout = ", dropout = 0.1" if kind == "dropout" else ""
    lines = [f'%{name} = weft.parameter "{name}" init(normal, 1.0) : {TENSOR}' for name in "qkv"]
    lines += [f"%o, %lse = weft.attention %q, %k, %v {documents}{{scale = 0.125{dropout}}} : {TENSOR}, {TENSOR}, {TENSOR}",
              f"%sum = weft.sum %o axes [0, 1, 2, 3] : {TENSOR}", "%one = weft.constant dense<1.0> : tensor<f32>",
              "weft.return %sum, %one : tensor<f32>, tensor<f32>"]
    return (f"module @attention {{\n  weft.model @loss(%ids: tensor<1x{LENGTH}xi32>) -> (tensor<f32>, tensor<f32>) {{\n    " +
            "\n    ".join(lines) + "\n  }\n  weft.train @loss optimizer(#weft.sgd<>)\n}\n")


def write_ids(path):
    header = json.dumps({"ids": {"dtype": "I32", "shape": [1, LENGTH], "data_offsets": [0, 4 * LENGTH]}}).encode()
    header += b" " * (-len(header) % 8)
    ids = [i * DOCUMENTS // LENGTH for i in range(LENGTH)]
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + struct.pack(f"<{LENGTH}i", *ids))


def times(program, data, threads):
    """Milliseconds a step of the forward's and of the backward's kernel: the two largest of attention."""
    done = subprocess.run([program, "--steps", "3", "--data", data, "--profile"], check=True, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, env={**os.environ, "OMP_NUM_THREADS": str(threads)})
    found = [float(ms) for ms in re.findall(r"^\s*([\d.]+)\s+[\d.]+%\s+[\d.]+\s+attention\w*", done.stdout, re.M)]
    backward, forward = sorted(found, reverse=True)[:2]
    return forward, backward


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repetitions", type=int, default=9)
    options = parser.parse_args()
    kinds = ("plain", "dropout", "documents")
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "ids.safetensors")
        write_ids(data)
        for kind in kinds:
            with open(os.path.join(folder, kind + ".mlir"), "w") as file:
                file.write(text(kind))
            subprocess.run([os.path.join(options.weft, "weftc"), file.name, "-o", os.path.join(folder, kind)], check=True)
        runs = [{kind: times(os.path.join(folder, kind), data, options.threads) for kind in kinds}
                for _ in range(options.repetitions)]
    print("| attention | forward, of the plain one's time | backward |\n| --- | --- | --- |")
    for kind in kinds[1:]:
        cells = []
        for i in (0, 1):
            ratios = [run[kind][i] / run["plain"][i] for run in runs]
            low, middle, high = statistics.quantiles(ratios, n=4)
            cells.append(f"{middle:.2f} [{low:.2f}, {high:.2f}]")
        print(f"| {kind} | {cells[0]} | {cells[1]} |")


main()
