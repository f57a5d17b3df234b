"""best-next.py EXECUTABLE WEIGHTS VOCABULARY BATCH LENGTH ID...: the token after these ids for which the executable's
evaluation, which does not go through the logits program, finds the smallest loss. Every other target is ignored, and
what stands after the ids and in the other sequences is the highest id."""
import json
import re
import struct
import subprocess
import sys

executable, weights = sys.argv[1:3]
vocabulary, batch, length = map(int, sys.argv[3:6])
ids = list(map(int, sys.argv[6:]))[-length:]


def write(path, tensors):
    header, data = {}, b""
    for name, values in tensors.items():
        begin = len(data)
        data += struct.pack(f"<{len(values)}i", *values)
        header[name] = {"dtype": "I32", "shape": [batch, length], "data_offsets": [begin, len(data)]}
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def loss(token):
    tokens = [vocabulary - 1] * (batch * length)
    tokens[: len(ids)] = ids
    targets = [-100] * (batch * length)
    targets[len(ids) - 1] = token
    path = f"{executable}.best-next.safetensors"
    write(path, {"tokens": tokens, "targets": targets})
    output = subprocess.run([executable, "--val-data", path, "--init-from", weights], check=True,
                            capture_output=True, text=True).stdout
    return float(re.fullmatch(r"val loss ([0-9.]+)\n", output)[1])


print(min(range(vocabulary), key=loss))
