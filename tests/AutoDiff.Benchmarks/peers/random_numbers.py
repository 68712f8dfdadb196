"""Random numbers of NumPy's Philox generator and of PyTorch's, float64, one thread: what `random` times on our side.

    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 /usr/bin/python3 random_numbers.py [--seconds 0.1] [--json FILE]

Each row is the median time of a call, in microseconds, after three calls that are not timed; all write to an array that is there where the call can.
"""

import argparse
import json
import statistics
import time

import numpy
import torch

ELEMENTS = 65536


def median_microseconds(call, seconds):
    for _ in range(3):
        call()
    times, end = [], time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1e6 * statistics.median(times)


def calls():
    generator = numpy.random.Generator(numpy.random.Philox(4))
    to = numpy.empty(ELEMENTS)
    yield "numpy uniform", lambda: generator.random(out=to)
    yield "numpy normal", lambda: generator.standard_normal(out=to)
    yield "numpy exponential", lambda: generator.standard_exponential(out=to)
    yield "numpy bernoulli", lambda: generator.binomial(1, 0.3, ELEMENTS)
    yield "numpy integers", lambda: generator.integers(0, 1000, ELEMENTS)
    yield "numpy permutation", lambda: generator.permutation(ELEMENTS)
    yield "numpy gamma", lambda: generator.standard_gamma(2.5, out=to)
    tensor = torch.empty(ELEMENTS, dtype=torch.float64)
    shapes = torch.full((ELEMENTS,), 2.5, dtype=torch.float64)
    yield "torch uniform", lambda: tensor.uniform_()
    yield "torch normal", lambda: tensor.normal_()
    yield "torch exponential", lambda: tensor.exponential_()
    yield "torch bernoulli", lambda: tensor.bernoulli_(0.3)
    yield "torch integers", lambda: torch.randint(0, 1000, (ELEMENTS,))
    yield "torch permutation", lambda: torch.randperm(ELEMENTS)
    yield "torch gamma", lambda: torch._standard_gamma(shapes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="random")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=0.1)
    parser.add_argument("--json")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    rows = [{"what": name, "us": median_microseconds(call, options.seconds)} for name, call in calls()]
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(rows, file)
    for row in rows:
        print(f"{row['what']:20} {row['us']:10.1f}")


if __name__ == "__main__":
    main()
