"""One random program: text, the values that it starts from, and what its loss must be.

Every op is computed while it is drawn, so that a draw can be refused for its numbers: a pole or a kink
nearby, or results too large for errors to stay small.
"""

import math
import random
from dataclasses import dataclass, field

from tensors import Tensor

LARGEST = 30.0
MOST_ELEMENTS = 600


class Rejected(Exception):
    """The op cannot be drawn here; another will."""


def require(condition):
    if not condition:
        raise Rejected


@dataclass
class Value:
    name: str
    tensor: Tensor
    element: str
    used: bool = False
    limit: int = 0  # what ids are below, whatever the data

    def __post_init__(self):
        if not self.is_float:
            self.limit = max(self.tensor.data) + 1

    @property
    def shape(self):
        return self.tensor.shape

    @property
    def type(self):
        return "tensor<" + "".join(f"{size}x" for size in self.shape) + self.element + ">"

    @property
    def is_float(self):
        return self.element != "i32"


def random_shape(rng, least_rank=0, most_rank=4):
    while True:
        rank = rng.choice([r for r in (0, 1, 1, 2, 2, 2, 3, 3, 4) if least_rank <= r <= most_rank])
        shape = [rng.choice([1, 2, 3, 4, 5, 8]) for _ in range(rank)]
        if rank and rng.random() < 0.3:
            shape[-1] = rng.choice([7, 9, 16, 31, 33, 70])
        if math.prod(shape) <= MOST_ELEMENTS // 2:
            return tuple(shape)


# How the elements of a parameter are drawn. All are multiples of 1/256, which f32 holds exactly.
DRAWS = {
    "normal": lambda rng, n: [round(rng.gauss(0, 0.6) * 256) / 256 for _ in range(n)],
    "positive": lambda rng, n: [rng.randint(128, 512) / 256 for _ in range(n)],
    "spread": lambda rng, n: [(2 * i - n + 0.5) / 8 for i in rng.sample(range(n), n)],
}


@dataclass
class Step:
    """One op of a body, so that a layer can be computed again with other arguments."""
    results: list
    operands: list
    compute: object  # of the operands' tensors, under a scope; a list of tensors


class Body:
    """The ops of a layer or of the model, as text and as steps."""

    def __init__(self, program, scope, arguments):
        self.program, self.rng, self.scope = program, program.rng, scope
        self.values = [Value(f"%{name}", tensor, element) for name, tensor, element in arguments]
        self.arguments = list(self.values)
        self.steps, self.lines = [], []
        self.names = set()  # of this body's parameters

    # ---- what entries call

    def add(self, syntax, operands, compute, elements=None, hidden=False):
        """Appends an op. `compute` gives the result's tensor, or a list of them. A hidden result is read
        by no other entry, and may be infinite."""
        return self._append(syntax, operands, lambda scope, *tensors: compute(*tensors), elements, hidden)

    def pick(self, *conditions):
        """A float value that fulfils all conditions; recent ones are likelier."""
        return self._choose([v for v in self.values if v.is_float and all(c(v) for c in conditions)])

    def pick_ids(self, *conditions):
        return self._choose([v for v in self.values if not v.is_float and all(c(v) for c in conditions)])

    def parameter(self, shape, draw="normal"):
        require(math.prod(shape) <= MOST_ELEMENTS)
        require(draw != "spread" or math.prod(shape) <= 100)
        name = f"p{self.program.fresh()}"
        self.names.add(name)
        return self._declare(name, tuple(shape), draw)

    def declare_again(self):
        """The same parameter under a second op: tied."""
        require(self.names)
        name = self.rng.choice(sorted(self.names))
        return self._declare(name, self.program.parameters[self.scope + name].shape, None)

    def of_shape(self, shape, draw="normal"):
        """A value that is there, or a new parameter."""
        shape = tuple(shape)
        candidates = [v for v in self.values if v.is_float and v.shape == shape]
        if draw == "normal" and candidates and self.rng.random() < 0.5:
            return self._choose(candidates)
        return self.parameter(shape, draw)

    def call(self, layer, name, operands):
        values = ", ".join(value.name for value in operands)
        types = ", ".join(value.type for value in operands)
        results = ", ".join(layer.result_types)
        syntax = f'weft.call @{layer.name} as "{name}" ({values}) : ({types}) -> ({results})'
        return self._append(syntax, operands,
                            lambda scope, *tensors: layer.compute(f"{scope}{name}.", tensors), None, False)

    # ---- trying and undoing

    def attempt(self, draw):
        """Whether the entry could be drawn; if not, nothing has changed."""
        program = self.program
        lengths = len(self.values), len(self.steps), len(self.lines)
        used = [value.used for value in self.values]
        parameters, names, calls = dict(program.parameters), set(self.names), dict(program.calls)
        try:
            draw(self)
            return True
        except (Rejected, OverflowError, ZeroDivisionError, ValueError):
            for items, length in zip((self.values, self.steps, self.lines), lengths):
                del items[length:]
            for value, was in zip(self.values, used):
                value.used = was
            program.parameters, self.names, program.calls = parameters, names, calls
            return False

    def compute(self, scope, arguments):
        """The values of all names, with other arguments and the parameters of another scope."""
        known = {value.name: tensor for value, tensor in zip(self.arguments, arguments)}
        for step in self.steps:
            results = step.compute(scope, *(known[name] for name in step.operands))
            for name, tensor in zip(step.results, check(results, step)):
                known[name] = tensor
        return known

    # ---- inside

    def _choose(self, candidates):
        require(candidates)
        return self.rng.choices(candidates, range(1, len(candidates) + 1))[0]

    def _append(self, syntax, operands, compute, elements, hidden):
        for operand in operands:
            operand.used = True
        step = Step([], [operand.name for operand in operands], compute)
        step.hidden = hidden
        results = check(compute(self.scope, *(operand.tensor for operand in operands)), step)
        element = next((o.element for o in operands if o.is_float), self.program.dtype)
        values = [Value(f"%v{self.program.fresh()}", tensor, (elements or [element] * len(results))[i])
                  for i, tensor in enumerate(results)]
        step.results = [value.name for value in values]
        self.steps.append(step)
        types = syntax.replace("$result", values[0].type)
        self.lines.append(", ".join(step.results) + " = " + types)
        if not hidden:
            self.values += values
        return values

    def _declare(self, name, shape, draw):
        program = self.program
        value, = self._append(f'weft.parameter "{name}" init(normal, 0.5) : $result', [],
                              lambda scope: program.parameter(scope + name, shape, draw), None, False)
        return value


def check(results, step):
    results = results if isinstance(results, list) else [results]
    for tensor in results:
        require(len(tensor.data) <= MOST_ELEMENTS)
        require(step.hidden or all(abs(x) <= LARGEST for x in tensor.data))
    return results


@dataclass
class Layer:
    name: str
    body: Body
    results: list

    @property
    def result_types(self):
        return [value.type for value in self.results]

    def compute(self, scope, arguments):
        known = self.body.compute(scope, arguments)
        return [known[value.name] for value in self.results]

    def text(self):
        return function_text("layer", self.name, self.body, self.results)


def function_text(kind, name, body, results):
    arguments = ", ".join(f"{value.name}: {value.type}" for value in body.arguments)
    types = ", ".join(value.type for value in results)
    names = ", ".join(value.name for value in results)
    lines = "".join(f"    {line}\n" for line in body.lines)
    return f"  weft.{kind} @{name}({arguments}) -> ({types}) {{\n{lines}    weft.return {names} : {types}\n  }}\n"


@dataclass
class Program:
    rng: random.Random
    dtype: str
    parameters: dict = field(default_factory=dict)  # by full name
    inputs: dict = field(default_factory=dict)
    layers: list = field(default_factory=list)
    calls: dict = field(default_factory=dict)  # the layer of each name of a call in the model
    drawn: dict = field(default_factory=dict)  # how often each op was
    text: str = ""
    loss: float = 0.0
    weight: float = 0.0
    has_textbook: bool = False  # attention for fusion to find
    scale: float = 0.0  # what the loss's rounding errors are relative to
    counter: int = 0

    def fresh(self):
        self.counter += 1
        return self.counter

    def parameter(self, name, shape, draw):
        if name not in self.parameters:
            # By name, so that a layer's second call draws what does not depend on the first.
            rng = random.Random(f"{name} {self.rng.random()}")
            self.parameters[name] = Tensor(shape, DRAWS[draw or "normal"](rng, math.prod(shape)))
        return self.parameters[name]
