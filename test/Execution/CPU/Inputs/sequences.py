"""sequences.py --count N --length T --limit V -o FILE: tokens and targets [N, T] below V, as a safetensors file.

Of sequence 0 all targets but the first three are ignored.
"""

import argparse
import json
import random
import struct

parser = argparse.ArgumentParser()
for name in ("--count", "--length", "--limit"):
    parser.add_argument(name, type=int, required=True)
parser.add_argument("-o", required=True)
arguments = parser.parse_args()
draw = random.Random(1)
size = arguments.count * arguments.length
tokens, targets = ([draw.randrange(arguments.limit) for _ in range(size)] for _ in range(2))
targets[3:arguments.length] = [-100] * (arguments.length - 3)
shape = [arguments.count, arguments.length]
header = json.dumps({name: {"dtype": "I32", "shape": shape, "data_offsets": [begin, begin + 4 * size]}
                     for name, begin in (("tokens", 0), ("targets", 4 * size))}).encode()
with open(arguments.o, "wb") as file:
    file.write(struct.pack("<Q", len(header)) + header + struct.pack(f"<{2 * size}i", *tokens, *targets))
