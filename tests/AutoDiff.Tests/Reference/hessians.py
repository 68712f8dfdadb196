"""Writes hessians.json: eigenvalues of Hessians of ill-conditioned losses, computed with 60 digits from the same doubles, rounded to doubles.

Run as `python3 hessians.py > hessians.json`; needs mpmath. Each entry: the loss's name, the parameters, its data where it has any, and all eigenvalues
of the exact Hessian there, ascending. HessianErrorTests.cs holds the same losses. Derivatives are exact: Taylor arithmetic of second order over mpmath numbers.
"""
import json
import random
from mpmath import mp, mpf, matrix, eigsy, exp, log, tanh

mp.dps = 60


class Jet:
    """A value with its gradient and Hessian."""

    def __init__(self, v, g, h):
        self.v, self.g, self.h = v, g, h

    @staticmethod
    def of(x, n):
        return x if isinstance(x, Jet) else Jet(mpf(x), [mpf(0)] * n, [[mpf(0)] * n for _ in range(n)])

    def chain(self, v, d1, d2):
        n = len(self.g)
        return Jet(
            v,
            [d1 * a for a in self.g],
            [[d1 * self.h[i][j] + d2 * self.g[i] * self.g[j] for j in range(n)] for i in range(n)],
        )

    def __add__(self, other):
        o = Jet.of(other, len(self.g))
        n = len(self.g)
        return Jet(self.v + o.v, [a + b for a, b in zip(self.g, o.g)], [[self.h[i][j] + o.h[i][j] for j in range(n)] for i in range(n)])

    def __mul__(self, other):
        n = len(self.g)
        if not isinstance(other, Jet):
            c = mpf(other)
            return Jet(c * self.v, [c * a for a in self.g], [[c * a for a in row] for row in self.h])
        o = other
        return Jet(
            self.v * o.v,
            [self.v * b + o.v * a for a, b in zip(self.g, o.g)],
            [[self.v * o.h[i][j] + o.v * self.h[i][j] + self.g[i] * o.g[j] + self.g[j] * o.g[i] for j in range(n)] for i in range(n)],
        )

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + (-other)

    def __rsub__(self, other):
        return (-self) + other


def jtanh(x):
    y = tanh(x.v)
    d = 1 / mp.cosh(x.v) ** 2
    return x.chain(y, d, -2 * y * d)


def jexp(x):
    y = exp(x.v)
    return x.chain(y, y, y)


def jlog(x):
    return x.chain(log(x.v), 1 / x.v, -1 / x.v**2)


def square(x):
    return x * x


def total(terms):
    terms = list(terms)
    result = terms[0]
    for term in terms[1:]:
        result = result + term
    return result


def variables(x):
    n = len(x)
    return [Jet(mpf(x[i]), [mpf(int(i == j)) for j in range(n)], [[mpf(0)] * n for _ in range(n)]) for i in range(n)]


def net(p, data):
    """Mean squared error of a 2-2-1 tanh net: W1 [2, 2], b1 [2], W2 [2, 1], b2 [1]; rows of data are (x, y, target)."""
    rows = []
    for x, y, target in data:
        h = [jtanh(p[j] * x + p[2 + j] * y + p[4 + j]) for j in range(2)]
        rows.append(square(h[0] * p[6] + h[1] * p[7] + p[8] - target))
    return total(rows) * (mpf(1) / len(data))


def classifier(p, data):
    """Cross-entropy of a 2-2-3 tanh net: W1 [2, 2], b1 [2], W2 [2, 3], b2 [3]; rows of data are (x, y, class)."""
    rows = []
    for x, y, label in data:
        h = [jtanh(p[j] * x + p[2 + j] * y + p[4 + j]) for j in range(2)]
        scores = [h[0] * p[6 + k] + h[1] * p[9 + k] + p[12 + k] for k in range(3)]
        rows.append(jlog(total(jexp(s) for s in scores)) - scores[int(label)])
    return total(rows) * (mpf(1) / len(data))


def powers(p, data):
    """(x − 1)⁶ multiplied out, plus y² (x − 1)²: cancels near 1."""
    x, y = p
    result, power = Jet.of(1, 2), Jet.of(1, 2)
    for c in (-6, 15, -20, 15, -6, 1):
        power = power * x
        result = result + power * c
    return result + square(y) * (square(x) - x * 2 + 1)


def logsum(p, data):
    """ln Σ exp(xᵢ) + ½·1e-3·(x₀ − x₁)²."""
    return jlog(total(jexp(x) for x in p)) + square(p[0] - p[1]) * mpf(0.0005)


def graded(p, data):
    """Σ over rows (Σⱼ aᵢⱼ xⱼ − 1)²."""
    return total(square(total(x * a for x, a in zip(p, row)) - 1) for row in data)


def product(p, data):
    """(1 − Π xᵢ)²."""
    result = p[0]
    for x in p[1:]:
        result = result * x
    return square(1 - result)


def difference(p, data):
    """(exp(x) − exp(y))² · z + x²: cancels where x and y agree."""
    x, y, z = p
    return square(jexp(x) - jexp(y)) * z + square(x)


LOSSES = {f.__name__: f for f in (net, classifier, powers, logsum, graded, product, difference)}


def entries():
    rng = random.Random(1)
    rows = lambda n, label: [[rng.gauss(0, 1), rng.gauss(0, 1), label()] for _ in range(n)]
    for scale in (0.5, 2.0, 5.0, 10.0, 20.0, 40.0):
        for _ in range(6):
            yield "net", [rng.gauss(0, scale) for _ in range(9)], rows(12, lambda: rng.gauss(0, 1))
    for scale in (0.5, 3.0, 10.0, 30.0, 100.0, 300.0):
        for _ in range(6):
            yield "classifier", [rng.gauss(0, scale) for _ in range(15)], rows(30, lambda: float(rng.randrange(3)))
    for k in range(12):
        yield "powers", [1 + rng.gauss(0, 1) * 10.0 ** (-k / 2), rng.gauss(0, 1)], []
    for scale in (1.0, 10.0, 30.0, 100.0, 300.0):
        for n in (3, 6):
            yield "logsum", [rng.gauss(0, scale) for _ in range(n)], []
    for power in (0, 2, 4, 6, 8, 10):
        for n in (3, 5):
            columns = [10.0 ** (-power * j / (n - 1)) for j in range(n)]
            data = [[rng.gauss(0, 1) * c for c in columns] for _ in range(8)]
            yield "graded", [rng.gauss(0, 1) for _ in range(n)], data
    for spread in (0.1, 1.0, 3.0):
        for n in (2, 4, 7):
            yield "product", [rng.choice((-1, 1)) * 10.0 ** rng.gauss(0, spread) for _ in range(n)], []
    for k in range(12):
        x = rng.gauss(0, 3)
        yield "difference", [x, x + rng.gauss(0, 1) * 10.0 ** (-1.5 * k), rng.gauss(0, 1)], []


def eigenvalues(name, x, data):
    h = LOSSES[name](variables(x), [[mpf(a) for a in row] for row in data]).h
    # Double the digits where eigenvalues are graded: 60 relative to the largest leave 30 to one 1e-30 of it.
    return [float(value) for value in sorted(eigsy(matrix(h), eigvals_only=True))]


if __name__ == "__main__":
    cases = [{"loss": name, "x": x, "data": data, "eigenvalues": eigenvalues(name, x, data)} for name, x, data in entries()]
    print("[\n" + ",\n".join(json.dumps(case) for case in cases) + "\n]")
