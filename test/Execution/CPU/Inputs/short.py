#!/usr/bin/env python3
"""The text of a model of f32 (stdin) with all its tensors in bf16 or f16, but for the loss, whose logits are cast to f32, and
what is computed from it.
Usage: short.py bf16|f16"""
import re
import sys

text = sys.stdin.read().replace("f32", sys.argv[1])
loss = re.search(r"( *)(%\w+, %\w+ = weft\.cross_entropy) (%\w+)(,[^:]*: )(tensor<[^>]*>)(.*\n.*\n)", text)
indent, start, logits, middle, kind, rest = loss.groups()
wide = kind.replace(sys.argv[1], "f32")
cast = f"{indent}%logits32 = weft.cast {logits} : {kind} to {wide}\n"
changed = cast + indent + start + " %logits32" + middle + wide + rest.replace(sys.argv[1], "f32")
wide = set(re.findall(r"%\w+", start)[:2])


def widen(line):
    """A line behind the loss: where it uses something wide, all of it is, and what is not yet is cast."""
    op = re.match(r"( *)(?:(%\w+) = )?weft\.\w+ (%\w+), (%\w+).* : (tensor<\S+>), tensor<\S+>$", line)
    if not op or not wide & {op[3], op[4]}:
        return line
    for operand in {op[3], op[4]} - wide:
        cast = f"{op[1]}{operand}_32 = weft.cast {operand} : {op[5]} to {op[5].replace(sys.argv[1], 'f32')}\n"
        line = cast + re.sub(operand + r"\b", operand + "_32", line)
    wide.add(op[2])
    head, tail = line.rsplit(" : ", 1)
    return head + " : " + tail.replace(sys.argv[1], "f32")


end = text.index("weft.train", loss.end())
behind = "\n".join(widen(line) for line in text[loss.end():end].split("\n"))
text = text[:loss.start()] + changed + behind + text[end:]
sys.stdout.write(re.sub(r"(weft\.model .*?)-> \(.*?\) {", r"\1-> (tensor<f32>, tensor<f32>) {", text, flags=re.S))
