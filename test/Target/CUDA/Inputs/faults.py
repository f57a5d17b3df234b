#!/usr/bin/env python3
"""Makes each fault that the simulated GPU can plant in a kernel, at each of its places in turn, and prints what is found
and what survives in every schedule. Usage: faults.py FILE.mlir... [--kernel=NAME]... [--of=MODEL.mlir]... [--arch=GPU]; without names:
every kernel that has a barrier, wait or commit, but those that a file before has with the same text. Of the models, kernels
that have some must be among them, by their names without numbers."""
import argparse
import concurrent.futures
import os
import re
import subprocess

SCHEDULES = ["round-robin", "lazy", "skewed", "random"]


architecture = []  # a flag, where one is asked for


def run(*arguments):
    done = subprocess.run(["SimulatedKernels", *architecture, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0 and "DIFFERS" not in done.stdout, done.stdout


def places_of(path):
    """Of each kernel that has some: the faults, and how many places they have."""
    passes, output = run(path, "--places")
    assert passes, output
    return dict(re.findall(r"^([\w.]+): (.*)$", output, re.M))


def kernels_of(path, seen):
    """Names of those that have places and a new text."""
    with open(path) as file:
        texts = dict(re.findall(r"^ *tile\.kernel @([\w.]+)(.*?)^ *tile\.return", file.read(), re.M | re.S))
    fresh = [name for name in places_of(path) if texts[name] not in seen]
    seen.update(texts[name] for name in fresh)
    return fresh


def unnumbered(path):
    return {re.sub(r"(_\d+)+$", "", name) for name in places_of(path)}


def survives(planted):
    path, kernel, fault, place = planted
    return all(run(path, f"--kernel={kernel}", f"--plant={fault}", f"--at={place}", f"--schedule={schedule}")[0]
               for schedule in SCHEDULES)


def test(path, kernels):
    mutants, places = [], places_of(path)
    for kernel in kernels:
        passes, output = run(path, f"--kernel={kernel}")
        assert passes, output
        mutants += [(path, kernel, fault, place) for fault, count in re.findall(r"([\w-]+) (\d+)", places[kernel])
                    for place in range(int(count))]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        survivors = [planted for planted, alive in zip(mutants, pool.map(survives, mutants)) if alive]
    print(f"{os.path.basename(path)}: {len(kernels)} kernels, {len(mutants) - len(survivors)} of {len(mutants)} found")
    for survivor in survivors:
        print("survives:", *survivor[1:], flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--kernel", action="append", default=[])
    parser.add_argument("--of", action="append", default=[])
    parser.add_argument("--arch")
    arguments = parser.parse_args()
    if arguments.arch:
        architecture.append(f"--arch={arguments.arch}")
    seen = set()
    for path in arguments.files:
        test(path, arguments.kernel or kernels_of(path, seen))
    covered = set().union(*map(unnumbered, arguments.files))
    for model in arguments.of:
        print(f"of {os.path.basename(model)}:", *sorted(unnumbered(model) - covered) or ["all"])


main()
