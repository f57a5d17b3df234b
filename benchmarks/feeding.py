#!/usr/bin/env python3
"""What data and logging cost of a step: shards that are shuffled and read ahead and a log, against one batch
that is given again and again and no log. Usage: feeding.py [--repetitions N] [--steps N] [--model FLAGS]; needs
weft-import and weftc on the PATH and Python's standard library. Runs alternate; prints the medians of the wall
time of a step, which is that of a long run less that of a short one."""
import argparse
import array
import json
import os
import random
import statistics
import struct
import subprocess
import sys
import tempfile
import time


def write_shards(folder, vocabulary):
    draw = random.Random(1)
    for i in range(3):
        tokens = array.array("H", (draw.randrange(vocabulary) for _ in range(1 << 20)))
        with open(os.path.join(folder, f"train_{i}.bin"), "wb") as file:
            file.write(struct.pack("<256i", 20240520, 1, len(tokens), *[0] * 253))
            tokens.tofile(file)


def write_batch(folder, vocabulary, batch, length):
    draw = random.Random(2)
    count = batch * length
    size = 4 * count
    header = json.dumps({name: {"dtype": "I32", "shape": [batch, length], "data_offsets": [i * size, (i + 1) * size]}
                         for i, name in enumerate(("tokens", "targets"))}).encode()
    with open(os.path.join(folder, "batch.safetensors"), "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        array.array("i", (draw.randrange(vocabulary) for _ in range(2 * count))).tofile(file)


def seconds(folder, steps, flags):
    begin = time.monotonic()
    with open(os.path.join(folder, "out"), "w") as out:
        subprocess.run(["./train", "--steps", str(steps), "--lr", "1e-4", *flags], cwd=folder, stdout=out, check=True)
    return time.monotonic() - begin


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--model", default="--preset gpt2-tiny --layers 6 --heads 6 --width 384")
    args = parser.parse_args()
    vocabulary, batch, length = 256, 4, 64
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run(["weft-import", *args.model.split(), "--batch", str(batch), "--seq", str(length)],
                              stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["weftc", "-", "-o", os.path.join(folder, "train")], input=text, check=True)
        write_shards(folder, vocabulary)
        write_batch(folder, vocabulary, batch, length)
        kinds = {"on": ["--data", "train_*.bin", "--log", "log"], "off": ["--data", "batch.safetensors"]}
        step = {kind: [] for kind in kinds}
        for _ in range(args.repetitions):
            for kind, flags in kinds.items():
                short = seconds(folder, 2, flags)
                step[kind].append((seconds(folder, args.steps + 2, flags) - short) / args.steps * 1e3)
        for kind, times in step.items():
            low, middle, high = statistics.quantiles(times, n=4)
            print(f"{kind:3} {middle:8.3f} ms a step [{low:.3f}, {high:.3f}]")
        print(f"data and logging: {(statistics.median(step['on']) / statistics.median(step['off']) - 1) * 100:+.2f}%")


if __name__ == "__main__":
    sys.exit(main())
