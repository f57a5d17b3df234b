#!/usr/bin/env python3
"""Derives the polynomial coefficients in lib/Target/CPU/ExpandMath.cpp.

For each function: which expression is approximated, on which interval, with which weight on the error.
Lawson's iteration gives the minimax polynomial for values computed with 60 digits; its coefficients are
rounded to f32 one after the other, the lowest degree first (it matters most), and the rest is fitted again each
time, so that later coefficients make up for the rounding of earlier ones. Prints each coefficient as a
hexadecimal float, lowest degree first, and the largest error that is left, in the weight's unit.

Needs mpmath and numpy. Run: python3 math-coefficients.py
"""
import mpmath as mp
import numpy as np

mp.mp.dps = 60


def minimax(target, weight, powers, x):
    """Coefficients c with sum c[i] x^powers[i] close to target, minimising max |error * weight|.

    Lawson's iteration: weighted least squares, where points with a large error gain weight. Target and
    weight are sampled at x. Columns are scaled to 1, so that double precision is enough for what is
    rounded to f32 afterwards.
    """
    scale = np.max(np.abs(x))
    basis = np.stack([(x / scale) ** p for p in powers], axis=1) * weight[:, None]
    lawson = np.full(len(x), 1.0 / len(x))
    best, least = None, np.inf
    for _ in range(300):
        root = np.sqrt(lawson)
        solution = np.linalg.lstsq(basis * root[:, None], target * weight * root, rcond=None)[0]
        error = np.abs(basis @ solution - target * weight)
        if error.max() < least:
            best, least = solution, error.max()
        lawson = lawson * error
        lawson /= lawson.sum()
    return [c / scale**p for c, p in zip(best, powers)], least


def fit(name, target, weight, powers, low, high, points=801):
    nodes = [low + (high - low) * (1 - mp.cos(mp.pi * (i + mp.mpf("0.5")) / points)) / 2 for i in range(points)]
    x = np.array([float(v) for v in nodes])
    targets = [target(v) for v in nodes]
    weights = np.array([float(weight(v)) for v in nodes])
    fixed, ideal = [], None
    for k in range(len(powers)):
        rest = [t - sum(mp.mpf(c) * v**p for c, p in zip(fixed, powers)) for t, v in zip(targets, nodes)]
        coefficients, error = minimax(np.array([float(r) for r in rest]), weights, list(powers)[k:], x)
        ideal = ideal or error
        fixed.append(float(np.float32(coefficients[0])))
    worst = max(abs(sum(mp.mpf(c) * v**p for c, p in zip(fixed, powers)) - t) * w
                for t, v, w in zip(targets, nodes, weights))
    print(f"{name}: minimax error 2^{np.log2(ideal):.1f}, rounded 2^{float(mp.log(worst, 2)):.1f}")
    for c, p in zip(fixed, powers):
        print(f"  x^{p}: {c.hex()}  {c!r}")


def main():
    half_ln2 = mp.log(2) / 2 * mp.mpf("1.001")  # rounding to the nearest integer is not exact at ties
    for name, value in [("log2(e)", 1 / mp.log(2)), ("ln(2)", mp.log(2))]:
        high = float(np.float32(float(value)))
        print(f"{name}: {high.hex()}f + {float(np.float32(float(value - mp.mpf(high)))).hex()}f")

    # e^r - 1 = r + r^2 q(r), relative: tanh and erf need it where it is close to 0, exp adds the 1.
    # The expressions are smooth at 0, but 0/0 as written.
    def tail(r):
        return (mp.expm1(r) - r) / r**2 if abs(r) > 1e-12 else mp.mpf(1) / 2 + r / 6

    fit("expm1", tail, lambda r: abs(r), range(6), -half_ln2, half_ln2)

    # log(1 + f) = f - f^2/2 + f^3 p(f), relative.
    fit("log", lambda f: (mp.log1p(f) - f + f**2 / 2) / f**3 if abs(f) > 1e-12 else mp.mpf(1) / 3,
        lambda f: abs(f**3 / mp.log1p(f)) if abs(f) > 1e-9 else mp.mpf("1e-18"), range(9),
        mp.sqrt(mp.mpf("0.5")) - 1, mp.sqrt(2) - 1)

    # tanh(x) = x + x s p(s) with s = x^2, on [0, 0.4], relative.
    def tanh_small(s):
        x = mp.sqrt(s)
        return (mp.tanh(x) / x - 1) / s if s > 1e-20 else -mp.mpf(1) / 3

    fit("tanh, small", tanh_small, lambda s: s / (1 + s * tanh_small(s)), range(4), 0, mp.mpf("0.16"))

    # erf(x) = x + x p(x^2) on [0, 1], relative, in s = x^2.
    def erf_small(s):
        x = mp.sqrt(s)
        return mp.erf(x) / x - 1 if s > 1e-20 else 2 / mp.sqrt(mp.pi) - 1

    fit("erf, small", erf_small, lambda s: 1 / (1 + erf_small(s)), range(7), 0, 1)

    # erf(x) = 1 - e^q(x) on [1, 4]; an error of q counts e^q / erf(x).
    fit("erf, large", lambda x: mp.log(mp.erfc(x)), lambda x: mp.erfc(x) / mp.erf(x), range(7), 1, 4)


if __name__ == "__main__":
    main()
