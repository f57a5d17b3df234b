#!/usr/bin/env python3
"""Times one training step (forward, backward, AdamW) of a model in Weft against its peers, in one run.

Each repetition runs every peer once, one after the other, so that what else the machine does falls on
all of them. A peer's figure of a repetition is its fastest step after the first (for llm.c, its second step); the table gives the median and the
quartiles over the repetitions, and the ratio to Weft's median.

  benchmarks/training_step.py --weft build/bin --model 124m
  benchmarks/training_step.py --weft build/bin --model bytes384 --llmc path/to/train_gpt2
  benchmarks/training_step.py --weft build/bin --model llama-1b-2

PyTorch and transformers are needed for their own row (left out where they cannot be imported) and get the
config.json that weft-import writes; llm.c's
row needs its CPU program `train_gpt2`, compiled for 4 sequences of 64 tokens as it comes.
"""

import argparse
import json
import os
import platform
import re
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import numpy as np

BATCH, SEQUENCE = 4, 64
MODELS = {
    "124m": dict(preset="gpt2-124m", layers=12, heads=12, width=768, vocabulary=50257, flags=[]),
    "bytes384": dict(preset="gpt2-tiny", layers=6, heads=6, width=384, vocabulary=256,
                     flags=["--layers", "6", "--heads", "6", "--width", "384"]),
    # Llama 3.2 1B's widths, heads and vocabulary, with 2 of its 16 layers.
    "llama-1b-2": dict(preset="llama-3.2-1b", vocabulary=128256, flags=["--layers", "2"]),
}


def environment(threads):
    return dict(os.environ, OMP_NUM_THREADS=str(threads))


class Weft:
    name = "weft"

    def __init__(self, arguments, model, folder):
        bin_ = os.path.abspath(arguments.weft)
        text, self.program = os.path.join(folder, "model.mlir"), os.path.join(folder, "train")
        subprocess.run([os.path.join(bin_, "weft-import"), "--preset", model["preset"], "--batch", str(BATCH),
                        "--seq", str(SEQUENCE), *model["flags"], "-o", text,
                        "--write-config", os.path.join(folder, "config.json")], check=True)
        start = time.time()
        subprocess.run([os.path.join(bin_, "weftc"), text, "-o", self.program], check=True)
        print(f"weftc took {time.time() - start:.2f} s", file=sys.stderr)
        self.data = os.path.join(folder, "data.safetensors")
        write_safetensors(self.data, model["vocabulary"])
        self.folder, self.threads = folder, arguments.threads

    def step_ms(self):
        log = os.path.join(self.folder, "log.jsonl")
        subprocess.run([self.program, "--data", self.data, "--steps", "5", "--log", log], check=True,
                       stdout=subprocess.DEVNULL, env=environment(self.threads))
        return min(json.loads(line)["ms_per_step"] for line in list(open(log))[1:])


class LlmC:
    """Writes the checkpoint and token files that the program expects in its working directory."""
    name = "llm.c"

    def __init__(self, arguments, model, folder):
        self.program, self.folder, self.threads = os.path.abspath(arguments.llmc), os.path.join(folder, "llmc"), arguments.threads
        data = os.path.join(self.folder, "dev/data/tinyshakespeare")
        os.makedirs(data)
        for name in ("train", "val"):
            tokens = np.random.default_rng(1).integers(0, model["vocabulary"], 40000).astype(np.uint16)
            with open(os.path.join(data, f"tiny_shakespeare_{name}.bin"), "wb") as file:
                file.write(struct.pack("<256i", 20240520, 1, len(tokens), *[0] * 253) + tokens.tobytes())
        layers, width, vocabulary = model["layers"], model["width"], model["vocabulary"]
        padded = -(-vocabulary // 128) * 128
        sizes = [padded * width, 1024 * width] + [layers * n for n in (
            width, width, 3 * width * width, 3 * width, width * width, width, width, width, 4 * width * width,
            4 * width, 4 * width * width, width)] + [width, width]
        rng = np.random.default_rng(2)
        with open(os.path.join(self.folder, "gpt2_124M.bin"), "wb") as file:
            file.write(struct.pack("<256i", 20240326, 3, 1024, vocabulary, layers, model["heads"], width, padded, *[0] * 248))
            for size in sizes:
                file.write((0.02 * rng.standard_normal(size, dtype=np.float32)).tobytes())

    def step_ms(self):
        process = subprocess.Popen([self.program], cwd=self.folder, stdout=subprocess.PIPE, text=True, bufsize=1,
                                   env=environment(self.threads))
        times = []
        for line in process.stdout:
            found = re.match(r"step \d+: train loss .*took ([0-9.]+) ms", line)
            if found:
                times.append(float(found.group(1)))
            if len(times) == 2:
                break
        process.kill()
        process.wait()
        return times[1]


class PyTorch:
    def __init__(self, arguments, model, folder, compiled):
        import torch
        from transformers import AutoConfig, AutoModelForCausalLM
        torch.set_num_threads(arguments.threads)
        torch.manual_seed(0)
        self.name = f"PyTorch {torch.__version__}" + (" torch.compile" if compiled else " eager")
        config = AutoConfig.from_pretrained(folder)
        self.torch, self.model = torch, AutoModelForCausalLM.from_config(config, dtype=torch.float32)
        self.model.train()
        self.call = torch.compile(self.model) if compiled else self.model
        self.optimizer = torch.optim.AdamW(self.model.parameters(), lr=3e-4, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
        self.tokens = torch.randint(0, model["vocabulary"], (BATCH, SEQUENCE + 1))

    def step_ms(self):
        def step():
            start = time.perf_counter()
            logits = self.call(self.tokens[:, :-1]).logits
            loss = self.torch.nn.functional.cross_entropy(logits.flatten(0, 1), self.tokens[:, 1:].flatten())
            loss.backward()
            self.torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.optimizer.step()
            self.optimizer.zero_grad()
            loss.item()
            return 1000 * (time.perf_counter() - start)
        return min([step() for _ in range(4)][1:])


def write_safetensors(path, vocabulary):
    tokens = np.random.default_rng(0).integers(0, vocabulary, (64, SEQUENCE + 1)).astype(np.int32)
    tensors = {"tokens": np.ascontiguousarray(tokens[:, :-1]), "targets": np.ascontiguousarray(tokens[:, 1:])}
    header, offset = {}, 0
    for name, value in tensors.items():
        header[name] = {"dtype": "I32", "shape": list(value.shape), "data_offsets": [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(v.tobytes() for v in tensors.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", default="build/bin", help="folder of weftc and weft-import")
    parser.add_argument("--model", choices=MODELS, default="124m")
    parser.add_argument("--llmc", help="llm.c's train_gpt2")
    parser.add_argument("--no-compile", action="store_true", help="leave out torch.compile")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    model = MODELS[arguments.model]
    with tempfile.TemporaryDirectory() as folder:
        peers = [Weft(arguments, model, folder)]
        if arguments.llmc:
            peers.append(LlmC(arguments, model, folder))
        try:
            peers.append(PyTorch(arguments, model, folder, compiled=False))
            if not arguments.no_compile:
                peers.append(PyTorch(arguments, model, folder, compiled=True))
                peers[-1].step_ms()  # compiles
        except ImportError as error:
            print(f"no PyTorch row: {error}", file=sys.stderr)
        times = {peer.name: [] for peer in peers}
        for repetition in range(arguments.repetitions):
            for peer in peers:
                times[peer.name].append(peer.step_ms())
            print(f"repetition {repetition + 1}: " + ", ".join(f"{n} {t[-1]:.0f} ms" for n, t in times.items()), file=sys.stderr)
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.processor())
    print(f"{arguments.model}, {BATCH}x{SEQUENCE}, f32, {arguments.threads} threads, {arguments.repetitions} repetitions, {cpu}\n")
    print("| | ms a step, median [quartiles] | tokens/s | ratio to Weft |\n| --- | --- | --- | --- |")
    base = statistics.median(times["weft"])
    for name, values in times.items():
        low, middle, high = statistics.quantiles(values, n=4)
        print(f"| {name} | {middle:.1f} [{low:.1f}, {high:.1f}] | {1000 * BATCH * SEQUENCE / middle:.0f} | {middle / base:.2f} |")


if __name__ == "__main__":
    main()
