"""What can be drawn: one entry an op, which picks operands, says the syntax, and computes the result.

Entries stand in entries_*.py, by topic. One raises Rejected, by `require`, where the op has no operands here
or its numbers would be near a pole or a kink. `NOT_DRAWN` has the other ops, by reason.
"""

from dataclasses import dataclass

OPS = {}


@dataclass
class Entry:
    draw: object
    dtype: str  # of the programs that it can be drawn in; None: all

    def __call__(self, body):
        self.draw(body)


def op(name, dtype=None):
    def register(draw):
        assert name not in OPS
        OPS[name] = Entry(draw, dtype)
        return draw
    return register


NOT_DRAWN = {
    "part of every program, which the generator writes": [
        "weft.layer", "weft.model", "weft.return", "weft.train"],
    "another program beside the one whose gradients are compared": ["weft.eval"],
    "of numbers that only the executable draws; test/Execution/CPU/dropout.test computes them": ["weft.dropout"],
    "not written by users: what models become": [
        "weft.graph", "weft.entry", "weft.variable", "weft.get", "weft.set", "weft.step_value", "weft.word",
        "weft.group", "weft.yield", "weft.launch", "weft.drop", "weft.matmul_epilogue",
        "weft.partial_sums"],
    "made by the backward, so covered by the gradients": [
        "weft.accumulate", "weft.matmul_accumulate", "weft.gelu_backward", "weft.embedding_backward",
        "weft.cross_entropy_backward", "weft.attention_backward", "weft.grouped_linear_backward", "weft.chunk_sums"],
    "what embeddings are lowered to": ["weft.gather_rows"],
}


def has_rank(least):
    return lambda value: len(value.shape) >= least
