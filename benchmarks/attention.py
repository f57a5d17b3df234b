#!/usr/bin/env python3
"""Times attention alone against its textbook form, PyTorch's scaled_dot_product_attention and the machine's product rate.

One executable of Weft holds an attention and products of 768x768x768; --profile gives the time of each, so both
are measured in the same steps. The runs of all peers alternate; the table gives medians over the repetitions.
FLOPs are those of two products forward and five backward, half of them where the mask is causal.

  benchmarks/attention.py --weft build/bin
  benchmarks/attention.py --weft build/bin --lengths 1024 --heads 64 --threads 1 --repetitions 9

PyTorch's rows are left out where it cannot be imported.
"""

import argparse
import json
import os
import re
import statistics
import struct
import subprocess
import sys
import tempfile

# Heads for a length, so that a step is neither too short to time nor too long to repeat.
HEADS = {256: 32, 1024: 8, 4096: 2, 16384: 1}
PRODUCT = 768
# What the benchmark itself adds to the program: the sum that is the loss, the update, the products.
OWN = re.compile(r"sgd|gradient_norm|accumulate|^sum|^mul_sum|^mul_backward$|initialize")


def text(length, heads, width, causal, backward):
    """The module: q, k and v are parameters where a gradient is wanted, data where not."""
    tensor, scores = f"tensor<1x{heads}x{length}x{width}xf32>", f"tensor<1x{heads}x{length}x{length}xf32>"
    names = ("q", "k", "v")
    arguments = "" if backward else ", ".join(f"%{name}: {tensor}" for name in names)
    lines = []
    if backward:
        lines += [f'%{name} = weft.parameter "{name}" init(normal, 1.0) : {tensor}' for name in names]
    lines += [f"%products = weft.matmul %q, %k {{transpose_b}} : {tensor}, {tensor}",
              f"%scale = weft.constant dense<{width ** -0.5!r}> : tensor<f32>",
              f"%scores = weft.mul %products, %scale : {scores}, tensor<f32>"]
    if causal:
        lines.append(f"%masked = weft.causal_mask %scores : {scores}")
    lines += [f"%p = weft.softmax %{'masked' if causal else 'scores'} : {scores}",
              f"%o = weft.matmul %p, %v : {scores}, {tensor}"]
    if backward:
        lines += [f'%g = weft.parameter "g" init(normal, 1.0) : {tensor}', f"%y = weft.mul %o, %g : {tensor}, {tensor}"]
    else:
        lines.append(f"%y = weft.neg %o : {tensor}")
    square = f"tensor<{PRODUCT}x{PRODUCT}xf32>"
    lines += [f"%s = weft.sum %y axes [0, 1, 2, 3] : {tensor}",
              f'%a = weft.parameter "a" init(normal, 1.0) : {square}', f"%b = weft.matmul %a, %a : {square}, {square}",
              f"%t = weft.sum %b axes [0, 1] : {square}", "%sum = weft.add %s, %t : tensor<f32>, tensor<f32>",
              "%one = weft.constant dense<1.0> : tensor<f32>", "weft.return %sum, %one : tensor<f32>, tensor<f32>"]
    body = "\n    ".join(lines)
    return (f"module @attention {{\n  weft.model @loss({arguments}) -> (tensor<f32>, tensor<f32>) {{\n    {body}\n  }}\n"
            "  weft.train @loss optimizer(#weft.sgd<>)\n}\n")


class Weft:
    def __init__(self, options, case, flags, folder):
        self.program, self.data, self.case = os.path.join(folder, "train"), os.path.join(folder, "data.safetensors"), case
        self.steps = options.steps
        os.makedirs(folder)
        subprocess.run([os.path.join(options.weft, "weftc"), "-", "-o", self.program, *flags],
                       input=text(*case), text=True, check=True)
        if not case[4]:
            write_data(self.data, case)

    def measure(self, threads):
        """Milliseconds of the attention, and GFLOP/s of the products, of a step."""
        command = [self.program, "--steps", str(self.steps + 1), "--lr", "1e-9", "--profile"]
        if not self.case[4]:
            command += ["--data", self.data]
        out = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True,
                             env=dict(os.environ, OMP_NUM_THREADS=str(threads))).stdout
        milliseconds, rate = 0.0, []
        for time, _, _, gflops, what in re.findall(r"^ +([\d.]+) +([\d.]+)% +([\d.]+) +([\d.]+ +)?(\S.*)$", out, re.M):
            if f"[{PRODUCT},{PRODUCT},{PRODUCT}]" in what:
                rate.append(float(gflops))
            elif not OWN.search(what) and not what.startswith(("everything else", "a step")):
                milliseconds += float(time)
        return milliseconds, statistics.median(rate)


class Torch:
    def __init__(self, options, case):
        import torch
        self.torch, self.case, self.steps = torch, case, options.steps
        length, heads, width, _, backward = case
        make = lambda: torch.randn(1, heads, length, width, requires_grad=backward)
        self.q, self.k, self.v, self.g = make(), make(), make(), torch.randn(1, heads, length, width)

    def measure(self, threads):
        import time
        self.torch.set_num_threads(threads)
        times = []
        for _ in range(self.steps + 1):
            begin = time.monotonic()
            o = self.torch.nn.functional.scaled_dot_product_attention(self.q, self.k, self.v, is_causal=self.case[3])
            if self.case[4]:
                o.backward(self.g)
            times.append((time.monotonic() - begin) * 1e3)
        return statistics.mean(times[1:])


def write_data(path, case):
    length, heads, width = case[:3]
    size, header = 4 * length * heads * width, {}
    for i, name in enumerate("qkv"):
        header[name] = {"dtype": "F32", "shape": [1, heads, length, width], "data_offsets": [i * size, (i + 1) * size]}
    head = json.dumps(header).encode()
    import random
    draw = random.Random(1)
    values = [draw.gauss(0, 1) for _ in range(4099)]  # repeated: what they are does not matter
    count = 3 * size // 4
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(head)) + head)
        file.write((struct.pack("<4099f", *values) * (count // 4099 + 1))[:3 * size])


def flops(case):
    length, heads, width, causal, backward = case
    return (7 if backward else 2) * 2 * heads * length * length * width / (2 if causal else 1)


def table_row(options, case, threads, folder):
    peers = {"fused": Weft(options, case, [], os.path.join(folder, "fused")).measure}
    if case[0] <= options.unfused_up_to:
        peers["unfused"] = Weft(options, case, options.unfused, os.path.join(folder, "unfused")).measure
    try:
        peers["PyTorch"] = Torch(options, case).measure
    except ImportError:
        pass
    times, rates = {peer: [] for peer in peers}, []
    for _ in range(options.repetitions):
        for peer, measure in peers.items():
            result = measure(threads)
            if peer == "fused":
                rates.append(flops(case) / result[0] / 1e6 / result[1])
            times[peer].append(result if peer == "PyTorch" else result[0])
    length, heads, width, causal, backward = case
    low, middle, high = statistics.quantiles(times["fused"], n=4)
    ratio = lambda peer: f"{statistics.median(times[peer]) / middle:.2f}" if peer in times else "-"
    return (f"| {length} | {width} | {heads} | {'causal' if causal else 'full'} | {'forward+backward' if backward else 'forward'} | {threads} "
            f"| {middle:.2f} [{low:.2f}, {high:.2f}] | {statistics.median(rates):.2f} | {ratio('unfused')} | {ratio('PyTorch')} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weft", default="build/bin", help="folder of weftc")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--steps", type=int, default=3, help="steps of a repetition, besides the first")
    parser.add_argument("--lengths", type=int, nargs="*", default=list(HEADS))
    parser.add_argument("--widths", type=int, nargs="*", default=[64, 128])
    parser.add_argument("--heads", type=int, help="(default: fewer for longer sequences)")
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--unfused", nargs="*", default=["--fuse=none"], help="flags of weftc for the textbook form")
    parser.add_argument("--unfused-up-to", type=int, default=16384, help="the longest length to time it at")
    options = parser.parse_args()
    options.weft = os.path.abspath(options.weft)
    print("| T | d | heads | mask | what | threads | Weft, ms, median [quartiles] | of the product rate | unfused / Weft | PyTorch / Weft |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |", flush=True)
    for length in options.lengths:
        for width in options.widths:
            for causal in (False, True):
                for backward in (False, True):
                    for threads in options.threads:
                        case = (length, options.heads or HEADS[length], width, causal, backward)
                        with tempfile.TemporaryDirectory() as folder:
                            print(table_row(options, case, threads, folder), flush=True)


if __name__ == "__main__":
    sys.exit(main())
