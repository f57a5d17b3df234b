#!/usr/bin/env python3
"""Writes a safetensors file of small tensors. Usage: make-tensors.py FILE NAME=DTYPE:EXTENT,..:VALUE,... ...

DTYPE is F32, F64 or I32. Fewer values than elements begin again from the first.
"""
import json
import struct
import sys

CODES = {"F32": "f", "F64": "d", "I32": "i"}
header, data = {}, b""
for argument in sys.argv[2:]:
    name, text = argument.split("=")
    dtype, shape, values = text.split(":")
    shape = [int(extent) for extent in shape.split(",")]
    values = [float(value) if dtype != "I32" else int(value) for value in values.split(",")]
    count = 1
    for extent in shape:
        count *= extent
    begin = len(data)
    data += struct.pack(f"<{count}{CODES[dtype]}", *(values[i % len(values)] for i in range(count)))
    header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [begin, len(data)]}
text = json.dumps(header).encode()
text += b" " * (-len(text) % 8)
with open(sys.argv[1], "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + data)
