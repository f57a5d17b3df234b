"""Makes the expectations in data/: what PyTorch says a model does in a few training steps.

For each case, whose model the tests build with weft-import under the same sizes:

  <case>.weights.safetensors    F32  the weights that training starts from, under published names
  <case>.batches.safetensors    I32  tokens and targets, [STEPS * batch, length]; -100 is ignored
  <case>.gradients.safetensors  F64  gradients of the loss SUM of the first update; the sum and its
                                     weight in the metadata
  <case>.updated.safetensors    F64  the weights after STEPS updates
  <case>.steps.jsonl            losses and gradient norms of each step in f64
  <case>.json                   how far f32 programs are from all that: PyTorch's and a textbook's,
                                or the largest of PyTorch's in several orders where there is none

An f32 error is norm-wise: the 2-norm of the difference over the 2-norm of the f64 result. Gradients
of GPT-2's key bias are zero in exact arithmetic, so that theirs is the 2-norm of the difference
alone.
"""

import contextlib
import json
import pathlib

import numpy as np
import torch
from safetensors.numpy import save_file
from torch.utils._python_dispatch import TorchDispatchMode

from textbook import BETAS, CLIP, DECAY, EPS, IGNORED, LEARNING_RATE

STEPS = 10
ORDERS = 64
DATA = pathlib.Path(__file__).parent / "data"


class Family:
    """A kind of model: how it is built, named and judged."""

    made_by = None    # the script
    textbook = None   # textbook(case, weights, tokens, targets, steps, dtype), or none

    def build(self, case):
        """The model, in PyTorch's default dtype."""
        raise NotImplementedError

    def publish(self, tensors):
        """Tensors under the names of files, from tensors under the module's."""
        raise NotImplementedError

    def unpublish(self, tensors):
        """The other way."""
        raise NotImplementedError

    def decays(self, name):
        raise NotImplementedError

    def norm_center(self, name):
        """Around what a weight is made; 1 for most norms."""
        raise NotImplementedError

    def deviation(self, name):
        return 0.1

    def loss(self, case, model, x, y):
        """The sum of the losses, and how many targets count."""
        logits = model(x).logits
        loss_sum = torch.nn.functional.cross_entropy(
            logits.reshape(-1, case["vocab"]), y.reshape(-1), ignore_index=IGNORED, reduction="sum")
        return loss_sum, int((y != IGNORED).sum())


class NoSingle(TorchDispatchMode):
    """Refuses every op that makes a float32 tensor."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        result = func(*args, **(kwargs or {}))
        for tensor in result if isinstance(result, (tuple, list)) else [result]:
            assert getattr(tensor, "dtype", None) is not SINGLE, func
        return result


SINGLE = torch.float32


@contextlib.contextmanager
def precision(dtype):
    """transformers takes norms, softmaxes, rotary tables and routing in float32 even in an f64
    model. For an f64 expectation that name means float64 here, and that nothing else makes an f32
    number is checked."""
    if dtype is SINGLE:
        yield
        return
    to_float = torch.Tensor.float
    torch.set_default_dtype(torch.float64)
    torch.float32 = torch.float = torch.float64
    torch.Tensor.float = torch.Tensor.double
    try:
        with NoSingle():
            yield
    finally:
        torch.float32 = torch.float = SINGLE
        torch.Tensor.float = to_float
        torch.set_default_dtype(SINGLE)


def make_weights(family, model, generator):
    """Far enough from the usual zeros and ones that every term of every gradient counts."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        parameter.data.copy_(family.norm_center(name) + family.deviation(name) * noise)


def make_batches(case, rng):
    """Sequences of a skewed distribution, whose first targets, a different number in each, are
    ignored. Of the first batch the middle third is ignored altogether."""
    count = STEPS * case["batch"]
    frequency = 1.0 / np.arange(1, case["vocab"] + 1)
    text = rng.choice(case["vocab"], (count, case["length"] + 1), p=frequency / frequency.sum())
    tokens, targets = text[:, :-1].astype(np.int32), text[:, 1:].astype(np.int32)
    for row in range(count):
        targets[row, : rng.integers(0, case["length"])] = IGNORED
    third = case["batch"] // 3
    targets[third : 2 * third] = IGNORED
    return np.ascontiguousarray(tokens), np.ascontiguousarray(targets)


def train_pytorch(family, case, weights, tokens, targets, dtype, count=STEPS):
    """Per step {loss, loss_sum, loss_weight, grad_norm}; the first gradients; the last weights."""
    with precision(dtype):
        model = family.build(case)
        tensors = dict(model.named_parameters())
        for name, value in family.unpublish(weights).items():
            tensors[name].data.copy_(torch.from_numpy(value.astype(np.float64)))
        groups = [dict(params=[t for n, t in tensors.items() if family.decays(n) == flag],
                       weight_decay=DECAY if flag else 0.0) for flag in (True, False)]
        optimizer = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=BETAS, eps=EPS)
        steps, gradients = [], None
        for step in range(count):
            rows = slice(step * case["batch"], (step + 1) * case["batch"])
            x, y = torch.from_numpy(tokens[rows]).long(), torch.from_numpy(targets[rows]).long()
            loss_sum, weight = family.loss(case, model, x, y)
            optimizer.zero_grad()
            loss_sum.backward()
            if step == 0:
                gradients = {n: t.grad.numpy().copy() for n, t in tensors.items()}
            for tensor in tensors.values():
                tensor.grad /= weight
            norm = torch.nn.utils.clip_grad_norm_(list(tensors.values()), CLIP)
            optimizer.step()
            steps.append(dict(loss=loss_sum.item() / weight, loss_sum=loss_sum.item(),
                              loss_weight=weight, grad_norm=norm.item()))
    updated = {n: t.detach().numpy() for n, t in tensors.items()}
    return steps, family.publish(gradients), family.publish(updated)


def key_third(name, array):
    """The slice of c_attn.bias that belongs to the keys, or nothing."""
    third = array.shape[0] // 3 if name.endswith("attn.c_attn.bias") else 0
    return slice(third, 2 * third)


def tensor_errors(expected, actual, absolute_keys):
    errors = {}
    for name, want in expected.items():
        want, got = want.astype(np.float64), actual[name].astype(np.float64)
        difference, keep = got - want, np.ones(want.shape[0], bool)
        keep[key_third(name, want)] = False
        errors[name] = float(np.linalg.norm(difference[keep]) / np.linalg.norm(want[keep]))
        if absolute_keys and not keep.all():
            errors[name + ".keys"] = float(np.linalg.norm(difference[~keep]))
    return errors


def run_errors(expected, actual):
    """How far one run is from another; for steps, the largest of all."""
    def worst(key):
        return max(abs(a[key] - e[key]) / abs(e[key]) for e, a in zip(expected[0], actual[0]))
    return dict(loss=worst("loss"), grad_norm=worst("grad_norm"),
                gradients=tensor_errors(expected[1], actual[1], absolute_keys=True),
                weights=tensor_errors(expected[2], actual[2], absolute_keys=False))


def check_agreement(name, errors):
    """Two programs that share nothing agree in f64, or the expectations are worth nothing."""
    worst = max([*errors["gradients"].values(), *errors["weights"].values(), errors["grad_norm"]])
    assert errors["loss"] < 1e-13 and worst < 1e-10, (name, errors["loss"], worst)
    print(f"{name}: PyTorch and the textbook in f64: loss {errors['loss']:.1e}, others {worst:.1e}")


def condition(gradients, weight):
    """AdamW's first update is about lr * g / (|g| + eps): where |g| is near eps = 1e-8, an f32
    rounding of g moves a weight by a good part of lr, and a right program may miss the tolerance.
    Seeds are chosen so that there is no such element, and no tensor without a gradient, whose error
    would be relative to nothing: this is above 1."""
    smallest = min(np.abs(g[g != 0]).min(initial=np.inf if g.any() else 0.0)
                   for n, g in gradients.items() if "c_attn.bias" not in n)
    return smallest / weight / (25 * EPS)


def prepare(family, case):
    """The weights under published names, tokens, targets."""
    torch.manual_seed(case["seed"])
    rng = np.random.default_rng(case["seed"])
    model = family.build(case)
    make_weights(family, model, torch.Generator().manual_seed(case["seed"]))
    weights = family.publish({n: p.detach().numpy().copy() for n, p in model.named_parameters()})
    return weights, *make_batches(case, rng)


def train_in_orders(family, case, weights, tokens, targets):
    """Runs of PyTorch in f32, which differ in the order of the sequences within each batch: the results are the same but
    for rounding."""
    rng = np.random.default_rng(case["seed"])
    for order in range(ORDERS):
        rows = [step * case["batch"] + (rng.permutation(case["batch"]) if order else np.arange(case["batch"]))
                for step in range(STEPS)]
        rows = np.concatenate(rows)
        yield train_pytorch(family, case, weights, tokens[rows], targets[rows], torch.float32)


def largest(errors):
    """The largest of each error of several runs."""
    if isinstance(errors[0], dict):
        return {key: largest([each[key] for each in errors]) for key in errors[0]}
    return max(errors)


def make_case(family, name, case):
    run = (case, *prepare(family, case))
    _, weights, tokens, targets = run
    expected = train_pytorch(family, *run, torch.float64)
    steps = expected[0]
    assert condition(expected[1], steps[0]["loss_weight"]) > 1, name
    # One run is one draw of rounding errors, which another processor or order of sums draws anew: where nothing stands
    # beside it, several speak for PyTorch.
    runs = [train_pytorch(family, *run, torch.float32)] if family.textbook else train_in_orders(family, *run)
    programs = dict(pytorch=largest([run_errors(expected, each) for each in runs]))
    if family.textbook:
        check_agreement(name, run_errors(expected, family.textbook(*run, STEPS, np.float64)))
        programs["textbook"] = run_errors(expected, family.textbook(*run, STEPS, np.float32))
    save_file(weights, DATA / f"{name}.weights.safetensors")
    save_file(dict(tokens=tokens, targets=targets), DATA / f"{name}.batches.safetensors")
    save_file(expected[1], DATA / f"{name}.gradients.safetensors",
              metadata={key: repr(steps[0][key]) for key in ("loss_sum", "loss_weight")})
    save_file(expected[2], DATA / f"{name}.updated.safetensors")
    (DATA / f"{name}.steps.jsonl").write_text(
        "".join(json.dumps(dict(step=i, **s)) + "\n" for i, s in enumerate(steps, start=1)))
    summary = dict(made_by=f"{family.made_by} with torch {torch.__version__}", case=case,
                   learning_rate=LEARNING_RATE, f32_errors=programs)
    (DATA / f"{name}.json").write_text(json.dumps(summary, indent=1) + "\n")


def make_cases(family, cases):
    torch.set_num_threads(1)
    DATA.mkdir(exist_ok=True)
    for name, case in cases.items():
        make_case(family, name, case)
