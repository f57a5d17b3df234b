#!/usr/bin/env python3
"""Makes each fault that the simulated GPU can plant in a kernel, at each of its places in turn, and prints what is found
and what survives. Usage: faults.py FILE.mlir KERNEL..."""
import concurrent.futures
import re
import subprocess
import sys


def run(*arguments):
    done = subprocess.run(["SimulatedKernels", *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.returncode == 0 and "DIFFERS" not in done.stdout, done.stdout


def main():
    path, kernels = sys.argv[1], sys.argv[2:]
    places = []
    for kernel in kernels:
        passes, output = run(path, f"--kernel={kernel}")
        assert passes and kernel in output, output
        places += [(kernel, fault, place) for fault, count in re.findall(r"([\w-]+) (\d+)", output.splitlines()[0])
                   for place in range(int(count))]

    def survives(planted):
        kernel, fault, place = planted
        return run(path, f"--kernel={kernel}", f"--plant={fault}", f"--at={place}")[0]

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        survivors = [planted for planted, alive in zip(places, pool.map(survives, places)) if alive]
    print(f"{len(places) - len(survivors)} of {len(places)} found")
    for survivor in survivors:
        print("survives:", *survivor)


main()
