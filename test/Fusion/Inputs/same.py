"""same.py A B: whether two files of gradients agree within 1e-12 of each one's norm, and their losses too."""

import math
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../RandomPrograms"))
import tensors as t

(a, first), (b, second) = map(t.read_safetensors, sys.argv[1:])
assert sorted(a) == sorted(b)
largest = max(math.hypot(*tensor.data) for tensor in a.values())
error = max(math.hypot(*(x - y for x, y in zip(a[name].data, b[name].data))) /
            max(math.hypot(*a[name].data), 1e-3 * largest) for name in a)
error = max(error, abs(float(first["loss_sum"]) / float(second["loss_sum"]) - 1))
print(f"within {error:.1e}")
sys.exit(not error <= 1e-12)
