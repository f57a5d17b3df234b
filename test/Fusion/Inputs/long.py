#!/usr/bin/env python3
"""Writes a model in which every op reads the one before, once or twice: 2^N ways lead through N ops that read twice.

  long.py KIND N PLACE   KIND: tanh, add, mul, where, mask
                         PLACE: plain (behind a parameter), scores (of an attention), bias, condition, logits
"""

import sys

LINES = {  # of two values, the one before and the op's own number
    "tanh": "%{n} = weft.tanh %{x} : {t}",
    "add": "%h{n} = weft.mul %{x}, %half : {t}, tensor<f32>\n    %{n} = weft.add %h{n}, %h{n} : {t}, {t}",
    "mul": "%h{n} = weft.tanh %{x} : {t}\n    %{n} = weft.mul %h{n}, %h{n} : {t}, {t}",
    "where": "%{n} = weft.where %{x}, %{x}, %{x} : {t}, {t}, {t}",
    "mask": "%{n} = weft.min %{x}, %{x} : {t}, {t}",
}
PLACES = {
    "plain": ("4x4", "{chain}\n    %y = weft.add %{last}, %q : {t}, {t}"),
    "scores": ("4x4", "%x0 = weft.matmul %q, %q {{transpose_b}} : {t}, {t}\n    {chain}\n    %p = weft.softmax %{last} : {t}\n"
                      "    %y = weft.matmul %p, %q : {t}, {t}"),
    "bias": ("4x4", "{chain}\n    %s = weft.matmul %q, %q {{transpose_b}} : {t}, {t}\n    %b = weft.add %s, %{last} : {t}, {t}\n"
                    "    %p = weft.softmax %b : {t}\n    %y = weft.matmul %p, %q : {t}, {t}"),
    "condition": ("4x4", "{chain}\n    %s = weft.matmul %q, %q {{transpose_b}} : {t}, {t}\n"
                         "    %b = weft.where %{last}, %s, %low : {t}, {t}, tensor<f32>\n"
                         "    %p = weft.softmax %b : {t}\n    %y = weft.matmul %p, %q : {t}, {t}"),
    "logits": ("300x4", '%w = weft.parameter "w" init(normal, 1.0) : tensor<4x4xf32>\n'
                        "    %x0 = weft.linear out_in %q, %w : ({t}, tensor<4x4xf32>) -> {t}\n    {chain}\n"
                        "    %y, %n = weft.cross_entropy %{last}, %ids {{ignore_index = -100}} : {t}, tensor<300xi32>"),
}


def text(kind, count, place):
    shape, body = PLACES[place]
    t = f"tensor<{shape}xf32>"
    before, lines = "x0", []
    for i in range(1, count + 1):
        lines.append(LINES[kind].format(x=before, n=f"x{i}", t=t))
        before = f"x{i}"
    # Conditions and biases come from positions; others from what trains.
    start = []
    if place in ("bias", "condition"):
        start = ["%i = weft.iota : tensor<4xi32>", "%r = weft.reshape %i : tensor<4xi32> to tensor<4x1xi32>",
                 f"%x0 = weft.compare le %i, %r : tensor<4xi32>, tensor<4x1xi32> -> {t}"]
    elif place == "plain":
        start = [f"%x0 = weft.copy %q : {t}"]
    argument = "%ids: tensor<300xi32>" if place == "logits" else ""
    end = ["%sum = weft.copy %y : tensor<f32>"] if place == "logits" else [f"%sum = weft.sum %y axes [0, 1] : {t}"]
    head = [f'%q = weft.parameter "q" init(normal, 1.0) : {t}', "%half = weft.constant dense<0.5> : tensor<f32>",
            "%low = weft.constant dense<-1.0e9> : tensor<f32>", "%one = weft.constant dense<1.0> : tensor<f32>"]
    body = body.format(chain="\n    ".join(lines), last=before, t=t)
    return (f"module @long {{\n  weft.model @loss({argument}) -> (tensor<f32>, tensor<f32>) {{\n    " +
            "\n    ".join([*head, *start, body, *end, "weft.return %sum, %one : tensor<f32>, tensor<f32>"]) +
            "\n  }\n  weft.train @loss optimizer(#weft.sgd<momentum = 0.0>)\n}\n")


print(text(sys.argv[1], int(sys.argv[2]), sys.argv[3]), end="")
