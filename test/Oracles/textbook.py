"""GPT-2's training step as a textbook writes it, in NumPy, in the precision of its arguments.

It measures what plain f32 costs (every sum, norm and softmax in f32, nothing fused or compensated),
and in f64 it checks the expectations that come from PyTorch.
"""

import numpy as np

LEARNING_RATE, BETAS, EPS, DECAY, CLIP, IGNORED = 1e-3, (0.9, 0.95), 1e-8, 0.1, 1.0, -100
NORM_EPS = 1e-5


def decays(name):
    return not name.endswith(".bias") and "ln_" not in name


class Tape:
    """The forward pass; each step leaves a function that takes its gradient back."""

    def __init__(self, weights, heads):
        self.weights, self.heads = weights, heads
        self.gradients = {name: np.zeros_like(w) for name, w in weights.items()}
        self.steps = []

    def linear(self, name, x):
        w, b = self.weights[name + ".weight"], self.weights[name + ".bias"]

        def back(dy):
            rows = dy.reshape(-1, dy.shape[-1])
            self.gradients[name + ".weight"] += x.reshape(-1, x.shape[-1]).T @ rows
            self.gradients[name + ".bias"] += rows.sum(0)
            return dy @ w.T
        return x @ w + b, back

    def layer_norm(self, name, x):
        w, b = self.weights[name + ".weight"], self.weights[name + ".bias"]
        centered = x - x.mean(-1, keepdims=True)
        rstd = 1 / np.sqrt((centered * centered).mean(-1, keepdims=True) + x.dtype.type(NORM_EPS))
        normal = centered * rstd

        def back(dy):
            self.gradients[name + ".weight"] += (dy * normal).reshape(-1, w.size).sum(0)
            self.gradients[name + ".bias"] += dy.reshape(-1, w.size).sum(0)
            dn = dy * w
            mean = dn.mean(-1, keepdims=True)
            return rstd * (dn - mean - normal * (dn * normal).mean(-1, keepdims=True))
        return normal * w + b, back

    def attention(self, qkv):
        batch, length, width = qkv.shape[0], qkv.shape[1], qkv.shape[2] // 3
        size = width // self.heads

        def split(x):
            return x.reshape(batch, length, self.heads, size).transpose(0, 2, 1, 3)

        def merge(x):
            return x.transpose(0, 2, 1, 3).reshape(batch, length, width)
        q, k, v = (split(part) for part in np.split(qkv, 3, axis=2))
        scale = qkv.dtype.type(1 / np.sqrt(size))
        scores = (q @ k.swapaxes(-1, -2)) * scale
        scores = np.where(np.tri(length, dtype=bool), scores, -np.inf)
        p = np.exp(scores - scores.max(-1, keepdims=True))
        p = p / p.sum(-1, keepdims=True)

        def back(dy):
            do = split(dy)
            dp = do @ v.swapaxes(-1, -2)
            ds = p * (dp - (dp * p).sum(-1, keepdims=True)) * scale
            parts = ds @ k, ds.swapaxes(-1, -2) @ q, p.swapaxes(-1, -2) @ do
            return np.concatenate([merge(part) for part in parts], axis=2)
        return merge(p @ v), back

    def gelu(self, x):
        one = x.dtype.type
        c, a = one(np.sqrt(2 / np.pi)), one(0.044715)
        t = np.tanh(c * (x + a * x * x * x))

        def back(dy):
            inner = c * (one(1) + one(3) * a * x * x)
            return dy * one(0.5) * (one(1) + t + x * (one(1) - t * t) * inner)
        return one(0.5) * x * (one(1) + t), back

    def block(self, h, x):
        a, norm1 = self.layer_norm(h + "ln_1", x)
        a, c_attn = self.linear(h + "attn.c_attn", a)
        a, attend = self.attention(a)
        a, c_proj = self.linear(h + "attn.c_proj", a)
        x = x + a
        m, norm2 = self.layer_norm(h + "ln_2", x)
        m, c_fc = self.linear(h + "mlp.c_fc", m)
        m, gelu = self.gelu(m)
        m, m_proj = self.linear(h + "mlp.c_proj", m)

        def back(dy):
            dy = dy + norm2(c_fc(gelu(m_proj(dy))))
            return dy + norm1(c_attn(attend(c_proj(dy))))
        return x + m, back


def loss_and_gradients(weights, heads, layers, tokens, targets):
    """The sum of the losses, the number of targets that count, the gradients of the sum."""
    tape = Tape(weights, heads)
    wte, length = weights["wte.weight"], tokens.shape[1]
    x = wte[tokens] + weights["wpe.weight"][:length]
    steps = []
    for layer in range(layers):
        x, back = tape.block(f"h.{layer}.", x)
        steps.append(back)
    x, back = tape.layer_norm("ln_f", x)
    steps.append(back)
    logits = x @ wte.T
    shifted = logits - logits.max(-1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    count = targets != IGNORED
    chosen = np.where(count, targets, 0)[..., None]
    loss_sum = -(np.take_along_axis(log_p, chosen, -1)[..., 0] * count).sum(dtype=x.dtype)

    one_hot = np.zeros_like(logits)
    np.put_along_axis(one_hot, chosen, 1, -1)
    dlogits = (np.exp(log_p) - one_hot) * count[..., None]
    dx = dlogits @ wte
    rows = dlogits.reshape(-1, wte.shape[0])
    tape.gradients["wte.weight"] += rows.T @ x.reshape(-1, wte.shape[1])
    for back in reversed(steps):
        dx = back(dx)
    np.add.at(tape.gradients["wte.weight"], tokens, dx)
    tape.gradients["wpe.weight"][:length] += dx.sum(0)
    return loss_sum, int(count.sum()), tape.gradients


def update(weights, moments, gradients, step):
    """AdamW in PyTorch's order of operations."""
    for name, weight in weights.items():
        one = weight.dtype.type
        g, (m, v) = gradients[name], moments[name]
        if decays(name):
            weight *= one(1 - LEARNING_RATE * DECAY)
        m += one(1 - BETAS[0]) * (g - m)
        v *= one(BETAS[1])
        v += one(1 - BETAS[1]) * g * g
        root = np.sqrt(v) / one(np.sqrt(1 - BETAS[1] ** step)) + one(EPS)
        weight -= one(LEARNING_RATE / (1 - BETAS[0] ** step)) * m / root


def train(case, weights, tokens, targets, steps, dtype):
    """Per step {loss, loss_sum, loss_weight, grad_norm}; the first gradients; the last weights."""
    weights = {name: w.astype(dtype) for name, w in weights.items()}
    moments = {name: (np.zeros_like(w), np.zeros_like(w)) for name, w in weights.items()}
    report, first = [], None
    for step in range(steps):
        rows = slice(step * case["batch"], (step + 1) * case["batch"])
        loss_sum, weight, gradients = loss_and_gradients(
            weights, case["heads"], case["layers"], tokens[rows], targets[rows])
        first = first or {name: g.copy() for name, g in gradients.items()}
        mean = {name: g / dtype(weight) for name, g in gradients.items()}
        norm = np.sqrt(sum((g * g).sum(dtype=dtype) for g in mean.values()))
        scale = min(dtype(1), dtype(CLIP) / (norm + dtype(1e-6)))
        update(weights, moments, {name: g * scale for name, g in mean.items()}, step + 1)
        report.append(dict(loss=float(loss_sum) / weight, loss_sum=float(loss_sum),
                           loss_weight=weight, grad_norm=float(norm)))
    return report, first, weights
