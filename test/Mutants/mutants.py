#!/usr/bin/env python3
"""Plants one fault after the other in a copy of the tree and requires that the test which should see it fails.

  mutants.py --work FOLDER [PATCH...]    builds and tests each in FOLDER; without PATCH all of this folder
  mutants.py --check [PATCH...]          only that each is well formed and still applies; nothing is built

A patch begins with a header and goes on as `diff -u` writes it, from the tree's root:

  Breaks: what is wrong now, in a line
  Targets: what must be built again, as ninja names it (weftc weft-rt)
  Test: the test that must fail, below test/ (Autodiff/autodiff.mlir)

Prints a line for each: killed, or SURVIVED, or what is wrong with the patch itself (it does not apply, does not
compile, names a test that fails without it too). All but `killed` make the exit code 1. The checkout and its build
tree stay as they are; FOLDER keeps its own, so that a second run builds what changed.
"""

import argparse
import filecmp
import glob
import json
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
FOLDERS = ("dialects", "docs", "include", "lib", "runtime", "tools", "test", "benchmarks", "examples")
FILES = ("CHANGELOG.md", "CMakeLists.txt", "CONTRIBUTING.md", "LICENSE", "README.md")
OPTIONS = ("CMAKE_BUILD_TYPE", "CMAKE_C_COMPILER", "CMAKE_CXX_COMPILER", "LLVM_USE_LINKER", "MLIR_DIR", "LLVM_EXTERNAL_LIT",
           "WEFT_CUDA", "WEFT_CUDA_TOOLKIT")
SECONDS = 900  # for one test: a mutant may not end


class Fault(Exception):
    """A patch, or the tree without it, is not as it should be."""


def run(command, log, **more):
    """The exit code; what it says goes to the end of the file `log`."""
    with open(log, "a") as file:
        print("$", " ".join(command), file=file, flush=True)
        return subprocess.run(command, stdout=file, stderr=subprocess.STDOUT, **more).returncode


class Patch:
    def __init__(self, path):
        self.path, self.name = path, os.path.basename(path)
        text = open(path).read()
        header = dict(re.findall(r"^(Breaks|Targets|Test): *(.*)$", text.split("\n--- ")[0], re.MULTILINE))
        missing = [key for key in ("Breaks", "Targets", "Test") if not header.get(key)]
        if missing:
            raise Fault(f"{self.name}: expected a header with {' and '.join(missing)}")
        self.breaks, self.targets, self.test = header["Breaks"], header["Targets"].split(), header["Test"]
        self.files = re.findall(r"^\+\+\+ b/(\S+)", text, re.MULTILINE)
        if not os.path.isfile(os.path.join(ROOT, "test", self.test)):
            raise Fault(f"{self.name}: there is no test/{self.test}; name the test that must fail")

    def apply(self, tree, *flags):
        """Without fuzz: where the code around a fault has changed, a person must look."""
        command = ["patch", "-p1", "-F0", "--batch", "--no-backup-if-mismatch", "-r-", "-d", tree, "-i", self.path, *flags]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Fault(f"{self.name}: no longer applies; make it again from the code as it is now\n{done.stdout}{done.stderr}")


class Tree:
    """A copy of the sources and its build."""

    def __init__(self, work, build):
        self.source, self.build = os.path.join(work, "tree"), os.path.join(work, "build")
        self.log = os.path.join(work, "log")
        os.makedirs(self.source, exist_ok=True)
        open(self.log, "w").close()
        self.copy()
        if not os.path.exists(os.path.join(self.build, "build.ninja")):
            cache = dict(re.findall(r"^(\w+):\w+=(.*)$", open(os.path.join(build, "CMakeCache.txt")).read(), re.MULTILINE))
            flags = [f"-D{name}={cache[name]}" for name in OPTIONS if name in cache]
            if run(["cmake", "-S", self.source, "-B", self.build, "-G", "Ninja", *flags], self.log):
                raise Fault(f"cannot configure; see {self.log}")
        self.lit = cache_entry(self.build, "LLVM_EXTERNAL_LIT")

    def copy(self):
        """Makes the copy like the checkout. Files that differ become new, so that they are built again."""
        wanted = set(FILES)
        for folder in FOLDERS:
            for parent, folders, names in os.walk(os.path.join(ROOT, folder)):
                folders[:] = [f for f in folders if f != "__pycache__"]
                wanted.update(os.path.relpath(os.path.join(parent, name), ROOT) for name in names)
        for parent, _, names in os.walk(self.source):
            for name in names:
                if os.path.relpath(os.path.join(parent, name), self.source) not in wanted:
                    os.remove(os.path.join(parent, name))
        self.restore(wanted)

    def restore(self, files):
        for file in files:
            own, original = os.path.join(self.source, file), os.path.join(ROOT, file)
            if not os.path.exists(own) or not filecmp.cmp(own, original, shallow=False):
                os.makedirs(os.path.dirname(own), exist_ok=True)
                shutil.copyfile(original, own)
                shutil.copymode(original, own)

    def make(self, targets):
        return run(["ninja", "-C", self.build, *targets], self.log) == 0

    def passes(self, test):
        results = os.path.join(os.path.dirname(self.log), "results.json")
        if os.path.exists(results):
            os.remove(results)
        command = [self.lit, "-v", "--param", "full=1", "--output", results, os.path.join(self.build, "test", test)]
        try:
            run(command, self.log, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return False
        codes = [entry["code"] for entry in json.load(open(results))["tests"]] if os.path.exists(results) else []
        if not codes or not set(codes) <= {"PASS", "FAIL"}:
            raise Fault(f"test/{test} did not run ({', '.join(codes) or 'nothing found'}); see {self.log}")
        return "FAIL" not in codes


def cache_entry(build, name):
    return re.search(rf"^{name}:\w+=(.*)$", open(os.path.join(build, "CMakeCache.txt")).read(), re.MULTILINE).group(1)


def try_mutant(tree, patch, sound):
    """Whether the fault is seen."""
    if not tree.make([*patch.targets, "weftc", "weft-opt", "weft-import", "weft-rt"]):
        raise Fault(f"the tree does not build without a fault; see {tree.log}")
    if patch.test not in sound and not tree.passes(patch.test):
        raise Fault(f"{patch.name}: test/{patch.test} fails without the fault too; see {tree.log}")
    sound.add(patch.test)
    try:
        patch.apply(tree.source)
        if not tree.make(patch.targets):
            raise Fault(f"{patch.name}: does not compile; see {tree.log}")
        return not tree.passes(patch.test)
    finally:
        tree.restore(patch.files)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--work")
    parser.add_argument("--build", default=os.path.join(ROOT, "build"), help="whose compilers and options are taken")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("patches", nargs="*")
    options = parser.parse_args()
    paths = [os.path.abspath(p) for p in options.patches] or sorted(glob.glob(os.path.join(HERE, "*.patch")))
    tree, sound, wrong = None, set(), 0
    for path in paths:
        try:
            patch = Patch(path)
            patch.apply(ROOT, "--dry-run")
            if options.check:
                continue
            tree = tree or Tree(os.path.abspath(options.work), options.build)
            killed = try_mutant(tree, patch, sound)
            print(f"{'killed' if killed else 'SURVIVED'}: {patch.name}: {patch.breaks} (test/{patch.test})", flush=True)
            wrong += not killed
        except Fault as fault:
            print(f"FAULT: {fault}", flush=True)
            wrong += 1
    print(f"{len(paths)} mutants, {wrong} not as they should be")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
