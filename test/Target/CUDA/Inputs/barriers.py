#!/usr/bin/env python3
"""Leaves out each barrier of a text's kernels in turn, and counts what the simulated GPU finds. Fails where more survive
than --survivors. Usage: barriers.py FILE.mlir [--survivors N]"""
import concurrent.futures
import re
import subprocess
import sys


def run(*arguments):
    return subprocess.run(["SimulatedKernels", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def main():
    path = sys.argv[1]
    allowed = int(sys.argv[sys.argv.index("--survivors") + 1]) if "--survivors" in sys.argv else 0
    whole = run(path)
    assert whole.returncode == 0 and "DIFFERS" not in whole.stdout, whole.stdout
    count = int(re.search(r"(\d+) barriers", whole.stdout).group(1))

    def survives(number):
        done = run(path, f"--drop-barrier={number}")
        return done.returncode == 0 and "DIFFERS" not in done.stdout

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        survivors = [number for number, alive in enumerate(pool.map(survives, range(count))) if alive]
    print(f"{count - len(survivors)} of {count} found; survivors: {survivors}")
    sys.exit(len(survivors) > allowed)


main()
