#!/usr/bin/env python3
"""Compiles random programs with and without each optimisation, runs them, and compares loss and gradients.

Three checks, each of which sees what the others do not: the loss is what Python computes from the same
text; loss and gradients do not depend on optimisations; gradients are what finite differences give.
"""

import argparse
import math
import os
import re
import subprocess
import sys

from generate import generate
from ops import NOT_DRAWN, OPS
from positions import generate_positions
from tensors import read_safetensors, write_safetensors

# Relative to the norm of the gradient, or to a thousandth of the largest one's norm. Results are sums of at
# most 600 terms through about 30 ops, so rounding (2^-53 and 2^-24) costs up to about 600 units of it where
# nothing cancels; each entry stays away from poles, so what cancels is bounded by a factor of ten.
BOUNDS = {"f64": 1e-12, "f32": 5e-4}
SMALLEST = 1e-3


# ---- pipelines

def run(command, **options):
    """The output of a command (warnings apart); an exception with all that it says if the command fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)
    if done.returncode != 0:
        raise Failure(f"exit code {done.returncode} of {' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


class Failure(Exception):
    pass


def default_passes():
    """The passes from text to programs without places, as the compiler lists them."""
    stages = ",".join(f"weft-{stage}-pipeline" for stage in ("graph", "fusion", "grad", "tile"))
    dump = subprocess.run(
        ["weft-opt", f"--pass-pipeline=builtin.module({stages})", "--dump-pass-pipeline", "-"],
        input="", stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    inner = re.search(r"builtin\.module\((.*?)\n\)", dump, re.S).group(1)
    return [re.sub(r"\s+", " ", line).strip() for line in re.split(r",\n  (?=\S)", inner)]


def without(passes, *names):
    return [p for p in passes if not any(re.search(rf"(^|\( ?){name}\b", p) for name in names)]


def with_options(passes, name, options):
    assert any(p.split("{")[0] == name for p in passes), name
    return [name + options if p.split("{")[0] == name else p for p in passes]


def own_kernels(passes, most=1):
    return with_options(passes, "weft-group-kernels", f"{{max-members={most}}}")


def tiles(passes, size, chunk):
    return with_options(passes, "convert-weft-to-tile", f"{{tile-bytes={size} chunk={chunk}}}")


SIMPLIFICATION, ACCUMULATION = ("canonicalize", "cse"), "weft-fuse-accumulation"
FUSION = ("weft-fuse-attention", "weft-split-loss")  # what --fuse=none leaves out
# The first two are made of every program, the third of those that fusion finds something in, the others by turns
# (all of them with --all).
VARIANTS = {
    "default": lambda passes: passes,
    "plain": lambda passes: own_kernels(without(passes, *SIMPLIFICATION, ACCUMULATION)),
    "without fusion": lambda passes: without(passes, *FUSION),
    "without simplification": lambda passes: without(passes, *SIMPLIFICATION),
    "without canonicalize": lambda passes: without(passes, "canonicalize"),
    "without cse": lambda passes: without(passes, "cse"),
    "without accumulation": lambda passes: without(passes, ACCUMULATION),
    "own kernels": own_kernels,
    "small kernels": lambda passes: own_kernels(passes, 3),
    "small tiles": lambda passes: tiles(passes, 32, 64),
    "large tiles": lambda passes: tiles(passes, 1024, 256),
    "separate backward": lambda passes: with_options(passes, "convert-weft-to-tile", "{tile-bytes=32}"),
}
# What a variant is compiled for, where that is not this processor as it is.
TARGETS = {
    "separate backward": "#spec.target<cpu, products = [#spec.products<f32, onednn>, #spec.products<f64, openblas>], "
                         "separate_backward = true>",
}


# ---- one program

class Case:
    """A program in a folder, and what is compiled of it."""

    def __init__(self, seed, dtype, options):
        self.program = (generate_positions if options.positions else generate)(seed, dtype)
        self.options = options
        self.bound = BOUNDS[dtype]
        self.folder = os.path.join(options.work, f"{dtype}-{seed}")
        os.makedirs(self.folder, exist_ok=True)
        with open(self.path("model.mlir"), "w") as file:
            file.write(self.program.text)
        write_safetensors(self.path("init.safetensors"), self.program.parameters)
        self.arguments = ["--init-from", self.path("init.safetensors")]
        if self.program.inputs:
            write_safetensors(self.path("data.safetensors"), self.program.inputs)
            self.arguments += ["--data", self.path("data.safetensors"), "--order", "file"]

    def path(self, name):
        return os.path.join(self.folder, name.replace(" ", "-"))

    def build(self, variant, passes):
        """Makes the executable; the text that it is made of."""
        source = self.path("model.mlir")
        if variant in TARGETS:
            source = self.path(variant + ".model.mlir")
            with open(source, "w") as file:
                file.write(re.sub(r"^module @(\w+) {", rf"module @\1 attributes {{spec.target = {TARGETS[variant]}}} {{",
                                  self.program.text))
        text = run(["weft-opt", source,
                    f"--pass-pipeline=builtin.module({','.join(VARIANTS[variant](passes))})"])
        if self.options.plant and variant in self.options.plant_in:
            old, new = self.options.plant.split("=>")
            text = re.sub(old, new, text, flags=re.S)
        with open(self.path(variant + ".mlir"), "w") as file:
            file.write(text)
        run(["weftc", self.path(variant + ".mlir"), "-o", self.path(variant)])
        return text

    def results(self, variant):
        dump = self.path(variant + ".safetensors")
        run([self.path(variant), *self.arguments, "--steps", "1", "--dump-gradients", dump])
        gradients, metadata = read_safetensors(dump)
        return gradients, float(metadata["loss_sum"]), float(metadata["loss_weight"])

    def check_differences(self):
        run([self.path("default"), *self.arguments, "--check-gradients", "--check-samples", "3"])

    def check_loss(self, loss, weight):
        error = abs(loss - self.program.loss) / max(self.program.scale, 1.0)
        if not error <= self.bound or weight != self.program.weight:
            raise Failure(f"loss {loss!r} of weight {weight}, expected {self.program.loss!r} "
                          f"of weight {self.program.weight}")
        return error

    def check_gradients(self, found, expected):
        if sorted(found) != sorted(expected):
            raise Failure(f"gradients of {sorted(found)}, expected those of {sorted(expected)}")
        norms = {name: math.hypot(*tensor.data) for name, tensor in expected.items()}
        least, worst = SMALLEST * max(norms.values()), 0.0
        for name, tensor in expected.items():
            difference = math.hypot(*(a - b for a, b in zip(tensor.data, found[name].data)))
            error = difference and difference / max(norms[name], least)
            if not error <= self.bound:
                raise Failure(f"gradient of '{name}' differs by {error:.3g} of its norm")
            worst = max(worst, error)
        return worst


def check_case(case, variants, passes, differing):
    """The largest errors of loss and gradients. Notes which variants have a text of their own."""
    variant, worst_loss, worst_gradient = None, 0.0, 0.0
    try:
        for variant in variants:
            text = case.build(variant, passes)
            gradients, loss, weight = case.results(variant)
            worst_loss = max(worst_loss, case.check_loss(loss, weight))
            if variant == "default":
                default_text, expected = text, gradients
                if case.program.dtype == "f64":
                    variant = "finite differences"
                    case.check_differences()
            elif text != default_text:
                differing.add(variant)
            worst_gradient = max(worst_gradient, case.check_gradients(gradients, expected))
    except Failure as failure:
        raise Failure(f"{case.path('model.mlir')} ({variant}): {failure}") from None
    return worst_loss, worst_gradient


# ---- all of them

def check_registration(registered):
    """Every op of the dialect has an entry, or a reason to have none."""
    reasons = [name for names in NOT_DRAWN.values() for name in names]
    listed = sorted([*OPS, *reasons])
    missing = sorted(set(registered) - set(listed))
    unknown = sorted(name for name in listed if name not in registered or listed.count(name) > 1)
    if missing or unknown:
        raise SystemExit(f"ops without an entry in ops.py or a reason in its NOT_DRAWN: {missing}; "
                         f"listed twice or not registered: {unknown}")


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", required=True, help="folder for programs; those that fail stay in it")
    parser.add_argument("--seeds", default="0:8", help="FIRST:END")
    parser.add_argument("--dtype", default="f64", choices=sorted(BOUNDS))
    parser.add_argument("--all", action="store_true", help="every variant of every program")
    parser.add_argument("--covers", action="store_true", help="fail if an op was drawn in no program")
    parser.add_argument("--registered", help="file with the names of all ops of the dialect")
    parser.add_argument("--positions", action="store_true", help="attention of all small lengths and masks, by parts")
    parser.add_argument("--variants", nargs="*", help="the variants beside the default one; without it some by turns")
    parser.add_argument("--plant", help="PATTERN=>TEXT: a fault, planted in compiled programs by substitution")
    parser.add_argument("--plant-in", nargs="*", default=list(VARIANTS), help="variants to plant it in")
    return parser.parse_args()


def main():
    options = parse_options()
    if options.registered:
        with open(options.registered) as file:
            check_registration(file.read().split())
    passes = default_passes()
    first, end = map(int, options.seeds.split(":"))
    always, unfused, others = list(VARIANTS)[:2], list(VARIANTS)[2], list(VARIANTS)[3:]
    drawn, differing, failures, worst = {}, set(), 0, (0.0, 0.0)
    for seed in range(first, end):
        case = Case(seed, options.dtype, options)
        chosen = others if options.all else [others[seed % len(others)]]
        if case.program.has_textbook:
            chosen = [unfused, *chosen]
        every = always + chosen if options.variants is None else ["default", *options.variants]
        for name, count in case.program.drawn.items():
            drawn[name] = drawn.get(name, 0) + count
        try:
            worst = tuple(map(max, worst, check_case(case, every, passes, differing)))
            subprocess.run(["rm", "-r", case.folder], check=True)
        except Failure as failure:
            failures += 1
            print(failure, flush=True)
    print(f"{end - first} programs of {options.dtype}, {sum(drawn.values())} draws of {len(drawn)} ops; "
          f"{failures} failed; losses within {worst[0]:.1e}, gradients within {worst[1]:.1e}")
    undrawn = sorted(name for name in OPS if OPS[name].dtype in (None, options.dtype) and name not in drawn)
    if options.covers and undrawn:
        raise SystemExit(f"ops that were drawn in no program: {undrawn}")
    # A variant whose text is always that of the default proves nothing.
    if options.covers and differing != set(VARIANTS) - {"default"}:
        raise SystemExit(f"variants that changed no program: {set(VARIANTS) - differing - {'default'}}")
    sys.exit(failures > 0)


main()
