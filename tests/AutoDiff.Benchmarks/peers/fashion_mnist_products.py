"""A gradient and Hessian products over all of Fashion-MNIST in PyTorch, float64, one batch: what `batches` times on our side.

    OPENBLAS_CORETYPE=SKYLAKEX OPENBLAS_NUM_THREADS=1 /usr/bin/python3 fashion_mnist_products.py FOLDER [--widths 784,100,50,10] [--examples 60000] [--pairs 10]

FOLDER holds train-images-idx3-ubyte.gz and train-labels-idx1-ubyte.gz. The product is linearized once: the gradient's graph is kept and differentiated again.
"""

import argparse
import gzip
import pathlib
import resource
import time

import numpy
import torch

arguments = argparse.ArgumentParser()
arguments.add_argument("folder", type=pathlib.Path)
arguments.add_argument("--widths", default="784,100,50,10")
arguments.add_argument("--examples", type=int, default=60000)
arguments.add_argument("--calls", type=int, default=3)
arguments.add_argument("--pairs", type=int, default=0)
options = arguments.parse_args()
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)


def read(name, header):
    with gzip.open(options.folder / name) as file:
        return numpy.frombuffer(file.read(), numpy.uint8, offset=header)


images = read("train-images-idx3-ubyte.gz", 16).reshape(-1, 784)[: options.examples]
rows = torch.from_numpy(images / 255.0)
labels = torch.from_numpy(read("train-labels-idx1-ubyte.gz", 8)[: options.examples].astype(numpy.int64))
widths = [int(width) for width in options.widths.split(",")]
leaves = []
for before, after in zip(widths, widths[1:]):
    leaves += [torch.randn(before, after) / before**0.5, torch.zeros(after)]
leaves = [leaf.requires_grad_() for leaf in leaves]
direction = [torch.randn_like(leaf) for leaf in leaves]


def loss():
    hidden = rows
    for i in range(0, len(leaves), 2):
        hidden = torch.addmm(leaves[i + 1], hidden, leaves[i])
        if i < len(leaves) - 2:
            hidden = torch.tanh(hidden)
    return torch.nn.functional.cross_entropy(hidden, labels)


def seconds(call):
    times = []
    for _ in range(options.calls + 1):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return float(numpy.median(times[1:]))


print(f"PyTorch {torch.__version__}, {sum(leaf.numel() for leaf in leaves)} parameters, {len(rows)} examples")
print(f"gradient {seconds(lambda: torch.autograd.grad(loss(), leaves)):.3f} s")
gradient = torch.autograd.grad(loss(), leaves, create_graph=True)
print(f"H·v, linearized once {seconds(lambda: torch.autograd.grad(gradient, leaves, direction, retain_graph=True)):.3f} s")
if options.pairs:
    import scipy.sparse.linalg

    size, products = sum(leaf.numel() for leaf in leaves), 0

    def multiply(x):
        global products
        products += 1
        parts = torch.from_numpy(numpy.ascontiguousarray(x).reshape(-1)).split([leaf.numel() for leaf in leaves])
        vector = [part.reshape(leaf.shape) for part, leaf in zip(parts, leaves)]
        result = torch.autograd.grad(gradient, leaves, vector, retain_graph=True)
        return torch.cat([part.reshape(-1) for part in result]).numpy()

    operator = scipy.sparse.linalg.LinearOperator((size, size), matvec=multiply, dtype=float)
    start = time.perf_counter()
    values, vectors = scipy.sparse.linalg.eigsh(operator, k=options.pairs, which="LA", tol=1e-8)
    took, used = time.perf_counter() - start, products
    residual = max(numpy.linalg.norm(multiply(v) - value * v) for value, v in zip(values, vectors.T))
    print(f"{options.pairs} largest eigenpairs (ARPACK) {took:.1f} s, {used} products, {values[0]:.6g} to {values[-1]:.6g}, largest residual {residual:.2g}")
print(f"most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
