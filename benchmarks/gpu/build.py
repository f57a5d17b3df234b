#!/usr/bin/env python3
"""Compiles what run.py measures on a GPU into a folder that can be carried to it. Needs no GPU.

  benchmarks/gpu/build.py --weft build/bin --arch sm_80,sm_90a --out gpu
  benchmarks/gpu/build.py --weft build/bin --small --out gpu        # sizes for the simulated GPU, which it writes as well
"""

import argparse
import glob
import json
import os
import re
import shutil
import subprocess

import kernels

PARTS = ["kernels", "oracles", "attention", "models"]
# Models: what weft-import is told.
MODELS = {"gpt2-124m": ["--preset", "gpt2-124m", "--batch", "8", "--seq", "1024"],
          "gpt2-1558m": ["--preset", "gpt2-1558m", "--batch", "2", "--seq", "1024"],
          "llama-3.2-1b": ["--preset", "llama-3.2-1b", "--batch", "2", "--seq", "1024"]}
SMALL_MODELS = {"gpt2-tiny": ["--preset", "gpt2-tiny", "--layers", "1", "--width", "32", "--heads", "2", "--batch", "2", "--seq", "32"]}
KERNELS_OF = {"gpt2": ["--preset", "gpt2-tiny", "--layers", "2", "--width", "96", "--heads", "2", "--vocab", "250", "--batch", "2", "--seq", "67"],
              "llama": ["--preset", "llama-tiny", "--layers", "1", "--vocab", "250", "--batch", "2", "--seq", "67"]}
TOKENS = 16384  # of a batch of attention
# Ten updates that test/Oracles/data has PyTorch's results of: what weft-import is told, and the executable.
ODD = ["--preset", "gpt2-tiny", "--layers", "2", "--heads", "3", "--width", "24", "--vocab", "61", "--positions", "16", "--seq", "13", "--batch", "3"]
UPDATES = ["--steps", "10", "--lr", "1e-3", "--schedule", "constant", "--warmup", "0"]
ORACLES = {"odd": (ODD, UPDATES + ["--global-batch", "6"]),
           "llama": (["--config", "llama.config.json", "--batch", "3", "--seq", "13"], UPDATES),
           "mixtral": (["--config", "mixtral.config.json", "--batch", "8", "--seq", "13"], UPDATES)}
ORACLE_DATA = os.path.join(os.path.dirname(__file__), "..", "..", "test", "Oracles", "data")


def attention(cases, element, copied):
    """One module with attention of every case, and an elementwise kernel over `copied` elements."""
    lines, total = [], []
    for i, (length, heads, batch, width, causal) in enumerate(cases):
        tensor, wide = (f"tensor<{batch}x{heads}x{length}x{width}x{kind}>" for kind in (element, "f32"))
        mask = ", causal" if causal else ""
        lines += [f'%{name}{i} = weft.parameter "{name}{i}" init(normal, 1.0) : {tensor}' for name in "qkv"]
        lines += [f'%g{i} = weft.parameter "g{i}" init(normal, 1.0) : {wide}',
                  f"%o{i}, %lse{i} = weft.attention %q{i}, %k{i}, %v{i} {{scale = {width ** -0.5!r}{mask}}} : {tensor}, {tensor}, {tensor}",
                  f"%w{i} = weft.cast %o{i} : {tensor} to {wide}" if element != "f32" else "",
                  f"%y{i} = weft.mul %{'o' if element == 'f32' else 'w'}{i}, %g{i} : {wide}, {wide}",
                  f"%l{i} = weft.sum %y{i} axes [0, 1, 2, 3] : {wide}"]
        total.append(f"%l{i}")
    flat = f"tensor<{copied}xf32>"
    lines += [f'%c = weft.parameter "c" init(normal, 1.0) : {flat}', f"%n = weft.tanh %c : {flat}", f"%lc = weft.sum %n axes [0] : {flat}"]
    total.append("%lc")
    loss = total[0]
    for i, each in enumerate(total[1:]):
        lines.append(f"%a{i} = weft.add {loss}, {each} : tensor<f32>, tensor<f32>")
        loss = f"%a{i}"
    lines += ["%one = weft.constant dense<1.0> : tensor<f32>", f"weft.return {loss}, %one : tensor<f32>, tensor<f32>"]
    return ("module @attention {\n  weft.model @loss() -> (tensor<f32>, tensor<f32>) {\n    "
            + "\n    ".join(line for line in lines if line) + "\n  }\n  weft.train @loss optimizer(#weft.sgd<>)\n}\n")


class Builder:
    def __init__(self, options):
        self.options, self.manifest = options, {"models": {}, "kernels": {}, "attention": {}, "oracles": []}
        os.makedirs(options.out, exist_ok=True)

    def tool(self, name, *arguments, text=None):
        return subprocess.run([os.path.join(self.options.weft, name), *arguments], input=text, text=True, check=True,
                              stdout=subprocess.PIPE).stdout

    def executable(self, name, text, *flags):
        path = os.path.join(self.options.out, name)
        sim = ["--sim"] if self.options.small and "--target=cuda" in flags else []
        self.tool("weftc", "-", "-o", path, "--bundle", *flags, *sim, text=text)
        return name

    def gpu(self):
        return ["--target=cuda", f"--arch={self.options.arch}"]

    def models(self):
        for name, flags in (SMALL_MODELS if self.options.small else MODELS).items():
            config = os.path.join(self.options.out, name + ".json")
            text = self.tool("weft-import", *flags, "--write-config", config)
            report = json.loads(self.tool("weftc", "-", "--report=json", text=text))
            batch, length = re.search(r"%tokens: tensor<(\d+)x(\d+)xi32>", text).groups()
            self.manifest["models"][name] = {
                "batch": int(batch), "length": int(length), "flops": report["flops_per_step"],
                "traffic": self.tool("weftc", "-", "--report=ops", *self.gpu(), text=text),
                **{precision: self.executable(f"{name}.{precision}", text, *self.gpu(), f"--precision={precision}")
                   for precision in ("f32", "tf32")}}

    def kernels(self):
        texts = {name: self.tool("weft-import", *flags) for name, flags in KERNELS_OF.items()}
        texts["attention"] = attention([(131, 2, 1, width, causal) for width in (64, 80, 128) for causal in (False, True)], "bf16", 1000)
        for name, model in texts.items():
            tiles = self.tool("weftc", "-", "--emit=tile", *self.gpu(), text=model)
            text, count = kernels.check_program(tiles)
            self.manifest["kernels"][name] = {"count": count, "cpu": self.executable(f"kernels-{name}.cpu", text),
                                              "gpu": self.executable(f"kernels-{name}.gpu", text, *self.gpu())}

    def oracles(self):
        shutil.copy(os.path.join(self.options.weft, "weft-oracle-compare"), self.options.out)
        for name, (flags, run) in ORACLES.items():
            flags = [os.path.join(ORACLE_DATA, flag) if flag.endswith(".json") else flag for flag in flags]
            for file in glob.glob(os.path.join(ORACLE_DATA, name + ".*")):
                shutil.copy(file, self.options.out)
            for precision in ("f64", "f32"):
                text = self.tool("weft-import", *flags, "--dtype", precision)
                program = self.executable(f"oracle-{name}.{precision}", text, *self.gpu())
                self.manifest["oracles"].append({"model": name, "precision": precision, "program": program, "flags": run})

    def attention(self):
        lengths = (64, 128) if self.options.small else (512, 1024, 2048, 4096, 8192, 16384)
        tokens = 128 if self.options.small else TOKENS
        for element in ("bf16", "f32"):
            for width in (64, 128):
                cases = [(length, 128 // width if self.options.small else 2048 // width, tokens // length, width, causal)
                         for length in lengths for causal in (False, True)]
                copied = 1 << (12 if self.options.small else 26)
                name, text = f"attention-{element}-{width}", attention(cases, element, copied)
                self.manifest["attention"][f"{element} d {width}"] = {
                    "program": self.executable(name, text, *self.gpu()), "copied": copied, "type": element,
                    "cases": self.launches(text, cases)}

    def launches(self, text, cases):
        """The kernels of each case: the launches of a kind come in the order of the cases, those of the backward in the opposite one."""
        programs = self.tool("weftc", "-", "--emit=tile", *self.gpu(), text=text)
        step = re.search(r"exec\.program @micro_step.*?(?=exec\.program|$)", programs, re.S).group()
        launched = re.findall(r"exec\.launch @(attention\w*)\(", step)
        forward = [name for name in launched if re.fullmatch(r"attention(_\d+)?", name)]
        queries = [name for name in launched if name.startswith("attention_backward_queries")][::-1]
        keys = [name for name in launched if name.startswith("attention_backward_keys")][::-1]
        assert len(forward) == len(queries) == len(keys) == len(cases), (len(forward), len(queries), len(keys))
        return [dict(length=case[0], heads=case[1], batch=case[2], width=case[3], causal=case[4], forward=forward[i],
                     backward=[queries[i], keys[i]]) for i, case in enumerate(cases)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weft", default="build/bin", help="folder of weftc and weft-import")
    parser.add_argument("--arch", default="sm_80,sm_90a", help="GPUs to compile for")
    parser.add_argument("--out", default="gpu", help="folder to write")
    parser.add_argument("--small", action="store_true", help="sizes for the simulated GPU")
    parser.add_argument("--only", action="append", choices=PARTS, help="this part alone; can be given again")
    builder = Builder(parser.parse_args())
    for part in builder.options.only or PARTS:
        getattr(builder, part)()
    with open(os.path.join(builder.options.out, "manifest.json"), "w") as file:
        json.dump(builder.manifest, file, indent=1)


if __name__ == "__main__":
    main()
