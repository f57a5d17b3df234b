"""data-kinds.py FOLDER: the same 300 ids of GPT-2 in 16 and in 32 bits, packed and as an array; and texts."""

import gzip
import os
import random
import struct
import sys

draw = random.Random(1)
ids = [draw.randrange(300, 50257) for _ in range(300)]
short, wide = struct.pack("<300H", *ids), struct.pack("<300I", *ids)
header = b"{'descr': '<u2', 'fortran_order': False, 'shape': (300,), }".ljust(117) + b"\n"
files = {"ids.bin": short, "wide.bin": wide, "ids.bin.gz": gzip.compress(short),
         "array.npy": b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + short,
         "t.txt": b"plain text, not tokens. " * 20, "t.jsonl": b'{"text": "one document"}\n' * 20}
for name, contents in files.items():
    with open(os.path.join(sys.argv[1], name), "wb") as file:
        file.write(contents)
