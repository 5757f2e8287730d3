"""Fits the rational functions of base/lanes_normal.h: fit_normal.py CASE M N prints numerator (degree M) and denominator
(degree N) as hexadecimal doubles, the lowest power first, and the largest relative error of the fit.

Used: center 8 8, tail 8 7, far 8 7, ratio 8 9, far_ratio 7 8.

Weighted linear least squares on Chebyshev points with the denominator of the round before as weight, then the weights are
raised where the error is large (Lawson), which comes close to the minimax fit. Needs mpmath."""
import sys

from mpmath import cos, erfc, erfinv, exp, log, matrix, mp, mpf, pi, qr_solve, sqrt

mp.dps = 50


def normal_tail_inverse(u):
    """z > 0 with probability u above it."""
    z = sqrt(max(-2 * log(u) - log(2 * pi) - log(max(-2 * log(u), mpf(1))), mpf("0.01")))
    for _ in range(60):
        tail = erfc(z / sqrt(mpf(2))) / 2
        step = tail / (exp(-z * z / 2) / sqrt(2 * pi)) * log(tail / u)
        z += step
        if abs(step) < mpf(10) ** -40 * z:
            break
    return z


def center(t):
    """z / q at t = q^2, q = 2u - 1."""
    if t == 0:
        return sqrt(2 * pi) / 2
    q = sqrt(t)
    return sqrt(mpf(2)) * erfinv(q) / q


def tail(s):
    """z at s = sqrt(-log u)."""
    return normal_tail_inverse(exp(-s * s))


def mills(z):
    return exp(z * z / 2) * erfc(z / sqrt(mpf(2))) / 2


def value(coefficients, x):
    return mp.polyval(coefficients[::-1], x)


def solve(xs, ys, weights, m, n):
    a, b = matrix(len(xs), m + n + 1), matrix(len(xs), 1)
    for i, (x, y, w) in enumerate(zip(xs, ys, weights)):
        for k in range(m + 1):
            a[i, k] = w * x**k
        for k in range(1, n + 1):
            a[i, m + k] = -w * y * x**k
        b[i] = w * y
    c, _ = qr_solve(a, b)
    return [c[k] for k in range(m + 1)], [mpf(1)] + [c[m + k] for k in range(1, n + 1)]


def fit(f, low, high, m, n, points=160, rounds=14):
    xs = [(low + high) / 2 + (high - low) / 2 * cos(pi * (i + mpf(1) / 2) / points) for i in range(points)]
    ys = [f(x) for x in xs]
    emphasis, denominator, best = [mpf(1)] * points, [mpf(1)] * points, None
    for r in range(rounds):
        weights = [sqrt(e) / (y * d) for e, y, d in zip(emphasis, ys, denominator)]
        p, q = solve(xs, ys, weights, m, n)
        denominator = [abs(value(q, x)) for x in xs]
        errors = [abs(value(p, x) / value(q, x) / y - 1) for x, y in zip(xs, ys)]
        if best is None or max(errors) < best[0]:
            best = (max(errors), p, q)
        if r >= 3:
            emphasis = [e * error for e, error in zip(emphasis, errors)]
            mean = sum(emphasis) / points
            emphasis = [max(e / mean, mpf(10) ** -6) for e in emphasis]
    return best


cases = {
    "center": (lambda r: center(mpf("0.7225") - r), 0, mpf("0.7225")),
    "tail": (lambda r: tail(r + mpf("1.6")), 0, mpf("3.4")),
    "far": (lambda r: tail(r + 5), 0, mpf("22.3")),
    "ratio": (mills, 0, mpf(5)),
    "far_ratio": (mills, mpf(5), mpf("38.6")),
}
name, m, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
error, p, q = fit(*cases[name], m, n)
print(name, m, n, "error 2^%.1f" % float(log(error, 2)))
print("p:", ", ".join(float(x).hex() for x in p))
print("q:", ", ".join(float(x).hex() for x in q))
