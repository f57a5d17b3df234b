#!/usr/bin/env python3
"""Checks that a source tree keeps its layout: which folder may include which, file names, a source file and
a test for every pass, no paths of a build machine. Usage: layout.py TREE; prints what breaks a rule."""
import os
import re
import sys

# Folder (the longest that matches counts) -> the project's folders that its files may include, besides its
# own. A pass folder's public headers are include/weft/<folder>.
DIALECTS = ["dialects/"]
BASICS = DIALECTS + ["weft/Support/", "weft/Analysis/"]
PASSES = ["Model", "Adapters", "Fusion", "Precision", "Autodiff", "Parallel", "Memory"]
MAY_INCLUDE = {
    "dialects/Interfaces": [],
    # A dialect sees the interfaces and the types of higher dialects.
    "dialects/Weft": ["dialects/Interfaces/"],
    "dialects/Tile": ["dialects/Interfaces/", "dialects/Weft/"],
    "dialects/Exec": ["dialects/Interfaces/", "dialects/Weft/", "dialects/Tile/"],
    "lib/Support": DIALECTS,
    "lib/Analysis": BASICS,
    "lib/Import": ["weft/Support/"],
    "lib/Precompiled": DIALECTS + ["weft/"],
    "lib/Target": ["weft-rt/ABI.h", "weft-rt/ABI.def", "weft/Support/", "dialects/Exec/", "dialects/Tile/", "dialects/Interfaces/"],
    "lib/Pipelines": DIALECTS + ["weft/"],
    "tools": ["weft/Pipelines/", "weft/Support/", "weft/Import/", "weft/Target/CPU/Link.h",
              "weft/Target/CPU/Object.h", "weft/Target/CPU/StepBlock.h", "weft/Target/Backend.h",
              "dialects/", "weft-rt/ABI.h"],
    # Files of weights are the runtime's affair: this tool is a thin main over that part of it.
    "tools/weft-checkpoint": ["Checkpoint/Export.h"],
    "runtime": ["weft-rt/"],
}
MAY_INCLUDE.update({f"lib/{folder}": BASICS for folder in PASSES})

PROJECT = re.compile(r'#include\s+["<]((?:dialects|weft|weft-rt|lib|tools|runtime|Checkpoint|CommandLine|Data|Device|'
                     r'Metrics|Support|Training)/[^">]+)[">]')
COMPILER = re.compile(r'#include\s+["<]((?:llvm|mlir|dialects|weft)/[^">]+)[">]')


def sources(tree, *folders):
    for folder in folders:
        for path, _, names in os.walk(os.path.join(tree, folder)):
            for name in sorted(names):
                if name.endswith((".h", ".cpp", ".td", ".def")):
                    yield os.path.relpath(os.path.join(path, name), tree)


def text(tree, file):
    with open(os.path.join(tree, file), encoding="utf-8", errors="replace") as stream:
        return stream.read()


def allowed(file):
    """The include prefixes for a file, its own folder among them; none where no rule knows the folder."""
    folder = os.path.dirname(file)
    public = folder.startswith("include/weft")
    if public:
        folder = "lib" + folder[len("include/weft"):]
    conversion = re.match(r"lib/Conversion/(\w+)To(\w+)$", folder)
    if conversion:
        name = os.path.basename(folder)
        return [f"dialects/{conversion[1]}/", f"dialects/{conversion[2]}/", "dialects/Interfaces/",
                # Launches name kernels, whichever dialects a conversion is between.
                *(["dialects/Tile/"] if conversion[1] == "Weft" else []),
                "weft/Support/", f"weft/Conversion/{name}/"]
    while folder and folder not in MAY_INCLUDE:
        folder = os.path.dirname(folder)
    if not folder:
        return None
    own = [folder + "/"] if not folder.startswith("lib/") else ["weft/" + folder[len("lib/"):] + "/"]
    return MAY_INCLUDE[folder] + own


def check_includes(tree):
    for file in sources(tree, "dialects", "include", "lib", "tools", "runtime"):
        prefixes = allowed(file)
        if prefixes is None:
            yield f"{file}: in a folder that no rule of the layout knows"
            continue
        body = text(tree, file)
        if file.startswith("runtime/"):
            for header in COMPILER.findall(body):
                yield f"{file}: the runtime includes the compiler's {header}"
            continue
        for header in PROJECT.findall(body):
            if not header.startswith(tuple(prefixes)):
                yield f"{file}: may not include {header}"


def check_names(tree):
    for file in sources(tree, "dialects", "include", "lib", "runtime"):
        name = os.path.basename(file)
        if not re.fullmatch(r"[A-Z][A-Za-z0-9]*\.(h|cpp|td|def)", name):
            yield f"{file}: expected a PascalCase file name"


def tests(tree):
    for path, _, names in os.walk(os.path.join(tree, "test")):
        for name in names:
            if name.endswith((".mlir", ".test")):
                yield text(tree, os.path.join(path, name))


def check_passes(tree):
    flags = "\n".join(tests(tree))
    found = 0
    for file in sources(tree, "include"):
        if os.path.basename(file) != "Passes.td":
            continue
        folder = "lib" + os.path.dirname(file)[len("include/weft"):]
        for name, flag in re.findall(r'^def (\w+)\s*:\s*Pass<"([\w-]+)"', text(tree, file), re.M):
            found += 1
            if not os.path.exists(os.path.join(tree, folder, name + ".cpp")):
                yield f"{file}: expected pass {name} in {folder}/{name}.cpp"
            if not re.search(rf"-{flag}\b(?!-)", flags):
                yield f"{file}: no test names -{flag}"
    if not found:
        yield "include: expected passes"


def check_paths(tree):
    marker = "/wo" + "rk/"
    for top in ["CHANGELOG.md", "CMakeLists.txt", "CONTRIBUTING.md", "README.md", "benchmarks", "dialects", "docs", "examples",
                "include", "lib", "runtime", "test", "tools"]:
        start = os.path.join(tree, top)
        walk = os.walk(start) if os.path.isdir(start) else [(tree, [], [top])]
        for path, _, names in walk:
            for name in names:
                file = os.path.join(path, name)
                # What Python leaves beside its sources names where it ran.
                is_source = os.path.exists(file) and not name.endswith(".pyc")
                if is_source and marker in text(tree, os.path.relpath(file, tree)):
                    yield f"{os.path.relpath(file, tree)}: names a path of one machine"


def main():
    tree = sys.argv[1]
    problems = [p for check in (check_includes, check_names, check_passes, check_paths) for p in check(tree)]
    for problem in problems:
        print(problem)
    if not problems:
        print("the layout is kept")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
