"""The Fashion-MNIST training run in NumPy, float64: what `fold` times on our side.

    OPENBLAS_NUM_THREADS=1 /usr/bin/python3 fashion_mnist.py FOLDER [--steps 40000] [--seeds 1 2]

FOLDER holds train- and t10k-images-idx3-ubyte.gz and -labels-idx1-ubyte.gz. Images are halved to 14x14 by means; the net is 196-100-50-10, sigmoid throughout, weights
and biases uniform in ±1/2, half the squared error, batches of 64 drawn with replacement.
"""

import argparse
import gzip
import pathlib
import time

import numpy

WIDTHS = (196, 100, 50, 10)
BATCH = 64
RUNS = {"plain": (1.0, 0.0), "momentum": (0.2, 0.9)}  # learning rate, momentum


def read(folder, name):
    def values(kind, header):
        with gzip.open(folder / f"{name}-{kind}-ubyte.gz") as file:
            return numpy.frombuffer(file.read(), numpy.uint8, offset=header)

    images = values("images-idx3", 16).reshape(-1, 14, 2, 14, 2).mean((2, 4)).reshape(-1, 196) / 255
    return images, values("labels-idx1", 8)


def sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


def layers(weights, biases, rows):
    """The rows, and what each layer makes of them."""
    outputs = [rows]
    for weight, bias in zip(weights, biases):
        outputs.append(sigmoid(outputs[-1] @ weight + bias))
    return outputs


def train(images, targets, seed, rate, momentum, steps):
    random = numpy.random.default_rng(seed)
    weights = [random.random(pair) - 0.5 for pair in zip(WIDTHS, WIDTHS[1:])]
    biases = [random.random((1, width)) - 0.5 for width in WIDTHS[1:]]
    parameters = weights + biases
    velocities = [numpy.zeros_like(parameter) for parameter in parameters]
    for _ in range(steps):
        chosen = random.integers(0, len(images), BATCH)
        outputs = layers(weights, biases, images[chosen])
        delta = (outputs[-1] - targets[chosen]) * outputs[-1] * (1 - outputs[-1])
        slopes = [None] * len(parameters)
        for i in reversed(range(len(weights))):
            slopes[i] = outputs[i].T @ delta / BATCH
            slopes[len(weights) + i] = delta.mean(0, keepdims=True)
            if i > 0:
                delta = (delta @ weights[i].T) * outputs[i] * (1 - outputs[i])
        for parameter, velocity, slope in zip(parameters, velocities, slopes):
            velocity *= momentum
            velocity -= rate * slope
            parameter += velocity
    return weights, biases


def scores(weights, biases, images, labels):
    """Accuracy, and the multi-class Matthews correlation (Gorodkin 2004)."""
    predicted = layers(weights, biases, images)[-1].argmax(1)
    classes = WIDTHS[-1]
    confusion = numpy.bincount(classes * labels.astype(int) + predicted, minlength=classes**2).reshape(classes, classes).astype(float)
    total, right = confusion.sum(), numpy.trace(confusion)
    given, said = confusion.sum(1), confusion.sum(0)
    spread = numpy.sqrt((total**2 - said @ said) * (total**2 - given @ given))
    return right / total, (right * total - given @ said) / spread


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folder", type=pathlib.Path)
    options.add_argument("--steps", type=int, default=40_000)
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    chosen = options.parse_args()
    images, labels = read(chosen.folder, "train")
    targets = numpy.eye(WIDTHS[-1])[labels]
    test = read(chosen.folder, "t10k")
    for seed in chosen.seeds:
        for name, (rate, momentum) in RUNS.items():
            start = time.perf_counter()
            weights, biases = train(images, targets, seed, rate, momentum, chosen.steps)
            seconds = time.perf_counter() - start
            accuracy, correlation = scores(weights, biases, *test)
            print(f"{name:9} seed {seed}: accuracy {accuracy:.4f}, MCC {correlation:.4f}, {seconds:.1f} s, {chosen.steps / seconds:.0f} steps/s", flush=True)


if __name__ == "__main__":
    main()
