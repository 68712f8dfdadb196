"""Metrics of predictions by their definitions in NumPy: pairs counted one by one, thresholds tried one by one, correlations of one-hot columns.

    /usr/bin/python3 metrics.py > metrics.json

Each follows the rules of scikit-learn (zero_division=0), which is not needed. No value comes from a formula on a confusion matrix's sums where it has a definition on examples.
"""

import json
import math

import numpy as np

random = np.random.default_rng(3)


def ratio(a, b):
    return a / b if b else 0.0


def hot(classes, count):
    return (classes[:, None] == np.arange(count)).astype(float)


def confusion(predicted, actual, count):
    a, p = hot(actual, count), hot(predicted, count)
    n = len(actual)
    covariance = lambda x, y: ((x - x.mean(0)) * (y - y.mean(0))).sum()
    spread = math.sqrt(covariance(a, a)) * math.sqrt(covariance(p, p))
    agree, chance = np.mean(predicted == actual), np.mean(predicted[:, None] == actual[None, :])
    yield "accuracy", agree
    yield "balanced", np.mean([np.mean(predicted[actual == k] == k) for k in set(actual.tolist())])
    yield "mcc", covariance(a, p) / spread if spread > 1e-12 else 0.0
    yield "kappa", (agree - chance) / (1 - chance) if chance < 1 else math.nan
    scores = {
        "precision": lambda p, a: ratio((p & a).sum(), p.sum()),
        "recall": lambda p, a: ratio((p & a).sum(), a.sum()),
        "specificity": lambda p, a: ratio((~p & ~a).sum(), (~a).sum()),
    }
    for beta in (0.5, 1, 2):
        scores[f"F{beta}"] = lambda p, a, b=beta * beta: ratio((1 + b) * (p & a).sum(), (1 + b) * (p & a).sum() + b * (~p & a).sum() + (p & ~a).sum())
    a, p = a.astype(bool), p.astype(bool)
    for name, score in scores.items():
        each = [score(p[:, k], a[:, k]) for k in range(count)]
        yield f"{name} each", each
        yield f"{name} macro", np.mean(each)
        yield f"{name} micro", score(p.ravel(), a.ravel())
        yield f"{name} weighted", sum(s * a[:, k].sum() for k, s in enumerate(each)) / n


def area(scores, positive):
    s, t = scores[positive], scores[~positive]
    return np.mean([(x > y) + (x == y) / 2 for x in s for y in t]) if len(s) and len(t) else math.nan


def bins(confidence, right, count, mass):
    edges = np.quantile(confidence, np.arange(count + 1) / count) if mass else np.arange(count + 1) / count
    rows = []
    for i in range(count):
        inside = (confidence <= edges[i + 1]) & ((confidence > edges[i]) | (i == 0))
        if inside.any():
            rows.append([inside.sum(), confidence[inside].mean(), right[inside].mean()])
    gaps = [abs(c - r) for _, c, r in rows]
    return [sum(n * g for (n, _, _), g in zip(rows, gaps)) / len(confidence), max(gaps)] + [v for row in rows for v in row]


def many(scores, classes):
    count = scores.shape[1]
    predicted = np.array([min(k for k in range(count) if row[k] == max(row)) for row in scores])
    yield from confusion(predicted, classes, count)
    for k in range(1, count + 1):
        order = [sorted(range(count), key=lambda j: (-row[j], j))[:k] for row in scores]
        yield f"top {k}", np.mean([c in o for c, o in zip(classes, order)])
    yield "auc rest", np.mean([area(scores[:, k], classes == k) for k in range(count)])
    pairs = [(i, j) for i in range(count) for j in range(count) if i != j]
    yield "auc one", np.mean([area(scores[m, i], classes[m] == i) for i, j in pairs for m in [(classes == i) | (classes == j)]])
    p = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    yield "probabilities", p.ravel()
    yield "brier", np.mean([sum((q - (k == c)) ** 2 for k, q in enumerate(row)) for row, c in zip(p, classes)])
    yield "log loss", -np.mean([math.log(row[c]) for row, c in zip(p, classes)])
    best = np.array([min(k for k in range(count) if row[k] == max(row)) for row in p])
    for mass in (False, True):
        for number in (1, 4, 10):
            yield f"calibration {number} {'mass' if mass else 'width'}", bins(p.max(1), (best == classes).astype(float), number, mass)


def two(scores, classes):
    positive = classes == 1
    yield "auc", area(scores, positive)
    falling = sorted(set(scores.tolist()), reverse=True)
    taken = [scores >= t for t in falling]
    yield "thresholds", falling
    yield "false positives", [t[~positive].mean() for t in taken]
    recalls, precisions = [t[positive].mean() for t in taken], [positive[t].mean() for t in taken]
    yield "recalls", recalls
    yield "precisions", precisions
    yield "average precision", sum((r - q) * p for r, q, p in zip(recalls, [0.0, *recalls], precisions))
    p = 1 / (1 + np.exp(-scores))
    yield "probabilities", p
    yield "brier", np.mean((p - classes) ** 2)
    yield "log loss", -np.mean([math.log(q) if c else math.log1p(-q) for q, c in zip(p, classes)])
    for mass in (False, True):
        yield f"calibration 5 {'mass' if mass else 'width'}", bins(p, classes.astype(float), 5, mass)


def values(x, y):
    yield "rmse", math.sqrt(np.mean((x - y) ** 2))
    yield "mae", np.mean(abs(x - y))
    yield "max", max(abs(x - y))
    yield "r2", 1 - sum((x - y) ** 2) / sum((y - y.mean()) ** 2)


def plain(value):
    return [plain(v) for v in value] if isinstance(value, (list, np.ndarray)) else float(value)


def case(name, kind, x, y):
    figures = {k: plain(v) for k, v in kind(x, y)}
    row = {"name": name, "kind": kind.__name__, "x": np.array(x, float).ravel().tolist(), "y": np.array(y, float).tolist()}
    if "probabilities" in figures:
        row["probabilities"] = figures.pop("probabilities")
    return {**row, "figures": figures}


def drawn(n, count, places=None):
    classes = random.integers(0, count, n)
    scores = random.normal(0, 1, (n, count)) + 1.5 * hot(classes, count)
    return (scores if places is None else np.round(scores, places)), classes


ties, few = np.round(random.normal(0, 1, 60), 1), random.integers(0, 2, 60)
never = drawn(40, 4)
never[0][:, 2] = -9
print(
    json.dumps(
        [
            case("3 classes", many, *drawn(50, 3)),
            case("5 classes, ties", many, *drawn(80, 5, 0)),
            case("2 classes", many, *drawn(30, 2)),
            case("a class never predicted", many, *never),
            case("without ties", two, random.normal(0, 1, 40), random.integers(0, 2, 40)),
            case("with ties", two, ties + few, few),
            case("perfect", two, np.array([-2.0, -1, 1, 2]), np.array([0, 0, 1, 1])),
            case("values", values, random.normal(0, 1, 30), random.normal(0, 1, 30)),
            case("values far from 0", values, random.normal(1e3, 1, 30), random.normal(1e3, 1, 30)),
        ]
    )
)
