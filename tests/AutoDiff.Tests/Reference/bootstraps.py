"""Writes bootstraps.json: intervals and standard errors of scipy.stats.bootstrap (SciPy 1.10) of resamples whose positions a linear congruence gives."""

import json
import pathlib

import numpy as np
from scipy import stats

RESAMPLES = 400
SAMPLES = {
    "skewed": [0.1, 0.4, 0.5, 0.9, 1.3, 2.2, 2.9, 4.8, 7.5, 13.1, 22.4],
    "ties": [1, 1, 2, 2, 2, 3, 5, 8],
    "offset": [1000.25, 1000.5, 1001.125, 999.75, 1003.5, 1000.0, 1001.5],
}
STATISTICS = {
    "mean": np.mean,
    "median": np.median,
    "deviation": lambda x, axis: np.std(x, axis=axis, ddof=1),
    "largest": np.max,
}


class Congruence(np.random.RandomState):
    """state -> 6364136223846793005 state + 1442695040888963407 modulo 2^64, from 1; a position is its upper 31 bits modulo the length."""

    def randint(self, low, high=None, size=None, dtype=int):
        state, drawn = 1, np.empty(int(np.prod(size)), dtype=int)
        for i in range(drawn.size):
            state = (6364136223846793005 * state + 1442695040888963407) % 2**64
            drawn[i] = low + (state >> 33) % (high - low)
        return drawn.reshape(size)


rows = []
for sample, x in SAMPLES.items():
    for name, statistic in STATISTICS.items():
        for method in ("percentile", "basic", "BCa"):
            result = stats.bootstrap(
                (x,), statistic, n_resamples=RESAMPLES, confidence_level=0.9, method=method, vectorized=True, random_state=Congruence(0)
            )
            ends = [*result.confidence_interval, result.standard_error]
            if np.all(np.isfinite(ends)):
                rows.append({"x": x, "statistic": name, "method": method, "expected": [float(end) for end in ends]})
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps({"resamples": RESAMPLES, "level": 0.9, "rows": rows}, indent=1) + "\n")
