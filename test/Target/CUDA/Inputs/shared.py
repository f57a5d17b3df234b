#!/usr/bin/env python3
"""Compiles attention of all these numbers of queries, keys and widths of heads as far as shared memory goes, and wants
each kernel to fit a block's on the architecture, as long as its smallest blocks do.

  shared.py ARCH BYTES TYPE QUERIES KEYS WIDTHS [PASS-OPTIONS]   lists as in attentions.py

Kernels hold rows of 16 queries and of 16 keys at least, in their width and in that of values: of q, k and v, in the
backward of the gradient too, and the squares of 16 by 16 between them.
"""

import os
import re
import subprocess
import sys

BITS = {"f64": 64, "f32": 32, "bf16": 16, "f16": 16}
PASSES = ("weft-exp-to-exp2,weft-assign-layouts,weft-stage-shared,weft-pipeline-loads,weft-use-warpgroup-dots,"
          "weft-slice-dots,canonicalize,cse,weft-allocate-shared")


def run(command, text=None):
    done = subprocess.run(command, input=text, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise SystemExit(f"exit code {done.returncode} of {' '.join(command)}\n{done.stderr[:4000]}")
    return done.stdout


def least(width, element, is_backward):
    width = -(-width // 16) * 16
    rows, squares = (4, 2) if is_backward else (3, 1)
    return (rows * 16 * width + squares * 16 * 16) * BITS[element] // 8


def main():
    arch, bytes_of_block, element, *sizes = sys.argv[1:]
    most, passes = int(bytes_of_block), PASSES
    if len(sizes) > 3:
        passes = passes.replace("weft-pipeline-loads", f"weft-pipeline-loads{{{sizes.pop()}}}")
    model = run([sys.executable, "-B", os.path.join(os.path.dirname(__file__), "attentions.py"), element, *sizes])
    placed = run(["weftc", "-", "--target=cuda", f"--arch={arch}", "--emit=exec"], model)
    kernels = run(["weft-opt", "-", f"--pass-pipeline=builtin.module(weft-align-accesses,weft-specialize-kernels,"
                                    f"tile.kernel({passes}))"], placed)
    count, large, refused = 0, 0, 0
    for name, width, used in re.findall(r"tile\.kernel @(attention\w*)\(%\w+: memref<\d+x\d+x\d+x(\d+)x.*shared_bytes = (\d+)", kernels):
        fits = least(int(width), element, "backward" in name) <= most
        if fits and int(used) > most:
            raise SystemExit(f"{name} of heads of {width} takes {used} bytes, {arch} has {most}")
        count, large, refused = count + 1, max(large, int(used) if fits else 0), refused + (int(used) > most)
    if count < 3:
        raise SystemExit(f"found {count} kernels")
    print(f"{arch} {element}: {count} kernels of at most {large} bytes, {refused} that cannot fit")


main()
