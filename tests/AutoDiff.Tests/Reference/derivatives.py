"""Writes derivatives.json: functions of one and two numbers with their derivatives, by Taylor arithmetic in 900 digits.

python3 derivatives.py > derivatives.json   (needs mpmath)

"one": for each function rows [x, f, f′, …, f⁽⁷⁾]; "two": for each function rows [x, y, then ∂ⁱ⁺ʲf ⁄ ∂xⁱ∂yʲ by i + j = 0 … 5, i descending]; "values": rows [x, f] or [x, y, f] over the whole range.
Every number is the double nearest the true value. The last order only scales the error that the order before it is allowed.
At kinks the rows hold what the library's documentation states; null is a derivative that does not exist.
"""

import math
import random
import sys

from mpmath import mp, mpf

mp.dps = 900
ONE, TWO = 7, 5


class Series:
    """A Taylor polynomial in two variables, truncated at a total degree."""

    def __init__(self, terms, degree):
        self.terms = {k: v for k, v in terms.items() if v != 0 and sum(k) <= degree}
        self.degree = degree

    @property
    def value(self):
        return self.terms.get((0, 0), mpf(0))

    def _of(self, other):
        return other if isinstance(other, Series) else Series({(0, 0): mpf(other)}, self.degree)

    def __add__(self, other):
        terms = dict(self.terms)
        for k, v in self._of(other).terms.items():
            terms[k] = terms.get(k, 0) + v
        return Series(terms, self.degree)

    def __mul__(self, other):
        terms = {}
        for (i, j), v in self.terms.items():
            for (k, l), w in self._of(other).terms.items():
                if i + j + k + l <= self.degree:
                    terms[i + k, j + l] = terms.get((i + k, j + l), 0) + v * w
        return Series(terms, self.degree)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -self._of(other)

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * reciprocal(self._of(other))

    def __rtruediv__(self, other):
        return reciprocal(self) * other


def compose(coefficients, u):
    """Σ cₖ (u − u₀)ᵏ."""
    step = u - u.value
    result = u._of(coefficients[-1])
    for c in reversed(coefficients[:-1]):
        result = result * step + c
    return result


def integral(derivative, value, u):
    """f(u) from f(u₀) and f′ as a function of series."""
    slope = derivative(Series({(0, 0): u.value, (1, 0): mpf(1)}, u.degree))
    return compose([value] + [slope.terms.get((k, 0), mpf(0)) / (k + 1) for k in range(u.degree)], u)


def power(u, r):
    a, c, coefficients = u.value, mpf(1), []
    for k in range(u.degree + 1):
        coefficients.append(c * a ** (r - k) if c else mpf(0))
        c = c * (r - k) / (k + 1)
    return compose(coefficients, u)


def reciprocal(u):
    return power(u, -1)


def sqrt(u):
    return power(u, mpf(1) / 2)


def exp(u):
    return compose([mp.exp(u.value) / mp.factorial(k) for k in range(u.degree + 1)], u)


def log(u):
    return integral(reciprocal, mp.log(u.value), u)


def sin(u):
    return compose([mp.sin(u.value + k * mp.pi / 2) / mp.factorial(k) for k in range(u.degree + 1)], u)


def cos(u):
    return compose([mp.cos(u.value + k * mp.pi / 2) / mp.factorial(k) for k in range(u.degree + 1)], u)


def atan(u):
    return integral(lambda t: 1 / (1 + t * t), mp.atan(u.value), u)


def asin(u):
    return integral(lambda t: reciprocal(sqrt(1 - t * t)), mp.asin(u.value), u)


def erf(u):
    return integral(lambda t: exp(-t * t) * (2 / mp.sqrt(mp.pi)), mp.erf(u.value), u)


def erfc(u):
    return integral(lambda t: exp(-t * t) * (-2 / mp.sqrt(mp.pi)), mp.erfc(u.value), u)


def sinh(u):
    return (exp(u) - exp(-u)) * mpf(0.5)


def cosh(u):
    return (exp(u) + exp(-u)) * mpf(0.5)


def tanh(u):
    return sinh(u) / cosh(u)


def sigmoid(u):
    return exp(u) / (1 + exp(u)) if u.value < 0 else 1 / (1 + exp(-u))


def softplus(u):
    return log(1 + exp(u))


def normal(u):
    """Φ."""
    return erfc(u * (-1 / mp.sqrt(2))) * mpf(0.5)


def asinh(u):
    return integral(lambda t: reciprocal(sqrt(1 + t * t)), mp.asinh(u.value), u)


def acosh(u):
    return integral(lambda t: reciprocal(sqrt(t - 1) * sqrt(t + 1)), mp.acosh(u.value), u)


def atanh(u):
    return integral(lambda t: reciprocal(1 - t * t), mp.atanh(u.value), u)


def cbrt(u):
    sign = mp.sign(u.value)
    return power(u * sign, mpf(1) / 3) * sign


def erfinv(u):
    """By Newton's method, which doubles the terms that are right."""
    result = u._of(mp.erfinv(u.value))
    for _ in range(4):
        result = result - (erf(result) - u) * exp(result * result) * (mp.sqrt(mp.pi) / 2)
    return result


def polygamma(first):
    """The derivatives of ln |Γ| from an order on."""

    def function(u):
        with mp.workdps(60):
            values = [mp.re(mp.loggamma(u.value)) if k == 0 else mp.psi(k - 1, u.value) for k in range(first, first + u.degree + 1)]
            return compose([value / mp.factorial(k) for k, value in enumerate(values)], u)

    return function


def sinc(u):
    """Near 0 by its series, term by term: the quotient's derivatives cancel."""
    if abs(u.value) >= 2:
        return sin(u * mp.pi) / (u * mp.pi)
    with mp.workdps(80):
        derivatives = [
            mp.fsum(
                (-1) ** k * mp.pi ** (2 * k) * mp.ff(2 * k, n) / mp.factorial(2 * k + 1) * u.value ** (2 * k - n)
                for k in range((n + 1) // 2, 60)
            )
            for n in range(u.degree + 1)
        ]
        if abs(u.value) == 1:
            derivatives[0] = mpf(0)
        return compose([d / mp.factorial(n) for n, d in enumerate(derivatives)], u)


def scaled_bessel(order):
    """e^−|x| Iₙ(x): at 0 the first derivative that does not exist, and those of higher order, count as 0."""

    def function(u):
        with mp.workdps(120):
            a, sign = abs(u.value), -1 if u.value < 0 else 1
            bessel = lambda k: mp.fsum(mp.binomial(k, j) * mp.besseli(abs(order + k - 2 * j), a) for j in range(k + 1)) / 2**k
            coefficients = [
                mp.exp(-a) * mp.fsum(mp.binomial(n, k) * (-1) ** (n - k) * bessel(k) for k in range(n + 1)) / mp.factorial(n)
                for n in range(u.degree + 1)
            ]
            if a == 0:
                coefficients = [c if n <= order else mpf(0) for n, c in enumerate(coefficients)]
            return compose([c * sign ** (n + order) for n, c in enumerate(coefficients)], u)

    return function


def elu(u, alpha):
    return u if u.value > 0 else (exp(u) - 1) * mpf(alpha)


def constant(u, value):
    return u._of(value)


def halves(x):
    """The nearest integer, halves to even."""
    return mpf(round(x))


EPSILON = sys.float_info.epsilon
TINY = [5e-324, 1e-310, sys.float_info.min]
SMALL = [0.0, -0.0, 1e-300, 1e-160, 1e-20, 1e-10, 1e-5, 0.01, 0.1, 0.25, 0.5, 0.75, 1 - EPSILON / 2, 1.0, 1 + EPSILON, 1.25, 1.5]
WHOLE = [2.0, 2.5, 3.0, 4.0, 6.0, 8.0, 10.0]
FAR = [15.0, 18.0, 19.5, 22.0, 26.0, 30.0, 36.0, 40.0, 100.0, 354.5, 370.0, 708.5, 740.0, 800.0]
LARGE = [100.0, 800.0, 1e5, 1e10]


def signed(*groups):
    points = [x for group in groups for x in group]
    return points + [-x for x in points if x != 0]


def positive(*groups):
    return [x for group in groups for x in group if x > 0]


FEW = signed(TINY, [0.0, -0.0, 0.5, 1.0, 2.0, 800.0])
EVERYWHERE = signed(TINY, SMALL, WHOLE, FAR)
ALGEBRAIC = signed(TINY, SMALL, WHOLE, LARGE)
MODERATE = signed(TINY, SMALL, WHOLE, [12.5, 20.0])
INSIDE = [x for x in signed(TINY, SMALL, [0.9, 0.999, 1 - 1e-6, 1 - 1e-10]) if abs(x) < 1]
GAMMA = [1.4375, 1.5625, 2.25, 7.75, 8.25, 24.5, -0.125, -0.75, -1.5, -2.25, -10.25]
SELU = mpf(1.0507009873554805)
SELU_ALPHA = mpf(1.6732632423543772)

ONES = {
    "Identity": (lambda x: x, FEW),
    "StopGradient": (lambda x: constant(x, x.value), FEW),
    "Negate": (lambda x: -x, FEW),
    "Abs": (lambda x: x * mp.sign(x.value), FEW),
    "Sign": (lambda x: constant(x, mp.sign(x.value)), FEW),
    "Square": (lambda x: x * x, FEW),
    "Sqrt": (sqrt, positive(TINY, SMALL, WHOLE, LARGE)),
    "Reciprocal": (reciprocal, [x for x in ALGEBRAIC if x != 0]),
    "Exp": (exp, EVERYWHERE),
    "Expm1": (lambda x: exp(x) - 1, EVERYWHERE),
    "Log": (log, positive(TINY, SMALL, WHOLE, LARGE)),
    "Log1p": (lambda x: log(1 + x), [x for x in ALGEBRAIC + [-1 + 1e-5, -1 + 1e-12] if x > -1]),
    "Sin": (sin, MODERATE),
    "Cos": (cos, MODERATE),
    "Tan": (lambda x: sin(x) / cos(x), MODERATE),
    "Asin": (asin, INSIDE),
    "Acos": (lambda x: mp.pi / 2 - asin(x), INSIDE),
    "Atan": (atan, ALGEBRAIC),
    "Sinh": (sinh, EVERYWHERE),
    "Cosh": (cosh, EVERYWHERE),
    "Tanh": (tanh, EVERYWHERE),
    "SechSquared": (lambda x: 1 / (cosh(x) * cosh(x)), EVERYWHERE),
    "Sigmoid": (sigmoid, EVERYWHERE),
    "LogSigmoid": (lambda x: -softplus(-x), EVERYWHERE),
    "Softplus": (softplus, EVERYWHERE),
    "Relu": (lambda x: x if x.value > 0 else constant(x, 0), FEW),
    "LeakyRelu": (lambda x: x if x.value > 0 else x * mpf(0.01), FEW),
    "Elu": (lambda x: elu(x, 1), EVERYWHERE),
    "Selu": (lambda x: elu(x, SELU_ALPHA) * SELU, EVERYWHERE),
    "NormalCdf": (normal, EVERYWHERE),
    "Gelu": (lambda x: x * normal(x), EVERYWHERE),
    "Silu": (lambda x: x * sigmoid(x), EVERYWHERE),
    "Mish": (lambda x: x * tanh(softplus(x)), EVERYWHERE),
    "Erf": (erf, EVERYWHERE),
    "Erfc": (erfc, EVERYWHERE),
    "Floor": (lambda x: constant(x, mp.floor(x.value)), FEW),
    "Round": (lambda x: constant(x, halves(x.value)), FEW),
    "Exp2": (lambda x: exp(x * mp.log(2)), EVERYWHERE + [1021.5, -1040.25]),
    "Log2": (lambda x: log(x) * (1 / mp.log(2)), positive(TINY, SMALL, WHOLE, LARGE)),
    "Log10": (lambda x: log(x) * (1 / mp.log(10)), positive(TINY, SMALL, WHOLE, LARGE, [1000.0])),
    "Cbrt": (cbrt, [x for x in ALGEBRAIC if x != 0]),
    "Asinh": (asinh, ALGEBRAIC + [1e160, -1e300]),
    "Acosh": (acosh, [x for x in positive(SMALL, WHOLE, LARGE, [1e160, 1e300]) if x > 1]),
    "Atanh": (atanh, INSIDE),
    "ErfInv": (erfinv, INSIDE),
    "LogGamma": (polygamma(0), positive(TINY, SMALL, WHOLE, LARGE) + GAMMA),
    "Digamma": (polygamma(1), positive(TINY, SMALL, WHOLE, LARGE) + GAMMA),
    "BesselI0e": (scaled_bessel(0), EVERYWHERE),
    "BesselI1e": (scaled_bessel(1), EVERYWHERE),
    "Sinc": (sinc, signed(TINY, SMALL, WHOLE, [3.25, 12.5, 20.125, 100.0, 800.25])),
    "Ceiling": (lambda x: constant(x, mp.ceil(x.value)), FEW),
    "Truncate": (lambda x: constant(x, mp.floor(abs(x.value)) * mp.sign(x.value)), FEW),
    "SignBit": (lambda x: constant(x, 1 if x.value < 0 else 0), [x for x in FEW if x != 0]),
    "IsNaN": (lambda x: constant(x, 0), FEW),
    "IsFinite": (lambda x: constant(x, 1), FEW),
    "IsInfinite": (lambda x: constant(x, 0), FEW),
    "LogicalNot": (lambda x: constant(x, 1 if x.value == 0 else 0), FEW),
    "NanToNum": (lambda x: x, FEW),
    "Clamp": (lambda x: x if -1 <= x.value <= 2 else constant(x, min(max(x.value, -1), 2)), FEW),
}


def compared(holds):
    return lambda x, y: constant(x, 1 if holds(x.value, y.value) else 0)


def chosen(left):
    """The left argument where left holds, half of each in a tie."""
    return lambda x, y: (x + y) * mpf(0.5) if x.value == y.value else x if left(x.value, y.value) else y


def general_power(x, y):
    """At x ≤ 0 the exponent is a constant: derivatives in it are 0 at 0 and do not exist below. Nor are they asked for at subnormal x, where most overflow."""
    if x.value >= sys.float_info.min:
        return exp(y * log(x))
    a, r, c, terms = x.value, y.value, mpf(1), {}
    for k in range(x.degree + 1):
        terms[k, 0] = c * a ** (r - k) if c else mpf(0)
        c = c * (r - k) / (k + 1)
    return Series(terms, x.degree)


def atan2(y, x):
    angle = mp.atan2(y.value, x.value)
    quotient = y / x if abs(x.value) >= abs(y.value) else -(x / y)
    return atan(quotient) + (angle - mp.atan(quotient.value))


def hypot(x, y):
    return constant(x, 0) if x.value == 0 and y.value == 0 else sqrt(x * x + y * y)


def xlogy(x, y):
    return constant(x, 0) if x.value == 0 and y.value <= 0 else x * log(y)


def norm(order):
    def function(x, y):
        if order == 2:
            return sqrt(x * x + y * y)
        # An element that is 0 counts as a constant, where the power is not smooth.
        parts = [constant(u, 0) if u.value == 0 else power(u * mp.sign(u.value), mpf(order)) for u in (x, y)]
        return power(parts[0] + parts[1], 1 / mpf(order))

    return function


def grid(xs, ys):
    return [(x, y) for x in xs for y in ys]


PLANE = grid([1.0, -2.0, 3.0, 0.5], [1.0, 3.0, -0.75]) + [(2.0, 2.0), (1e-8, 1.0), (1.0, 1e-8), (1e8, 3.0)]
REMAINDERS = grid([5.0, -5.0, 0.0, 7.25, 1e20, 5e-324], [3.0, -3.0, 0.75, 800.0]) + [(6.0, 3.0), (-6.0, 3.0), (1 - EPSILON / 2, 0.1), (0.3, 0.1)]
NEAR = grid([0.0, -0.0, 1.0, -2.0, 3.0, 5e-324], [0.0, 1.0, -2.0, 3.0])

TWOS = {
    "Add": (lambda x, y: x + y, NEAR),
    "Subtract": (lambda x, y: x - y, NEAR),
    "Multiply": (lambda x, y: x * y, NEAR),
    "Divide": (lambda x, y: x / y, [(x, y) for x, y in PLANE + grid([0.0, 1.0, -3.0], [2.0, 1e-20, 1e20, 800.0])]),
    "Power": (
        general_power,
        grid([3.0, 1.0, 0.5, 2.5, 1e-5, 800.0], [0.0, -0.0, 1.0, 2.0, 3.0, 4.0, -1.0, -2.0, 0.5, 2.5, -0.5])
        + grid([0.0, -0.0], [0.0, 1.0, 2.0, 3.0, 4.0, 7.0])
        + grid([-2.0, -0.5], [0.0, 1.0, 2.0, 3.0, -1.0, -2.0])
        + [(1e-310, 0.0), (-1e-310, 0.0), (1e-310, 1.0), (1e-310, 2.0), (1.0, 800.0), (1.0, -800.0), (2.0, 100.0), (2.0, 1e-300), (2.0, 5e-324)],
    ),
    "Atan2": (atan2, PLANE + [(0.0, 1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, 800.0), (800.0, 1.0), (5e-324, 1.0), (1.0, 5e-324)]),
    "Maximum": (chosen(lambda x, y: x > y), NEAR),
    "Minimum": (chosen(lambda x, y: x < y), NEAR),
    "Equal": (compared(lambda x, y: x == y), NEAR),
    "NotEqual": (compared(lambda x, y: x != y), NEAR),
    "Less": (compared(lambda x, y: x < y), NEAR),
    "LessOrEqual": (compared(lambda x, y: x <= y), NEAR),
    "Greater": (compared(lambda x, y: x > y), NEAR),
    "GreaterOrEqual": (compared(lambda x, y: x >= y), NEAR),
    "Hypot": (hypot, PLANE + [(0.0, 2.0), (3.0, 0.0), (-0.0, -1.0), (0.0, 0.0), (-1e200, 1e200), (3e-70, 4e-70), (1e160, 1.0)]),
    "Modulo": (lambda x, y: x - y * mp.floor(x.value / y.value), REMAINDERS),
    "Remainder": (lambda x, y: x - y * (mp.floor(abs(x.value / y.value)) * mp.sign(x.value / y.value)), REMAINDERS),
    "XLogY": (xlogy, grid([0.0, -0.0, 1.0, -2.5, 1e-20, 800.0], [0.5, 1.0, 1.25, 3.0, 1e-70, 1e300]) + [(0.0, 0.0), (0.0, -1.0)]),
    "LogAddExp": (
        lambda x, y: log(exp(x) + exp(y)),
        NEAR + [(800.0, 799.0), (-800.0, -800.0), (5.0, -5.0), (-5.0, 5.0), (800.0, 800.0), (-1e20, 1.0), (1.0, -1e20), (-0.75, -0.5)],
    ),
    "LogicalAnd": (compared(lambda x, y: x != 0 and y != 0), NEAR),
    "LogicalOr": (compared(lambda x, y: x != 0 or y != 0), NEAR),
    "LogicalXor": (compared(lambda x, y: (x != 0) != (y != 0)), NEAR),
    "Norm: of order 1.5": (norm(1.5), PLANE + [(0.0, 2.0), (3.0, 0.0), (-0.0, -1.0)]),
    "Norm: of order 2": (norm(2), PLANE + [(0.0, 2.0), (3.0, 0.0), (-0.0, -1.0)]),
    "Norm: of order 3": (norm(3), PLANE + [(0.0, 2.0), (3.0, 0.0), (-0.0, -1.0)]),
    "Norm: of order 4": (
        lambda x, y: power(x * x * x * x + y * y * y * y, mpf(0.25)),
        PLANE + [(0.0, 2.0), (3.0, 0.0), (-0.0, -1.0)],
    ),
    "LogSumExp: of two": (lambda x, y: log(exp(x) + exp(y)), NEAR + [(800.0, 799.0), (-800.0, -800.0), (5.0, -5.0)]),
    "Softmax: the first of two": (lambda x, y: exp(x) / (exp(x) + exp(y)), NEAR + [(800.0, 799.0), (-800.0, -800.0), (5.0, -5.0)]),
    "LogSoftmax: the first of two": (lambda x, y: x - log(exp(x) + exp(y)), NEAR + [(800.0, 799.0), (-800.0, -800.0), (5.0, -5.0)]),
    "Product: of two": (lambda x, y: x * y, NEAR),
    "Variance: of two": (lambda x, y: (x - y) * (x - y) * mpf(0.25), NEAR),
}


RANGES = {
    **dict.fromkeys(["Sqrt", "Reciprocal", "Atan", "Log", "Log1p"], 1e300),
    **dict.fromkeys(["Exp", "Expm1", "Sinh", "Cosh"], 709.0),
    **dict.fromkeys(["Tanh", "SechSquared"], 400.0),
    **dict.fromkeys(["Sigmoid", "LogSigmoid", "Softplus", "Silu", "Mish", "Elu", "Selu"], 760.0),
    **dict.fromkeys(["Sin", "Cos", "Tan"], 1e5),
    **dict.fromkeys(["Asin", "Acos"], 1.0),
    **dict.fromkeys(["NormalCdf", "Gelu"], 38.5),
    **dict.fromkeys(["Erf", "Erfc"], 27.2),
    **dict.fromkeys(["Log2", "Log10", "Cbrt", "Asinh", "Acosh", "LogGamma", "Digamma"], 1e300),
    **dict.fromkeys(["Atanh", "ErfInv"], 1.0),
    **dict.fromkeys(["BesselI0e", "BesselI1e", "Sinc"], 1000.0),
    "Exp2": 1020.0,
}


PAIRS = ["Power", "Atan2", "Hypot", "Modulo", "Remainder", "XLogY", "LogAddExp"]


def spread(name, count=90):
    """Numbers of every size that the function's range holds: some of them evenly, some by their exponents."""
    drawn, largest = random.Random(name), RANGES[name]
    low = -300 if largest > 1e200 else -9
    numbers = [drawn.uniform(-largest, largest) for _ in range(count // 3)]
    numbers += [drawn.choice([-1, 1]) * min(largest, 10 ** drawn.uniform(low, math.log10(largest))) for _ in range(count - count // 3)]
    if name == "Acosh":
        return [max(1 + EPSILON, 1 + abs(x)) for x in numbers]
    positives = dict.fromkeys(["Log2", "Log10", "LogGamma", "Digamma"], lambda x: x > 0)
    domain = {**positives, "Sqrt": lambda x: x > 0, "Log": lambda x: x > 0, "Log1p": lambda x: x > -1}.get(name, lambda x: True)
    return [x if domain(x) else -x for x in numbers]


def pairs(name, count=120):
    drawn = random.Random(name)
    if name == "Atan2":
        return [tuple(drawn.choice([-1, 1]) * 10 ** drawn.uniform(-20, 20) for _ in range(2)) for _ in range(count)]
    if name in ("Hypot", "Modulo", "Remainder"):
        middles = [drawn.uniform(-290, 290) for _ in range(count)]
        return [tuple(drawn.choice([-1, 1]) * 10 ** (c + drawn.uniform(-8, 8)) for _ in range(2)) for c in middles]
    if name == "XLogY":
        return [(drawn.uniform(-5, 5), 1 + drawn.uniform(-0.1, 0.1) if k % 2 else 10 ** drawn.uniform(-300, 300)) for k in range(count)]
    if name == "LogAddExp":  # near 0 the error is that of the larger argument
        return [tuple(drawn.choice([-1, 1]) * 10 ** drawn.uniform(0.5, 3) for _ in range(2)) for k in range(count)]
    bases = [10 ** drawn.uniform(-3, 3) if k % 2 else 1 + drawn.uniform(-0.1, 0.1) for k in range(count)]
    return [(x, drawn.uniform(-1, 1) * min(1e5, 700 / abs(math.log(x)))) for x in bases]


def nearest(value):
    """The double nearest the value, as JSON."""
    number = float(mp.nstr(value, 40, min_fixed=0, max_fixed=0))
    return '"inf"' if number == math.inf else '"-inf"' if number == -math.inf else repr(number)


def derivatives(series, orders):
    return [nearest(series.terms.get(k, mpf(0)) * mp.factorial(k[0]) * mp.factorial(k[1])) for k in orders]


def row_of_one(function, x, degree=ONE):
    series = function(Series({(0, 0): mpf(x), (1, 0): mpf(1)}, degree))
    return [repr(x)] + derivatives(series, [(k, 0) for k in range(degree + 1)])


def row_of_two(name, function, x, y, degree=TWO):
    series = function(Series({(0, 0): mpf(x), (1, 0): mpf(1)}, degree), Series({(0, 0): mpf(y), (0, 1): mpf(1)}, degree))
    orders = [(total - j, j) for total in range(degree + 1) for j in range(total + 1)]
    values = derivatives(series, orders)
    if name == "Power" and (x < 0 or 0 < x < TINY[-1]):
        values = [value if j == 0 else "null" for value, (_, j) in zip(values, orders)]
    return [repr(x), repr(y)] + values


def table(name, rows):
    lines = ",\n".join("[" + ",".join(row) + "]" for row in rows)
    return f'"{name}":[\n{lines}]'


def main():
    ones = [table(name, [row_of_one(f, x) for x in points]) for name, (f, points) in ONES.items()]
    twos = [table(name, [row_of_two(name, f, x, y) for x, y in points]) for name, (f, points) in TWOS.items()]
    values = [table(name, [[repr(x), row_of_one(ONES[name][0], x, 0)[1]] for x in spread(name)]) for name in RANGES]
    values += [
        table(name, [[repr(x), repr(y), row_of_two(name, TWOS[name][0], x, y, 0)[2]] for x, y in pairs(name)]) for name in PAIRS
    ]
    print('{"one":{\n' + ",\n".join(ones) + '},\n"two":{\n' + ",\n".join(twos) + '},\n"values":{\n' + ",\n".join(values) + "}}")


if __name__ == "__main__":
    main()
