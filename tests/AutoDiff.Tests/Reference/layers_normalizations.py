"""Normalizations by PyTorch, float64: python3 layers_normalizations.py > layers_normalizations.json

Three training steps on three batches, with the state after each; then on the first batch, in training and at inference with the state after the third,
the output, and of the sum of the output times `weights` the gradient and the Hessian's product with `directions` by the input and all parameters.
Root mean squares and batch renormalization, which PyTorch 1.13 does not have, are transcribed from their papers' equations.
Weight normalization's second derivative is wrong in PyTorch 1.13 on a processor, as differences of its gradient show: there the equation stands in.
Dense weights are written [inputs, units], lengths of weights [outputs].
"""
import json
import sys

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(12)
sys.modules["torch.nn.utils.weight_norm"]._weight_norm = lambda v, g, dim: v * (g / v.flatten(1).norm(dim=1).reshape(g.shape))


class Rms(nn.Module):
    """Zhang, Sennrich 2019, equation 4, with epsilon beside the mean square."""

    def __init__(self, shape, eps):
        super().__init__()
        self.weight, self.eps, self.axes = nn.Parameter(torch.ones(shape)), eps, tuple(range(-len(shape), 0))

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(self.axes, keepdim=True) + self.eps) * self.weight


class Renorm(nn.Module):
    """Ioffe 2017, algorithm 1."""

    def __init__(self, channels, alpha, r_max, d_max, eps=1e-5):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))
        self.alpha, self.r_max, self.d_max, self.eps = alpha, r_max, d_max, eps
        self.register_buffer("mu", torch.zeros(channels))
        self.register_buffer("sigma", torch.ones(channels))

    def forward(self, x):
        shape = [1, -1] + [1] * (x.dim() - 2)
        if self.training:
            axes = [a for a in range(x.dim()) if a != 1]
            mu = x.mean(axes)
            sigma = torch.sqrt(((x - mu.reshape(shape)) ** 2).mean(axes) + self.eps)
            r = torch.clamp(sigma / self.sigma, 1 / self.r_max, self.r_max).detach()
            d = torch.clamp((mu - self.mu) / self.sigma, -self.d_max, self.d_max).detach()
            y = (x - mu.reshape(shape)) / sigma.reshape(shape) * r.reshape(shape) + d.reshape(shape)
            self.mu = self.mu + self.alpha * (mu - self.mu).detach()
            self.sigma = self.sigma + self.alpha * (sigma - self.sigma).detach()
        else:
            y = (x - self.mu.reshape(shape)) / self.sigma.reshape(shape)
        return self.weight.reshape(shape) * y + self.bias.reshape(shape)


def same(t):
    return t


def transposed(t):
    return t.transpose(0, 1) if t.dim() == 2 else t


def flat(t):
    return t.reshape(-1)


AFFINE = {"scale": ("weight", same), "shift": ("bias", same)}
RUNNING = {"mean": ("running_mean", same), "variance": ("running_var", same)}
RENORM = {"mean": ("mu", same), "deviation": ("sigma", same)}
WEIGHT = {"weight.direction": ("weight_v", transposed), "weight.length": ("weight_g", flat), "bias": ("bias", same)}
SPECTRAL = {"weight": ("parametrizations.weight.original", transposed), "bias": ("bias", same)}
VECTORS = {"weight.left": ("parametrizations.weight.0._u", same), "weight.right": ("parametrizations.weight.0._v", same)}
spectral = nn.utils.parametrizations.spectral_norm

CASES = [
    ("batch, features", nn.BatchNorm1d(3), [6, 3], AFFINE, RUNNING),
    ("batch, signals", nn.BatchNorm1d(3, eps=0.01, momentum=0.3), [4, 3, 5], AFFINE, RUNNING),
    ("batch, images", nn.BatchNorm2d(3), [2, 3, 3, 2], AFFINE, RUNNING),
    ("batch, not affine", nn.BatchNorm1d(3, affine=False), [5, 3], {}, RUNNING),
    ("batch, no running statistics", nn.BatchNorm1d(3, track_running_stats=False), [5, 3], AFFINE, {}),
    ("layer, one axis", nn.LayerNorm(5), [3, 4, 5], AFFINE, {}),
    ("layer, two axes", nn.LayerNorm([3, 4], eps=0.02), [3, 3, 4], AFFINE, {}),
    ("layer, not affine", nn.LayerNorm(5, elementwise_affine=False), [3, 5], {}, {}),
    ("instance, signals", nn.InstanceNorm1d(3), [2, 3, 5], {}, {}),
    ("instance, images", nn.InstanceNorm2d(3, eps=0.03, momentum=0.3, affine=True, track_running_stats=True), [2, 3, 3, 2], AFFINE, RUNNING),
    ("group, features", nn.GroupNorm(2, 6), [3, 6], AFFINE, {}),
    ("group, images", nn.GroupNorm(2, 4, eps=0.02), [2, 4, 3, 2], AFFINE, {}),
    ("group, not affine", nn.GroupNorm(3, 6, affine=False), [2, 6, 4], {}, {}),
    ("rms, one axis", Rms([5], 1e-6), [3, 4, 5], {"scale": ("weight", same)}, {}),
    ("rms, two axes", Rms([3, 4], 0.02), [3, 3, 4], {"scale": ("weight", same)}, {}),
    ("renorm, features", Renorm(3, 0.01, 3, 5), [6, 3], AFFINE, RENORM),
    ("renorm, clipped", Renorm(3, 0.2, 1.1, 0.05), [4, 3, 3, 2], AFFINE, RENORM),
    ("weight, dense", nn.utils.weight_norm(nn.Linear(4, 3)), [3, 4], WEIGHT, {}),
    ("weight, kernels", nn.utils.weight_norm(nn.Conv1d(2, 3, 2)), [2, 2, 4], WEIGHT, {}),
    ("spectral, dense", spectral(nn.Linear(4, 3)), [3, 4], SPECTRAL, VECTORS),
    ("spectral, kernels", spectral(nn.Conv1d(2, 3, 2), n_power_iterations=2), [2, 2, 4], SPECTRAL, VECTORS),
]


def attribute(module, path):
    for name in path.split("."):
        module = module[int(name)] if name.isdigit() else getattr(module, name)
    return module


def tensor(t):
    return {"shape": list(t.shape), "data": t.detach().reshape(-1).tolist()}


def tensors(module, names):
    return {name: tensor(turn(attribute(module, path))) for name, (path, turn) in names.items()}


def derivatives(module, x, names, weights, directions):
    saved = {name: value.clone() for name, value in module.state_dict().items()}
    x = x.clone().requires_grad_(True)
    leaves = [x] + [attribute(module, path) for path, _ in names.values()]
    turns = [same] + [turn for _, turn in names.values()]
    output = module(x)
    gradients = torch.autograd.grad((output * weights).sum(), leaves, create_graph=True)
    slope = sum((g * d).sum() for g, d in zip(gradients, directions))
    products = torch.autograd.grad(slope, leaves, allow_unused=True)
    module.load_state_dict(saved)
    products = [torch.zeros_like(leaf) if p is None else p for leaf, p in zip(leaves, products)]
    written = lambda values: {name: turn(v).reshape(-1).tolist() for name, turn, v in zip(["x", *names], turns, values)}
    return {"output": tensor(output), "gradients": written(gradients), "products": written(products)}


def case(name, module, shape, parameters, state):
    for path, _ in parameters.values():
        leaf = attribute(module, path)
        leaf.data = leaf.data + 0.5 * torch.randn_like(leaf)
    batches = [1.5 * torch.randn(shape) + 0.7 for _ in range(3)]
    before = tensors(module, state)
    after = []
    for batch in batches:
        module(batch)
        after.append(tensors(module, state))
    weights = torch.randn_like(module.eval()(batches[0]))
    leaves = [batches[0]] + [attribute(module, path) for path, _ in parameters.values()]
    directions = [torch.randn_like(leaf) for leaf in leaves]
    turned = [same] + [turn for _, turn in parameters.values()]
    return {
        "name": name,
        "parameters": tensors(module, parameters),
        "batches": [tensor(batch) for batch in batches],
        "before": before,
        "after": after,
        "weights": weights.reshape(-1).tolist(),
        "directions": {n: turn(d).reshape(-1).tolist() for n, turn, d in zip(["x", *parameters], turned, directions)},
        "training": derivatives(module.train(), batches[0], parameters, weights, directions),
        "inference": derivatives(module.eval(), batches[0], parameters, weights, directions),
    }


print(json.dumps([case(*row) for row in CASES]))
