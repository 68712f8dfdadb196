"""Linear algebra by PyTorch in float64: values, gradients of the value weighted by numbers that are given, and that gradient's derivative along a direction.

    /usr/bin/python3 linear_algebra.py > linear_algebra.json

PyTorch and JAX share the formulas (Murray 2016 for Cholesky, with a symmetric gradient; A⁻ᵀ for the logarithm of the determinant). The log-likelihood is that of mpmath with
40 digits.
"""

import json
import math

import mpmath
import torch

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
mpmath.mp.dps = 40


def definite(*shape):
    x = torch.randn(*shape)
    return x @ x.transpose(-1, -2) + torch.eye(shape[-1])


def general(*shape):
    return torch.randn(*shape) + 2 * torch.eye(shape[-1]).flip(-1)


def symmetric(x):
    return (x + x.transpose(-1, -2)) / 2


def flat(tensors):
    return [{"shape": list(x.shape), "data": x.detach().reshape(-1).tolist()} for x in tensors]


def row(name, function, inputs, directions=None):
    inputs = [x.clone().requires_grad_() for x in inputs]
    value = function(*inputs)
    weights = torch.randn(value.shape)
    directions = directions or [torch.randn(x.shape) for x in inputs]
    gradient = torch.autograd.grad((weights * value).sum(), inputs, create_graph=True)
    along = sum((g * d).sum() for g, d in zip(gradient, directions))
    products = torch.autograd.grad(along, inputs, allow_unused=True) if along.requires_grad else [None] * len(inputs)
    products = [torch.zeros_like(x) if p is None else p for p, x in zip(products, inputs)]
    keys = ("inputs", "value", "weights", "gradient", "directions", "products")
    return {"name": name} | dict(zip(keys, map(flat, (inputs, [value], [weights], gradient, directions, products))))


def solution(upper, transposed, unit):
    def solve(a, b):
        a = a.transpose(-1, -2) if transposed else a
        return torch.linalg.solve_triangular(a, b, upper=upper != transposed, unitriangular=unit)

    return solve


def likelihood_by_mpmath(points, targets, parameters):
    lengthscale, variance, noise = (mpmath.exp(mpmath.mpf(p)) for p in parameters.tolist())
    n = len(points)
    k = mpmath.matrix(n, n)
    for i in range(n):
        for j in range(n):
            square = sum((mpmath.mpf(x) - mpmath.mpf(y)) ** 2 for x, y in zip(points[i].tolist(), points[j].tolist()))
            k[i, j] = variance * mpmath.exp(-square / (2 * lengthscale**2)) + (noise if i == j else 0)
    y = mpmath.matrix([mpmath.mpf(t) for t in targets.tolist()])
    fit = (y.T * mpmath.lu_solve(k, y))[0]
    return float(-(fit + mpmath.log(mpmath.det(k)) + n * mpmath.log(2 * mpmath.pi)) / 2)


def likelihood(points, targets, parameters):
    lengthscale, variance, noise = torch.exp(parameters)
    squares = ((points[:, None, :] - points[None, :, :]) ** 2).sum(-1)
    factor = torch.linalg.cholesky(variance * torch.exp(-squares / (2 * lengthscale**2)) + noise * torch.eye(len(points)))
    whitened = torch.linalg.solve_triangular(factor, targets[:, None], upper=False)
    return -((whitened**2).sum() + len(points) * math.log(2 * math.pi)) / 2 - torch.log(torch.diagonal(factor)).sum()


def main():
    rows = [
        row("Cholesky", torch.linalg.cholesky, [definite(5, 5)], [symmetric(torch.randn(5, 5))]),
        row("Cholesky", torch.linalg.cholesky, [definite(2, 3, 3)], [symmetric(torch.randn(2, 3, 3))]),
        row("Cholesky", torch.linalg.cholesky, [definite(20, 20)], [symmetric(torch.randn(20, 20))]),
        row("Solve", torch.linalg.solve, [general(4, 4), torch.randn(4, 2)]),
        row("Solve", torch.linalg.solve, [general(2, 3, 3), torch.randn(2, 3, 1)]),
        row("Inverse", torch.linalg.inv, [general(4, 4)]),
        row("Determinant", torch.linalg.det, [general(4, 4)]),
        row("Determinant", torch.linalg.det, [general(2, 3, 3)]),
        row("LogDeterminant", lambda x: torch.linalg.slogdet(x)[1], [general(2, 4, 4)]),
        row("Kronecker", torch.kron, [torch.randn(2, 3), torch.randn(4, 2)]),
        row("Trace", torch.trace, [torch.randn(3, 3)]),
    ]
    for upper in (False, True):
        for transposed in (False, True):
            for unit in (False, True):
                name = f"TriangularSolve {upper} {transposed} {unit}"
                rows.append(row(name, solution(upper, transposed, unit), [general(4, 4) + 3 * torch.eye(4), torch.randn(4, 3)]))
    points, targets, parameters = torch.randn(12, 3), torch.randn(12), torch.tensor([0.3, -0.2, -2.0])
    process = row("LogLikelihood", likelihood, [points, targets, parameters])
    process["value"][0]["data"] = [likelihood_by_mpmath(points, targets, parameters)]
    print(json.dumps(rows + [process]))


main()
