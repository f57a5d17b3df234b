#!/usr/bin/env python3
"""Assembles the kernels of models for several GPUs, and prints what each needs: registers, and bytes that are spilled.

  benchmarks/registers.py --weft build/bin [--arch sm_80 --arch sm_90a] MODEL.mlir...

A kernel stands in the table if it spills, is one of attention's, or is the one of its model with most registers; the last line of a
model counts the others. Needs ptxas: CUDA_HOME, or /usr/local/cuda.
"""

import argparse
import os
import re
import subprocess
import tempfile


def kernels(options, model, arch):
    """(name, registers, spilled bytes, threads of all) of each kernel of a model."""
    weftc = os.path.join(options.weft, "weftc")
    ptx = subprocess.run([weftc, model, "--emit=ptx", f"--arch={arch}"], check=True, stdout=subprocess.PIPE, text=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".ptx") as file:
        file.write(ptx)
        file.flush()
        home = os.environ.get("CUDA_HOME", "/usr/local/cuda")
        done = subprocess.run([f"{home}/bin/ptxas", "-v", f"-arch={arch}", file.name, "-o", os.devnull], check=True,
                              stderr=subprocess.PIPE, text=True)
    threads = dict(re.findall(r"\.entry (\w+)\([^{]*?\.reqntid (\d+)", ptx, re.S))
    for part in done.stderr.split("Compiling entry function '")[1:]:
        spilled = sum(map(int, re.findall(r"(\d+) bytes spill", part)))
        yield part[:part.index("'")], int(re.search(r"Used (\d+) registers", part)[1]), spilled, threads


def is_attention(name):
    return re.fullmatch(r"attention(_backward_(queries|keys))?(_\d+)?", name)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", required=True)
    parser.add_argument("--arch", action="append")
    parser.add_argument("models", nargs="+")
    options = parser.parse_args()
    print("| model | GPU | kernel | threads | registers | bytes spilled |\n| --- | --- | --- | --- | --- | --- |")
    for model in options.models:
        for arch in options.arch or ["sm_80", "sm_90a", "sm_100a"]:
            rows, others = [], 0
            found = sorted(kernels(options, model, arch), key=lambda row: -row[1])
            for i, (name, registers, spilled, threads) in enumerate(found):
                if spilled or i == 0 or is_attention(name):
                    rows.append(f"| {name} | {threads.get(name)} | {registers} | {spilled} |")
                else:
                    others += 1
            for row in rows:
                print(f"| {os.path.basename(model)} | {arch} {row}")
            print(f"| {os.path.basename(model)} | {arch} | {others} others | | at most {max([0] + [r for n, r, s, t in found if not s and not is_attention(n)])} | 0 |")


main()
