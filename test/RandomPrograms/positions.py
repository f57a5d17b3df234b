"""Attention of every small number of queries and keys, with windows and distances ahead of every kind: whatever blocks
are cut, who sees whom is what the definition says."""

import itertools
import random

from entries_attention import attention
from generate import finish
from program import Body, Program, function_text

LENGTHS = list(itertools.product((1, 3, 4, 7, 9), (1, 4, 6, 9)))
MASKS = [{}, {"causal": True}, {"causal": True, "window": 1}, {"causal": True, "window": 3}, {"window": 2}, {"ahead": 2},
         {"window": 2, "ahead": 3}, {"window": -1, "ahead": 4}, {"window": 5, "ahead": -2}, {"window": 0}, {"ahead": 0}]
PARTS = 5


def shows_some(queries, keys, causal=False, window=None, ahead=None):
    """Whether the op takes these: some query must see some key."""
    return (causal or window is None or window >= 2 - queries) and (ahead is None or ahead >= 2 - keys) and \
        (window is None or ahead is None or window + ahead >= 2)


def generate_positions(part, dtype):
    """The attentions of each mask with a fifth of the lengths."""
    program = Program(random.Random(part), dtype)
    body = Body(program, "", [])
    for number, ((queries, keys), mask) in enumerate(itertools.product(LENGTHS, MASKS)):
        if number % PARTS == part % PARTS and shows_some(queries, keys, **mask):
            attention(body, (1, 2, 1, queries, keys, 3, 2), blind=True, **mask)
    total, weight = finish(body)
    program.loss, program.weight = total.tensor.data[0], weight.tensor.data[0]
    model = function_text("model", "loss", body, [total, weight])
    program.text = f"module @positions{part} {{\n{model}  weft.train @loss optimizer(#weft.adamw)\n}}\n"
    return program
