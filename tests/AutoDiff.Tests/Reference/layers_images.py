"""Prints layers_images.json: layers of images, signals and activations by PyTorch, in float64.

python3 layers_images.py > layers_images.json   (needs PyTorch; written with 1.13)

A case: the input x, the parameters by this library's names and layouts, the output y, and of the scalar sum(w·y) + sum(y²)/2, w being "weights", the
gradient by the input and by each parameter, and the product of its Hessian in all of them with "directions". At an activation's kinks and far
values no product is asked for.
"""

import json

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(12)
torch.set_default_dtype(torch.float64)


def tensor(x):
    return {"shape": list(x.shape), "data": x.detach().reshape(-1).tolist()}


def case(name, module, x, names=(), layout=None, second=True):
    """names: of the module's parameters, in order; layout: from the module's parameter to this library's, its own inverse."""
    layout = layout or {}
    parameters = [p.detach().requires_grad_() for p in module.parameters()] if isinstance(module, nn.Module) else []
    x = x.detach()
    if x.is_floating_point():
        x.requires_grad_()

    def apply(x, parameters):
        if not parameters:
            return module(x)
        own = dict(zip([n for n, _ in module.named_parameters()], parameters))
        return torch.nn.utils.stateless.functional_call(module, own, (x,))

    y = apply(x, parameters)
    w = torch.randn(y.shape)
    loss = (w * y).sum() + (y * y).sum() / 2
    inputs = ([x] if x.requires_grad else []) + parameters
    gradients = torch.autograd.grad(loss, inputs, create_graph=True)
    keys = (["x"] if x.requires_grad else []) + list(names)
    assert len(keys) == len(inputs), name

    def mine(key, value):
        return tensor(layout.get(key, lambda t: t)(value))

    row = {
        "name": name,
        "x": tensor(x),
        "parameters": {k: mine(k, p) for k, p in zip(names, parameters)},
        "output": tensor(y),
        "weights": tensor(w),
        "gradients": {k: mine(k, g) for k, g in zip(keys, gradients)},
    }
    if second:
        directions = [torch.randn(i.shape) for i in inputs]
        along = sum((g * d).sum() for g, d in zip(gradients, directions))
        products = torch.autograd.grad(along, inputs, allow_unused=True)
        products = [torch.zeros_like(i) if p is None else p for p, i in zip(products, inputs)]
        row["directions"] = {k: mine(k, d) for k, d in zip(keys, directions)}
        row["products"] = {k: mine(k, p) for k, p in zip(keys, products)}
    return row


BOTH = ("weight", "bias")
ONE = ("weight",)


def dense():
    t = {"weight": lambda p: p.t()}
    yield case("dense", nn.Linear(4, 3), torch.randn(5, 4), BOTH, t)
    yield case("dense, over the last axis, without bias", nn.Linear(3, 2, bias=False), torch.randn(2, 4, 3), ONE, t)
    yield case("dense, one by one", nn.Linear(1, 1), torch.randn(1, 1), BOTH, t)


def convolutions():
    yield case("convolution 1-D", nn.Conv1d(3, 4, 3), torch.randn(2, 3, 7), BOTH)
    yield case("convolution 1-D, all settings", nn.Conv1d(4, 6, 3, stride=2, padding=3, dilation=2, groups=2), torch.randn(3, 4, 9), BOTH)
    yield case("convolution 1-D, same, even", nn.Conv1d(2, 3, 4, padding="same", dilation=3, bias=False), torch.randn(1, 2, 8), ONE)
    yield case("convolution 1-D, one element", nn.Conv1d(1, 2, 1), torch.randn(1, 1, 1), BOTH)
    yield case("convolution 2-D", nn.Conv2d(2, 3, 3), torch.randn(2, 2, 5, 6), BOTH)
    yield case(
        "convolution 2-D, all settings",
        nn.Conv2d(4, 2, (3, 2), stride=(2, 3), padding=(1, 2), dilation=(2, 1), groups=2),
        torch.randn(2, 4, 7, 5),
        BOTH,
    )
    yield case("convolution 2-D, same", nn.Conv2d(2, 2, (3, 4), padding="same"), torch.randn(1, 2, 4, 5), BOTH)
    yield case("convolution 2-D, depthwise", nn.Conv2d(3, 6, 3, padding=1, groups=3, bias=False), torch.randn(2, 3, 4, 3), ONE)
    yield case("convolution 2-D, one element", nn.Conv2d(1, 1, 3, padding=1), torch.randn(1, 1, 1, 1), BOTH)

    class Lopsided(nn.Module):
        def __init__(self):
            super().__init__()
            self.inner = nn.Conv2d(2, 2, 3, stride=2)

        def forward(self, x):
            return self.inner(F.pad(x, (0, 2, 3, 1)))

    yield case("convolution 2-D, lopsided", Lopsided(), torch.randn(2, 2, 4, 5), BOTH)


def transposed():
    yield case("transposed 1-D", nn.ConvTranspose1d(3, 2, 3), torch.randn(2, 3, 4), BOTH)
    yield case(
        "transposed 1-D, all settings",
        nn.ConvTranspose1d(4, 6, 3, stride=3, padding=2, output_padding=2, groups=2, dilation=2),
        torch.randn(2, 4, 5),
        BOTH,
    )
    yield case("transposed 1-D, one element", nn.ConvTranspose1d(1, 1, 2, bias=False), torch.randn(1, 1, 1), ONE)
    yield case("transposed 2-D", nn.ConvTranspose2d(2, 3, 3, stride=2), torch.randn(2, 2, 3, 2), BOTH)
    yield case(
        "transposed 2-D, all settings",
        nn.ConvTranspose2d(2, 4, (2, 3), stride=(3, 2), padding=(1, 0), output_padding=(2, 1), groups=2, dilation=(1, 2)),
        torch.randn(1, 2, 3, 4),
        BOTH,
    )


def pools():
    yield case("max pool 1-D", nn.MaxPool1d(3), torch.randn(2, 3, 8))
    yield case("max pool 1-D, all settings", nn.MaxPool1d(3, stride=2, padding=1, dilation=2), torch.randn(2, 2, 9))
    yield case("max pool 2-D", nn.MaxPool2d(2), torch.randn(2, 2, 5, 4))
    yield case(
        "max pool 2-D, all settings",
        nn.MaxPool2d((3, 2), stride=(1, 2), padding=(1, 1), dilation=(2, 1)),
        torch.randn(1, 2, 6, 5),
    )
    yield case("max pool 2-D, one element", nn.MaxPool2d(1), torch.randn(1, 1, 1, 1))
    yield case("mean pool 1-D", nn.AvgPool1d(3, stride=2, padding=1), torch.randn(2, 3, 6))
    yield case("mean pool 1-D, own elements", nn.AvgPool1d(4, stride=3, padding=2, count_include_pad=False), torch.randn(1, 2, 7))
    yield case("mean pool 2-D", nn.AvgPool2d((2, 3)), torch.randn(2, 2, 5, 6))
    yield case("mean pool 2-D, padded", nn.AvgPool2d((2, 3), stride=(1, 2), padding=(1, 1)), torch.randn(1, 2, 3, 5))
    yield case(
        "mean pool 2-D, own elements",
        nn.AvgPool2d((3, 2), stride=(2, 1), padding=(1, 1), count_include_pad=False),
        torch.randn(2, 1, 4, 3),
    )
    yield case("global max pool", lambda x: x.amax((2, 3)), torch.randn(2, 3, 3, 4))
    yield case("global mean pool", lambda x: x.mean((2,)), torch.randn(2, 3, 5))
    for lengths, outputs in (((6,), (3,)), ((7,), (3,)), ((3,), (5,)), ((1,), (2,))):
        for name, make in (("max", nn.AdaptiveMaxPool1d), ("mean", nn.AdaptiveAvgPool1d)):
            yield case(f"adaptive {name} pool 1-D, {lengths[0]} to {outputs[0]}", make(*outputs), torch.randn(2, 2, *lengths))
    for lengths, outputs in (((4, 6), (2, 3)), ((5, 7), (3, 4)), ((3, 8), (5, 4))):
        for name, make in (("max", nn.AdaptiveMaxPool2d), ("mean", nn.AdaptiveAvgPool2d)):
            yield case(f"adaptive {name} pool 2-D, {lengths[0]}×{lengths[1]} to {outputs[0]}×{outputs[1]}", make(outputs), torch.randn(1, 2, *lengths))


def others():
    yield case("embedding", nn.Embedding(5, 3), torch.tensor([[0, 4, 2], [4, 4, 1]]), ONE)
    padded = nn.Embedding(4, 2, padding_idx=1)
    yield case("embedding with padding", padded, torch.tensor([1, 3, 1, 0]), ONE)
    yield case("flatten", nn.Flatten(), torch.randn(2, 2, 3))
    yield case("prelu", nn.PReLU(), torch.randn(3, 4), ONE)
    yield case("prelu by channels", nn.PReLU(3), torch.randn(2, 3, 4), ONE)
    yield case("rrelu", nn.RReLU().eval(), torch.randn(2, 5))
    yield case("softmax", nn.Softmax(-1), torch.randn(2, 3, 4))
    yield case("softmax of channels", nn.Softmax(1), torch.randn(2, 3, 2))
    yield case("softmin", nn.Softmin(-1), torch.randn(2, 4))
    yield case("log softmax", nn.LogSoftmax(-1), torch.randn(2, 4) * 5)
    yield case("glu", nn.GLU(-1), torch.randn(2, 6))
    yield case("glu of channels", nn.GLU(1), torch.randn(2, 4, 3))


def residuals():
    class Residual(nn.Module):
        def __init__(self):
            super().__init__()
            self.layer = nn.Linear(3, 2)
            self.shortcut = nn.Linear(3, 2, bias=False)

        def forward(self, x):
            return self.shortcut(x) + torch.tanh(self.layer(x))

    t = {"shortcut.weight": lambda p: p.t(), "layer.layers.0.weight": lambda p: p.t()}
    yield case("residual", Residual(), torch.randn(4, 3), ("layer.layers.0.weight", "layer.layers.0.bias", "shortcut.weight"), t)


ACTIVATIONS = {
    "relu": (nn.ReLU(), [0.0]),
    "relu6": (nn.ReLU6(), [0.0, 6.0]),
    "leaky_relu": (nn.LeakyReLU(), [0.0]),
    "leaky_relu 0.2": (nn.LeakyReLU(0.2), [0.0]),
    "elu": (nn.ELU(), [0.0]),
    "elu 0.5": (nn.ELU(0.5), [0.0]),
    "selu": (nn.SELU(), [0.0]),
    "celu": (nn.CELU(), [0.0]),
    "celu 2": (nn.CELU(2.0), [0.0]),
    "gelu": (nn.GELU(), [0.0]),
    "gelu tanh": (nn.GELU("tanh"), [0.0]),
    "silu": (nn.SiLU(), [0.0]),
    "swish 1.5": (lambda x: x * torch.sigmoid(1.5 * x), [0.0]),
    "mish": (nn.Mish(), [0.0]),
    "sigmoid": (nn.Sigmoid(), [0.0]),
    "log_sigmoid": (nn.LogSigmoid(), [0.0]),
    # torch's own has no second derivative, and a slope of ⅙ in single precision
    "hard_sigmoid": (lambda x: F.relu6(x + 3) / 6, [-3.0, 3.0]),
    "hard_swish": (nn.Hardswish(), [-3.0, 3.0]),
    "tanh": (nn.Tanh(), [0.0]),
    "tanhshrink": (nn.Tanhshrink(), [0.0]),
    "softplus": (nn.Softplus(threshold=1e9), [0.0]),
    "softplus 2": (nn.Softplus(2.0, threshold=1e9), [0.0]),
    "softsign": (nn.Softsign(), [0.0]),
    "softshrink": (nn.Softshrink(), [-0.5, 0.5]),
    "softshrink 0.25": (nn.Softshrink(0.25), [-0.25, 0.25]),
    "hardshrink": (nn.Hardshrink(), [-0.5, 0.5]),
    "hardshrink 1": (nn.Hardshrink(1.0), [-1.0, 1.0]),
    "hard_tanh": (nn.Hardtanh(), [-1.0, 1.0]),
    "hard_tanh -2 0.5": (nn.Hardtanh(-2.0, 0.5), [-2.0, 0.5]),
    "threshold 0.5 -1": (nn.Threshold(0.5, -1.0), [0.5]),
    "identity": (nn.Identity(), [0.0]),
    "sine": (torch.sin, [0.0]),
}


def activations():
    for name, (function, kinks) in ACTIVATIONS.items():
        near = torch.cat([torch.randn(3, 4) * 3, torch.tensor([[0.1, -0.3, 0.7, -1.2]])])
        yield case(name, function, near)
        yield case(name + ", at kinks", function, torch.tensor([kinks + [-0.0]]), second=False)
        # torch's softplus overflows without its threshold
        far = [-800.0, -40.0, 0.75, 40.0] + ([] if name.startswith("softplus") else [800.0])
        yield case(name + ", far", function, torch.tensor([far]), second=False)


rows = [r for make in (dense, convolutions, transposed, pools, others, residuals, activations) for r in make()]
print("[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in rows) + "\n]")
