#!/usr/bin/env python3
"""Checks and measures on a GPU what build.py compiled; prints one table, and writes it as JSON.

  benchmarks/gpu/run.py gpu                 # needs a driver and cuBLASLt; PyTorch for its columns
  WEFT_SIM=1 benchmarks/gpu/run.py gpu      # of a folder built with --small: a rehearsal, whose times mean nothing

Times are medians over the repetitions; peers are measured in turn in the same run.
"""

import argparse
import array
import json
import math
import os
import re
import shutil
import statistics
import struct
import subprocess
import tempfile

PROFILE = re.compile(r"^ +([\d.]+) +[\d.]+% +[\d.]+ +(?:[\d.]+ +)?(\S.*)$", re.M)
# Back ends of PyTorch's scaled dot product attention, by the type of ours.
PEERS = {"bf16": (("FLASH_ATTENTION", "bfloat16"), ("CUDNN_ATTENTION", "bfloat16")), "f32": (("EFFICIENT_ATTENTION", "float32"),)}
PARTS = ["kernels", "oracles", "attention", "models"]
# Norm-wise; two roundings of 16 bits, where both targets round the same sums.
ALLOWED = {"F32": 2e-5, "F64": 1e-12, "I32": 0.0, "BF16": 2 * 2.0 ** -8, "F16": 2 * 2.0 ** -11}


def run(command, **more):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, **more).stdout


def tensors(path):
    """Name to dtype and values of a safetensors file."""
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    types = {"F32": "f", "F64": "d", "I32": "i", "BF16": "H"}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = entry["data_offsets"]
            values = array.array(types[entry["dtype"]])
            values.frombytes(data[begin:end])
            if entry["dtype"] == "BF16":  # the upper half of an f32
                values = array.array("f", array.array("I", (value << 16 for value in values)).tobytes())
            yield name, entry["dtype"], values


def difference(ours, theirs):
    """Norm-wise, relative to theirs; infinite where one has NaN and the other has not."""
    total = norm = 0.0
    for a, b in zip(ours, theirs):
        if a == b or (a != a and b != b):
            continue
        total += (a - b) ** 2
        norm += b * b
    return math.inf if total != total else math.sqrt(total / max(norm, 1e-30))


def check_kernels(folder, entry):
    """The worst difference of each kernel's arguments after one run."""
    with tempfile.TemporaryDirectory() as scratch:
        files = {}
        for target in ("cpu", "gpu"):
            out = os.path.join(scratch, target)
            run([os.path.join(folder, entry[target]), "--steps", "1", "--checkpoint-dir", out])
            files[target] = os.path.join(out, "latest", "model.safetensors")
        worst = {}
        for (name, dtype, ours), (_, _, theirs) in zip(tensors(files["gpu"]), tensors(files["cpu"])):
            kernel = name.split(".")[1]
            error = difference(ours, theirs) / (ALLOWED[dtype] or 1e-30)
            worst[kernel] = max(worst.get(kernel, 0.0), error)
    return worst


def profile(program, steps, *flags):
    """Milliseconds a step of each kernel and product."""
    out = run([program, "--steps", str(steps + 1), "--profile", *flags])
    return {what: float(time) for time, what in PROFILE.findall(out)}


class Torch:
    """PyTorch's times, where there is a GPU for it."""

    def __init__(self):
        import torch
        if not torch.cuda.is_available():
            raise ImportError("no GPU")
        self.torch = torch

    def milliseconds(self, work, repetitions=20):
        torch = self.torch
        for _ in range(3):
            work()
        times = []
        for _ in range(repetitions):
            begin, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
            begin.record()
            work()
            end.record()
            torch.cuda.synchronize()
            times.append(begin.elapsed_time(end))
        return statistics.median(times)

    def attention(self, case, backend, dtype):
        torch = self.torch
        from torch.nn.attention import SDPBackend, sdpa_kernel
        shape = (case["batch"], case["heads"], case["length"], case["width"])
        q, k, v = (torch.randn(shape, device="cuda", dtype=getattr(torch, dtype), requires_grad=True) for _ in range(3))
        grad = torch.randn(shape, device="cuda", dtype=q.dtype)
        with sdpa_kernel(getattr(SDPBackend, backend)):
            call = lambda: torch.nn.functional.scaled_dot_product_attention(q, k, v, is_causal=case["causal"])
            try:
                repetitions = 5 if dtype == "float32" else 20
                forward = self.milliseconds(call, repetitions)
            except RuntimeError:  # not for this dtype
                return None
            out = call()
            return forward, self.milliseconds(lambda: out.backward(grad, retain_graph=True), repetitions)

    def tokens_per_second(self, config, batch, length, tf32):
        torch = self.torch
        from transformers import AutoConfig, AutoModelForCausalLM
        torch.set_float32_matmul_precision("high" if tf32 else "highest")
        settings = AutoConfig.from_pretrained(config)
        model = AutoModelForCausalLM.from_config(settings, dtype=torch.float32).cuda().train()
        optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
        call = torch.compile(model)
        tokens = torch.randint(0, settings.vocab_size, (batch, length + 1), device="cuda")

        def step():
            loss = torch.nn.functional.cross_entropy(call(tokens[:, :-1]).logits.flatten(0, 1), tokens[:, 1:].flatten())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
        return batch * length / self.milliseconds(step) * 1e3


class Bench:
    def __init__(self, options):
        self.folder, self.repetitions, self.rows = options.folder, options.repetitions, []
        with open(os.path.join(self.folder, "manifest.json")) as file:
            self.manifest = json.load(file)
        try:
            self.torch = None if options.no_peers else Torch()
        except ImportError:
            self.torch = None

    def row(self, what, figure, unit, note=""):
        self.rows.append({"what": what, "figure": figure, "unit": unit, "note": note})
        print(f"| {what} | {figure:.4g} | {unit} | {note} |", flush=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def kernels(self):
        failed = []
        for name, entry in self.manifest["kernels"].items():
            worst = check_kernels(self.folder, entry)
            failed += [kernel for kernel, error in worst.items() if error > 1]
            self.row(f"{name}: kernels like the CPU's", sum(error <= 1 for error in worst.values()), f"of {entry['count']}",
                     f"closest to its limit: {max(worst, key=worst.get)}, {max(worst.values()):.2g} of it")
        return failed

    def oracles(self):
        """Losses, gradients and weights against PyTorch's, as the tests compare them."""
        failed = []
        for entry in self.manifest["oracles"]:
            with tempfile.TemporaryDirectory() as scratch:
                data, inside = self.path(entry["model"]), lambda name: os.path.join(scratch, name)
                run([self.path(entry["program"]), "--data", data + ".batches.safetensors", "--order", "file", "--init-from", data + ".weights.safetensors",
                     "--checkpoint-dir", inside("out"), "--dump-gradients", inside("gradients"), "--log", inside("log"), *entry["flags"]])
                files = {"losses": "log", "gradients": "gradients", "weights": "out/latest/model.safetensors"}
                says = [subprocess.run([os.path.abspath(self.path("weft-oracle-compare")), what, data, inside(file), "--precision", entry["precision"]],
                                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) for what, file in files.items()]
                good = sum(each.returncode == 0 for each in says)
                name = f"oracle {entry['model']} {entry['precision']}"
                failed += [name] * (good < len(files))
                self.row(f"{name} like PyTorch's", good, f"of {len(files)}", "; ".join(each.stdout.strip().splitlines()[-1] for each in says if each.stdout))
        return failed

    def attention(self):
        for what, entry in self.manifest["attention"].items():
            runs = [profile(self.path(entry["program"]), 2, "--lr", "1e-9") for _ in range(self.repetitions)]
            time = lambda name: statistics.median(next(ms for what, ms in one.items() if what == name) for one in runs)
            for case in entry["cases"]:
                forward, backward = time(case["forward"]), sum(time(name) for name in case["backward"])
                product = 2 * case["batch"] * case["heads"] * case["length"] ** 2 * case["width"] / (2 if case["causal"] else 1)
                peers = {}
                if self.torch:
                    peers = {backend: self.torch.attention(case, backend, dtype) for backend, dtype in PEERS[entry["type"]]}
                for index, (phase, ms, flops) in enumerate((("forward", forward, 2 * product), ("backward", backward, 5 * product))):
                    note = ", ".join(f"{name.lower()} {flops / both[index] / 1e9:.4g}" for name, both in peers.items() if both)
                    causal = " causal" if case["causal"] else ""
                    self.row(f"attention {what} T {case['length']}{causal} {phase}", flops / ms / 1e9, "TFLOP/s", note)

    def models(self):
        for name, entry in self.manifest["models"].items():
            with tempfile.TemporaryDirectory() as scratch:
                data, log = os.path.join(scratch, "data.safetensors"), os.path.join(scratch, "log")
                vocabulary = json.load(open(self.path(name + ".json")))["vocab_size"]
                write_tokens(data, entry, vocabulary)
                for precision in ("f32", "tf32"):
                    run([self.path(entry[precision]), "--data", data, "--steps", str(2 + self.repetitions), "--log", log])
                    lines = [json.loads(line) for line in open(log)]
                    os.remove(log)
                    ms = statistics.median(line["ms_per_step"] for line in lines[2:])
                    tokens = entry["batch"] * entry["length"]
                    note = f"{entry['flops'] / ms / 1e9:.4g} TFLOP/s of the model"
                    if self.torch:
                        shutil.copy(self.path(name + ".json"), os.path.join(scratch, "config.json"))
                        peer = self.torch.tokens_per_second(scratch, entry["batch"], entry["length"], precision == "tf32")
                        note += f"; torch.compile {peer:.4g}"
                    self.row(f"{name} {precision}", tokens / ms * 1e3, "tokens/s", note)
                self.bandwidth(name, profile(self.path(entry["f32"]), 2, "--data", data))

    def bandwidth(self, name, times):
        """Kernels that only move memory, against an elementwise one over an array that no cache holds."""
        entry = next(iter(self.manifest["attention"].values()))
        reference = profile(self.path(entry["program"]), 2, "--lr", "1e-9")
        is_trained = False
        copy = next((2 * 4 * entry["copied"] / ms / 1e6 for what, ms in reference.items() if what == "tanh"), None)
        if copy:
            self.row("tanh over f32, read and written", copy, "GB/s")
        for line in self.manifest["models"][name]["traffic"].splitlines():
            if not line.startswith(" "):  # the name of a program: only that of training is measured
                is_trained = line.startswith("micro_step")
            fields = line.split()
            if is_trained and len(fields) == 4 and fields[2] == "0" and times.get(fields[3], 0) > 0:
                rate = float(fields[1]) / times[fields[3]] / 1e6
                self.row(f"{name}: {fields[3]}", rate, "GB/s", f"{rate / copy:.2f} of tanh's" if copy else "")


def write_tokens(path, entry, vocabulary):
    """Two batches, as tensors."""
    count = 2 * entry["batch"] * entry["length"]
    values = struct.pack(f"<{count}i", *((i * 7919) % vocabulary for i in range(count)))
    shape = [2 * entry["batch"], entry["length"]]
    header = json.dumps({name: {"dtype": "I32", "shape": shape, "data_offsets": [i * len(values), (i + 1) * len(values)]}
                         for i, name in enumerate(("tokens", "targets"))}).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + 2 * values)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="what build.py wrote")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--json", help="file for the table")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part alone; can be given again")
    parser.add_argument("--no-peers", action="store_true", help="without PyTorch")
    options = parser.parse_args()
    bench = Bench(options)
    print("| what | figure | unit | peers, notes |\n| --- | --- | --- | --- |")
    failed = []
    for part in options.only or PARTS:
        failed += getattr(bench, part)() or []
        if options.json:
            with open(options.json, "w") as file:
                json.dump(bench.rows, file, indent=1)
    if failed:
        raise SystemExit("results that differ: " + ", ".join(failed))


if __name__ == "__main__":
    main()
