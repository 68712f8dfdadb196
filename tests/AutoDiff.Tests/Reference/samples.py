"""Statistics of samples by SciPy 1.10: summaries, tests with all alternatives and methods, effect sizes, correlations.

    /usr/bin/python3 samples.py > samples.json

The Shapiro-Wilk test, which SciPy 1.10 computes in single precision, is transcribed from Royston (1995), AS R94, and checked against SciPy's to 1e-2; Hedges' factor
and the quantiles of Student's distribution are mpmath's. Numbers that are not finite are strings.
"""

import json
import math
import warnings

import mpmath
import numpy as np
from scipy import special, stats

warnings.simplefilter("ignore")
random = np.random.default_rng(12)
SIDES = ["two-sided", "less", "greater"]


def polynomial(x, *coefficients):
    return sum(c * x**i for i, c in enumerate(coefficients))


def shapiro(x):
    x = np.sort(x)
    n = len(x)
    m = special.ndtri((np.arange(1, n + 1) - 0.375) / (n + 0.25))
    a = np.zeros(n)
    if n == 3:
        a[-1] = math.sqrt(0.5)
    else:
        s, u = m @ m, 1 / math.sqrt(n)
        a[-1] = polynomial(u, 0, 0.221157, -0.147981, -2.07119, 4.434685, -2.706056) + m[-1] / math.sqrt(s)
        if n > 5:
            a[-2] = polynomial(u, 0, 0.042981, -0.293762, -1.752461, 5.682633, -3.582633) + m[-2] / math.sqrt(s)
            phi = (s - 2 * m[-1] ** 2 - 2 * m[-2] ** 2) / (1 - 2 * a[-1] ** 2 - 2 * a[-2] ** 2)
        else:
            phi = (s - 2 * m[-1] ** 2) / (1 - 2 * a[-1] ** 2)
        inner = 2 if n > 5 else 1
        a[n // 2 : n - inner] = m[n // 2 : n - inner] / math.sqrt(phi)
    a = a - a[::-1]
    d = x - x.mean()
    # 1 - W exactly: 1 - cos^2 of the angle between the weights and the deviations.
    a, d = [[mpmath.mpf(float(v)) for v in w] for w in (a, d)]
    aa, dd, ad = (mpmath.fsum(p * q for p, q in zip(v, w)) for v, w in ((a, a), (d, d), (a, d)))
    rest = 1 - ad**2 / (aa * dd)
    w, rest = float(1 - rest), float(rest)
    if n == 3:
        return w, max(0.0, 6 / math.pi * (math.asin(math.sqrt(w)) - math.asin(math.sqrt(0.75))))
    if n <= 11:
        y = -math.log(polynomial(n, -2.273, 0.459) - math.log(rest))
        mean = polynomial(n, 0.544, -0.39978, 0.025054, -6.714e-4)
        deviation = math.exp(polynomial(n, 1.3822, -0.77857, 0.062767, -0.0020322))
    else:
        y, log = math.log(rest), math.log(n)
        mean = polynomial(log, -1.5861, -0.31082, -0.083751, 0.0038915)
        deviation = math.exp(polynomial(log, -0.4803, -0.082676, 0.0030302))
    return w, stats.norm.sf((y - mean) / deviation)


def hedges(x, y):
    v = len(x) + len(y) - 2
    return float(mpmath.gamma(mpmath.mpf(v) / 2) / (mpmath.sqrt(mpmath.mpf(v) / 2) * mpmath.gamma(mpmath.mpf(v - 1) / 2))) * cohen(x, y)


def cohen(x, y):
    pooled = math.sqrt(((x - x.mean()) @ (x - x.mean()) + (y - y.mean()) @ (y - y.mean())) / (len(x) + len(y) - 2))
    return (x.mean() - y.mean()) / pooled


def degrees(x, y):
    u, v = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
    return (u + v) ** 2 / (u**2 / (len(x) - 1) + v**2 / (len(y) - 1))


def quantile(tail, v):
    """SciPy's is off by 1e-9."""
    rest = lambda t: mpmath.betainc(mpmath.mpf(v) / 2, 0.5, 0, v / (v + t * t), regularized=True) / 2 - tail
    return float(mpmath.findroot(rest, stats.t.isf(tail, v)))


def figures(x, y):
    n, m = len(x), len(y)
    spread = x.std(ddof=1)
    yield "summary", [x.mean(), spread, spread / math.sqrt(n), np.median(x), x.min(), x.max()]
    for level in (0.5, 0.95, 0.9999):
        half = quantile((1 - level) / 2, n - 1) * spread / math.sqrt(n)
        yield f"interval {level}", [x.mean() - half, x.mean() + half]
    yield "skewness", [stats.skew(x)]
    yield "kurtosis", [stats.kurtosis(x)]
    if n >= 8:
        yield "D'Agostino-Pearson", list(stats.normaltest(x))
    if 3 <= n <= 5000:
        w, p = shapiro(x)
        assert np.allclose(stats.shapiro(x), (w, p), 1e-2), (stats.shapiro(x), w, p)
        yield "Shapiro-Wilk", [w, p]
    yield "d", [cohen(x, y)]
    yield "g", [hedges(x, y)]
    ties = len(set(x) | set(y)) < n + m
    for side in SIDES:
        yield f"t {side}", [*stats.ttest_ind(x, y, alternative=side), n + m - 2]
        yield f"one-sample t {side}", [*stats.ttest_1samp(x, 0.3, alternative=side), n - 1]
        yield f"Welch {side}", [*stats.ttest_ind(x, y, equal_var=False, alternative=side), degrees(x, y)]
        if n * m <= 40_000:
            yield f"U {side}", list(stats.mannwhitneyu(x, y, alternative=side))
        if not ties and n * m <= 10_000:
            yield f"U exact {side}", list(stats.mannwhitneyu(x, y, alternative=side, method="exact"))
        for continuity in (True, False):
            u = stats.mannwhitneyu(x, y, alternative=side, method="asymptotic", use_continuity=continuity)
            yield f"U asymptotic {continuity} {side}", list(u)
        if n == m:
            d = x - y
            yield f"paired t {side}", [*stats.ttest_rel(x, y, alternative=side), n - 1]
            yield f"Pearson {side}", list(stats.pearsonr(x, y, alternative=side))
            yield f"Spearman {side}", list(stats.spearmanr(x, y, alternative=side))
            for correction in (True, False):
                w = stats.wilcoxon(x, y, alternative=side, mode="approx", correction=correction)
                yield f"Wilcoxon asymptotic {correction} {side}", list(w)
            if len(set(abs(d)) | {0.0}) == n + 1 and n <= 500:
                yield f"Wilcoxon exact {side}", list(stats.wilcoxon(x, y, alternative=side, mode="exact"))
    if n == m:
        yield "paired d", [(x - y).mean() / (x - y).std(ddof=1)]


def normal(n, mean=0.0, deviation=1.0):
    return random.normal(mean, deviation, n)


SAMPLES = {
    "22 and 22 runs": (normal(22, 0.8, 0.05), normal(22, 0.83, 0.03)),
    "20 and 20, ties": (np.round(normal(20), 1), np.round(normal(20, 0.4), 1)),
    "7 and 9, ties": (np.round(normal(7), 1) / 2, np.round(normal(9, 0.4), 1) / 2),
    "3 and 3": (normal(3), normal(3, 1)),
    "4 and 6": (normal(4), normal(6, 1)),
    "5 and 5": (normal(5), normal(5, 1)),
    "6 and 400": (normal(6), normal(400, 0.5)),
    "8 and 8": (normal(8), normal(8, -1)),
    "8 and 9": (normal(8), normal(9, -1)),
    "9 and 9": (normal(9), normal(9, 0.2)),
    "11 and 11": (normal(11), normal(11, 2)),
    "12 and 12": (normal(12), normal(12, 2)),
    "exponential 60 and 80": (random.exponential(1, 60), random.exponential(1.5, 80)),
    "uniform 50 and 50": (random.uniform(0, 1, 50), random.uniform(0.1, 1.1, 50)),
    "51 and 51": (normal(51), normal(51, 0.3, 3)),
    "300 and 300 far apart": (normal(300), normal(300, 4)),
    "120 and 90, deviations 1 and 100": (normal(120), normal(90, 3, 100)),
    "1200 and 1500": (normal(1200), normal(1500, 0.1)),
    "12 and 12, p near 1e-220": (normal(12, 0, 1e-10), normal(12, 1, 1e-10)),
}


def number(value):
    return float(value) if math.isfinite(value) else str(float(value))


print(
    json.dumps(
        [
            {
                "name": name,
                "x": x.tolist(),
                "y": y.tolist(),
                "figures": {figure: [number(value) for value in values] for figure, values in figures(x, y)},
            }
            for name, (x, y) in SAMPLES.items()
        ]
    )
)
