#!/usr/bin/env python3
"""Writes a model of many attentions: every number of queries with every number of keys and every width of heads.

  attentions.py TYPE QUERIES KEYS WIDTHS [MASK]   each a list with commas; FROM:TO:STEP in it is a range
"""

import itertools
import sys


def numbers(text):
    for part in text.split(","):
        begin, end, step = map(int, part.split(":")) if ":" in part else (int(part), int(part) + 1, 1)
        yield from range(begin, end, step)


element, queries, keys, widths = sys.argv[1], *(list(numbers(a)) for a in sys.argv[2:5])
mask = sys.argv[5] if len(sys.argv) > 5 else ""
sums = "f64" if element == "f64" else "f32"
lines, total = [], None
for n, (q, k, w) in enumerate(itertools.product(queries, keys, widths)):
    tensor = lambda length, kind=element: f"tensor<1x1x{length}x{w}x{kind}>"
    for name, length in (("q", q), ("k", k), ("v", k)):
        lines.append(f'%{name}{n} = weft.parameter "{name}{n}" init(normal, 1.0) : {tensor(length)}')
    lines.append(f"%o{n}, %lse{n} = weft.attention %q{n}, %k{n}, %v{n} {{scale = 0.1{mask}}} : {tensor(q)}, {tensor(k)}, {tensor(k)}")
    value = f"%o{n}"
    if element != sums:
        lines.append(f"%c{n} = weft.cast %o{n} : {tensor(q)} to {tensor(q, sums)}")
        value = f"%c{n}"
    lines.append(f"%s{n} = weft.sum {value} axes [0, 1, 2, 3] : {tensor(q, sums)}")
    if total:
        lines.append(f"%t{n} = weft.add {total}, %s{n} : tensor<{sums}>, tensor<{sums}>")
    total = f"%t{n}" if total else f"%s{n}"
print("module @attentions {\n  weft.model @loss() -> (tensor<%s>, tensor<%s>) {\n    %s\n    %%one = weft.constant dense<1.0> : tensor<%s>\n"
      "    weft.return %s, %%one : tensor<%s>, tensor<%s>\n  }\n  weft.train @loss optimizer(#weft.sgd<momentum = 0.0>)\n}" %
      (sums, sums, "\n    ".join(lines), sums, total, sums, sums))
