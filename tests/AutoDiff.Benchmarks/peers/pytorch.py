"""What a user would take instead, timed on the same shapes: PyTorch, NumPy and SciPy, in float64.

    apt-get install --no-install-recommends python3-torch python3-scipy libopenblas0-pthread
    OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 /usr/bin/python3 pytorch.py [--case digits-256] [--threads 1] [--json FILE]

Each row is the median time of a call, in microseconds, after three calls that are not timed. Where PyTorch has several ways to the same result, all are timed and
the best is the row.
"""

import argparse
import json
import math
import statistics
import time

import numpy
import scipy.fft
import scipy.linalg
import scipy.sparse.linalg
import torch
from torch.autograd import grad

NETS = {
    "tiny": ((2, 4, 2), 4),
    "iris": ((4, 16, 3), 150),
    "digits-256": ((64, 32, 10), 256),
    "digits-1797": ((64, 32, 10), 1797),
    "fmnist-64": ((784, 100, 50, 10), 64),
    "fmnist14-1024": ((196, 100, 50, 10), 1024),
}
MOST_FOR_HESSIAN = 3000
FEWEST_FOR_PAIRS = 200
PAIRS = 10
CHUNKS = (16, 64, 256)  # directions of a Hessian in one batch

PRODUCTS = [(8, 8, 8), (32, 32, 32), (64, 10, 32), (256, 32, 64), (64, 100, 784), (256, 100, 196)] + [(n, n, n) for n in (128, 256, 512, 1024)]
EIGEN_SIZES = (200, 500, 1000, 2000)
SORT_SIZES = (1000, 1_000_000)
ELEMENTS = 8192
PROCESS_SIZES = (200, 1000)
IMAGES = 256
CONVOLVED = 128
RECURRENT_LENGTHS = (100, 1000, 10_000)
SIGNALS = (1024, 4096, 65536, 10007, 59049)
OBSERVATIONS = 31843
MIXTURES = ((32, 25), (64, 100))
MIXTURE_POINTS = 1000
OPTIMIZERS = {
    "gradient descent": (torch.optim.SGD, {}),
    "momentum": (torch.optim.SGD, {"momentum": 0.9}),
    "Nesterov": (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}),
    "AdaGrad": (torch.optim.Adagrad, {}),
    "RMSProp": (torch.optim.RMSprop, {}),
    "RMSProp, centered": (torch.optim.RMSprop, {"centered": True}),
    "RMSProp, momentum": (torch.optim.RMSprop, {"momentum": 0.9}),
    "Adadelta": (torch.optim.Adadelta, {}),
    "Adam": (torch.optim.Adam, {}),
    "AMSGrad": (torch.optim.Adam, {"amsgrad": True}),
    "AdamW": (torch.optim.AdamW, {}),
    "Adamax": (torch.optim.Adamax, {}),
    "NAdam": (torch.optim.NAdam, {}),
    "RAdam": (torch.optim.RAdam, {}),
    "Rprop": (torch.optim.Rprop, {}),
}
NUMBERS = 2_000_000
SMALL = ((2, 8, 8, 2), 64)
NETS_AT_ONCE = 256


def median_microseconds(call, seconds):
    for _ in range(3):
        call()
    times, end = [], time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return 1e6 * statistics.median(times)


class Net:
    """Tanh layers and softmax cross-entropy, the mean over a batch of random rows."""

    def __init__(self, widths, rows):
        torch.manual_seed(0)
        self.parameters = []
        for inputs, outputs in zip(widths, widths[1:]):
            self.parameters += [torch.randn(inputs, outputs) / inputs**0.5, torch.zeros(outputs)]
        for parameter in self.parameters:
            parameter.requires_grad_()
        self.size = sum(parameter.numel() for parameter in self.parameters)
        self.rows = torch.randn(rows, widths[0])
        self.labels = torch.randint(0, widths[-1], (rows,))

    def loss(self):
        x = self.rows
        for i in range(0, len(self.parameters), 2):
            x = torch.addmm(self.parameters[i + 1], x if i == 0 else torch.tanh(x), self.parameters[i])
        return torch.nn.functional.cross_entropy(x, self.labels)

    def gradient(self, keep_graph=False):
        return grad(self.loss(), self.parameters, create_graph=keep_graph)

    def parts(self, vector):
        """The vector as a list of the parameters' shapes."""
        split = torch.split(vector, [parameter.numel() for parameter in self.parameters])
        return [part.view_as(parameter) for part, parameter in zip(split, self.parameters)]


def flat(parts):
    return torch.cat([part.reshape(-1) for part in parts])


def net_rows(name, bench):
    net = Net(*NETS[name])
    vector = torch.randn(net.size)
    parts = net.parts(vector)
    bench("gradient", net.gradient)
    bench("hvp", lambda: grad(net.gradient(keep_graph=True), net.parameters, parts))

    kept = net.gradient(keep_graph=True)
    flat_kept = flat(kept)

    def product(v):
        return flat(grad(kept, net.parameters, net.parts(v), retain_graph=True))

    def looped():
        return torch.stack([product(unit) for unit in torch.eye(net.size)])

    def batched(chunk):
        units = torch.split(torch.eye(net.size), chunk)
        rows = [grad(flat_kept, net.parameters, some, retain_graph=True, is_grads_batched=True) for some in units]
        return torch.cat([torch.cat([part.flatten(1) for part in parts], 1) for parts in rows])

    bench("hvp, linearized once", lambda: product(vector))
    if net.size <= MOST_FOR_HESSIAN:
        ways = [looped] + [lambda chunk=chunk: batched(chunk) for chunk in sorted({min(net.size, chunk) for chunk in CHUNKS})]
        bench("full Hessian", *ways)
        matrix = looped().numpy()
        bench("eigenvalues of it (LAPACK)", *eigenvalue_ways(matrix))
    if FEWEST_FOR_PAIRS < net.size <= MOST_FOR_HESSIAN:
        eigenpair_rows(net.size, product, bench)

    bench("training step, Adam", *trainings(NETS[name], torch.optim.Adam))


def eigenpair_rows(size, product, bench):
    """Pairs at either end by ARPACK, with its products counted and its residuals."""
    count = 0

    def multiply(x):
        nonlocal count
        count += 1
        return product(torch.from_numpy(numpy.ascontiguousarray(x).reshape(-1))).numpy()

    operator = scipy.sparse.linalg.LinearOperator((size, size), matvec=multiply, dtype=float)
    for end, which in (("largest", "LA"), ("smallest", "SA")):
        count = 0
        values, vectors = scipy.sparse.linalg.eigsh(operator, k=PAIRS, which=which, tol=1e-8)
        products = count
        residual = max(numpy.linalg.norm(multiply(v) - value * v) for value, v in zip(values, vectors.T))
        bench(
            f"{PAIRS} {end} eigenpairs (ARPACK)",
            lambda which=which: scipy.sparse.linalg.eigsh(operator, k=PAIRS, which=which, tol=1e-8),
            note=f"{products} products, largest residual {residual:.2g}",
        )


def eigenvalue_ways(matrix):
    return [lambda driver=driver: scipy.linalg.eigh(matrix, eigvals_only=True, driver=driver) for driver in ("evd", "evr")]


def eigenpair_ways(matrix):
    return [lambda driver=driver: scipy.linalg.eigh(matrix, driver=driver) for driver in ("evd", "evr")]


def linear_algebra_rows(bench):
    random = numpy.random.default_rng(0)
    for m, n, k in PRODUCTS:
        left, right, out = random.random((m, k)), random.random((k, n)), numpy.empty((m, n))
        bench(f"matmul {m}x{n}x{k}", lambda: numpy.matmul(left, right, out=out))
    for n in EIGEN_SIZES:
        matrix = random.random((n, n))
        matrix = matrix + matrix.T
        bench(f"eigenvalues {n}", *eigenvalue_ways(matrix))
        bench(f"eigenpairs {n}", *eigenpair_ways(matrix))
    x = torch.rand(ELEMENTS) * 4 - 2
    out = torch.empty_like(x)
    for name in ("exp", "tanh", "sigmoid", "sin"):
        function = getattr(torch, name)
        bench(f"{name} of {ELEMENTS}", lambda: function(x, out=out))
    for n in SORT_SIZES:
        numbers = random.standard_normal(n)
        tensor = torch.tensor(numbers)
        bench(f"sort of {n}", lambda: torch.sort(tensor), lambda: numpy.sort(numbers))
        bench(f"ten largest of {n}", lambda: torch.topk(tensor, 10))
    bench(f"log of {ELEMENTS}", lambda: torch.log(x.abs() + 0.5, out=out))


def process_rows(bench):
    """A Gaussian process's log-likelihood, with its gradient in the logarithms of lengthscale, variance and noise."""
    for n in PROCESS_SIZES:
        torch.manual_seed(0)
        points, targets = torch.randn(n, 4), torch.randn(n, 1)
        parameters = torch.tensor([0.3, -0.2, -2.0], requires_grad=True)
        unit = torch.eye(n)

        def likelihood():
            lengthscale, variance, noise = torch.exp(parameters)
            scaled = points / lengthscale
            squares = (scaled**2).sum(1)
            distances = squares[:, None] + squares - 2 * scaled @ scaled.T
            factor = torch.linalg.cholesky(variance * torch.exp(-0.5 * distances) + noise * unit)
            whitened = torch.linalg.solve_triangular(factor, targets, upper=False)
            return -0.5 * ((whitened**2).sum() + n * math.log(2 * math.pi)) - torch.log(torch.diagonal(factor)).sum()

        def value():
            with torch.no_grad():
                return likelihood()

        def value_and_gradient():
            result = likelihood()
            return result, grad(result, parameters)

        bench(f"log-likelihood {n}", value)
        bench(f"log-likelihood and gradient {n}", value_and_gradient)


def signal_rows(bench):
    torch.manual_seed(0)
    shapes = (8, 1, 3, 3), (8,), (16, 8, 3, 3), (16,), (256, 10), (10,)
    parameters = [(torch.randn(*shape) * 0.1).requires_grad_() for shape in shapes]
    images, labels = torch.rand(IMAGES, 1, 8, 8), torch.randint(0, 10, (IMAGES,))

    def gradient(keep_graph=False):
        x = torch.tanh(torch.nn.functional.conv2d(images, parameters[0], parameters[1]))
        x = torch.tanh(torch.nn.functional.conv2d(x, parameters[2], parameters[3]))
        scores = torch.addmm(parameters[5], x.flatten(1), parameters[4])
        return grad(torch.nn.functional.cross_entropy(scores, labels), parameters, create_graph=keep_graph)

    direction = [torch.randn_like(parameter) for parameter in parameters]
    bench("convolutional net, gradient", gradient)
    bench("convolutional net, hvp", lambda: grad(gradient(keep_graph=True), parameters, direction))
    for n in SIGNALS:
        signal = torch.complex(torch.randn(n), torch.randn(n))
        array = signal.numpy()
        bench(f"fft of {n}", lambda: torch.fft.fft(signal), lambda: numpy.fft.fft(array), lambda: scipy.fft.fft(array))


def bundle_rows(bench):
    """Bundle adjustment's residuals and their Jacobians [observations, 2, 15], vectorized by hand: over 3-vectors, and number by number."""
    torch.manual_seed(0)
    cameras = (torch.randn(OBSERVATIONS, 11) * 0.3).requires_grad_()
    points = (torch.randn(OBSERVATIONS, 3) + torch.tensor([0.0, 0.0, 5.0])).requires_grad_()
    weights = torch.rand(OBSERVATIONS).requires_grad_()
    seen = torch.randn(OBSERVATIONS, 2)
    parts = cameras, points, weights

    def by_vectors(cameras, points, weights):
        axes, moved = cameras[:, :3], points - cameras[:, 3:6]
        angles = (axes * axes).sum(1, keepdim=True).sqrt()
        cosines, sines, units = torch.cos(angles), torch.sin(angles), axes / angles
        along = (units * moved).sum(1, keepdim=True) * (1 - cosines)
        rotated = moved * cosines + torch.cross(units, moved, dim=1) * sines + units * along
        image = rotated[:, :2] / rotated[:, 2:]
        radius = (image * image).sum(1, keepdim=True)
        distorted = image * (1 + cameras[:, 9:10] * radius + cameras[:, 10:11] * radius * radius)
        return weights[:, None] * (distorted * cameras[:, 6:7] + cameras[:, 7:9] - seen)

    def by_numbers(cameras, points, weights):
        a, b, c, *centre, focal, first, second, near, far = cameras.t().contiguous().unbind()
        x, y, z = (p - q for p, q in zip(points.t().contiguous().unbind(), centre))
        angle = (a * a + b * b + c * c).sqrt()
        cosine, sine, (a, b, c) = torch.cos(angle), torch.sin(angle), (a / angle, b / angle, c / angle)
        along = (a * x + b * y + c * z) * (1 - cosine)
        p = x * cosine + (b * z - c * y) * sine + a * along
        q = y * cosine + (c * x - a * z) * sine + b * along
        r = z * cosine + (a * y - b * x) * sine + c * along
        p, q = p / r, q / r
        radius = p * p + q * q
        scale = (1 + (near + far * radius) * radius) * focal
        return torch.stack([weights * (p * scale + first - seen[:, 0]), weights * (q * scale + second - seen[:, 1])], 1)

    def value(residuals):
        with torch.no_grad():
            return residuals(*parts)

    def joined(slopes):
        return torch.cat([slope.reshape(*slope.shape[:2], -1) for slope in slopes], -1)

    def twice(residuals):
        result = residuals(*parts)
        rows = [grad(result[:, i].sum(), parts, retain_graph=i == 0) for i in range(2)]
        return torch.stack([torch.cat([camera, point, weight[:, None]], 1) for camera, point, weight in rows], 1)

    def batched(residuals):
        result = residuals(*parts)
        units = torch.eye(2)[:, None].expand(2, OBSERVATIONS, 2)
        return joined(grad(result, parts, units, is_grads_batched=True)).transpose(0, 1)

    def functional(residuals):
        return joined(torch.autograd.functional.jacobian(lambda *x: residuals(*x).sum(0), parts, vectorize=True)).transpose(0, 1)

    forms = by_vectors, by_numbers
    bench("residuals", *[lambda form=form: value(form) for form in forms])
    bench("Jacobians of residuals", *[lambda form=form, way=way: way(form) for form in forms for way in (twice, batched, functional)])


def mixture_rows(bench):
    """A Gaussian mixture's log-likelihood by the lower triangular factors of its inverse covariances, and its gradient in all parameters."""
    for d, k in MIXTURES:
        torch.manual_seed(0)
        weights, means = torch.randn(k), torch.randn(k, d)
        logarithms, below = torch.randn(k, d) * 0.1, torch.randn(k, d * (d - 1) // 2) * 0.1
        parameters = [part.requires_grad_() for part in (weights, means, logarithms, below)]
        x = torch.randn(MIXTURE_POINTS, d)
        rows, columns = torch.tril_indices(d, d, -1)

        def likelihood(product):
            factors = torch.diag_embed(torch.exp(logarithms)).index_put((torch.arange(k)[:, None], rows, columns), below)
            inner = weights + logarithms.sum(1) - 0.5 * product(factors)
            return torch.logsumexp(inner, 1).sum() - len(x) * torch.logsumexp(weights, 0)

        def one_product(factors):
            shifts = (factors @ means[:, :, None]).reshape(k * d)
            return (torch.addmm(-shifts, x, factors.reshape(k * d, d).t()).view(-1, k, d) ** 2).sum(2)

        def product_each(factors):
            return (torch.bmm(x - means[:, None], factors.transpose(1, 2)) ** 2).sum(2).t()

        def value(product):
            with torch.no_grad():
                return likelihood(product)

        def value_and_gradient(product):
            result = likelihood(product)
            return result, grad(result, parameters)

        products = one_product, product_each
        bench(f"log-likelihood {k} of {d}", *[lambda product=product: value(product) for product in products])
        bench(f"log-likelihood and gradient {k} of {d}", *[lambda product=product: value_and_gradient(product) for product in products])


def recurrent_rows(bench):
    """The gradient of a gated recurrent unit's last state through a loop over its cell."""
    torch.manual_seed(0)
    cell = torch.nn.GRUCell(32, 32)
    parameters = list(cell.parameters())
    for length in RECURRENT_LENGTHS:
        inputs = torch.randn(length, 16, 32)

        def gradient():
            state = torch.zeros(16, 32)
            for x in inputs:
                state = cell(x, state)
            return grad((state**2).mean(), parameters)

        bench(f"gru of {length}", gradient)


def trained(net, optimizer):
    """A step of an optimizer on a net."""

    def step():
        optimizer.zero_grad(set_to_none=True)
        net.loss().backward()
        optimizer.step()

    return step


def trainings(case, kind, **settings):
    """Steps of an optimizer on a net: parameters one after another, and all at once."""
    ways = []
    for foreach in (False, True):
        net = Net(*case)
        ways.append(trained(net, kind(net.parameters, lr=1e-6, foreach=foreach, **settings)))
    return ways


def optimizer_rows(bench):
    """A training step of each optimizer on the same net."""
    for what, (kind, settings) in OPTIMIZERS.items():
        bench(what, *trainings(NETS["fmnist-64"], kind, **settings))
    ways = []
    for foreach in (False, True):
        numbers, targets = torch.randn(NUMBERS, requires_grad=True), torch.randn(NUMBERS)
        optimizer = torch.optim.Adam([numbers], lr=1e-6, foreach=foreach)

        def step(numbers=numbers, targets=targets, optimizer=optimizer):
            optimizer.zero_grad(set_to_none=True)
            (0.5 * ((numbers - targets) ** 2).sum()).backward()
            optimizer.step()

        ways.append(step)
    bench(f"Adam, {NUMBERS} numbers", *ways)


class Nets:
    """Many nets as one: every weight has an axis of nets."""

    def __init__(self, count):
        torch.manual_seed(0)
        self.parameters = []
        for inputs, outputs in zip(SMALL[0], SMALL[0][1:]):
            self.parameters += [torch.randn(count, inputs, outputs) / inputs**0.5, torch.zeros(count, 1, outputs)]
        for parameter in self.parameters:
            parameter.requires_grad_()
        self.rows = torch.randn(SMALL[1], SMALL[0][0]).expand(count, -1, -1)
        self.labels = torch.randint(0, SMALL[0][-1], (SMALL[1],)).repeat(count)

    def loss(self):
        x = self.rows
        for i in range(0, len(self.parameters), 2):
            x = torch.baddbmm(self.parameters[i + 1], x if i == 0 else torch.tanh(x), self.parameters[i])
        return torch.nn.functional.cross_entropy(x.flatten(0, 1), self.labels, reduction="sum") / SMALL[1]


def many_rows(bench):
    """A step of Adam of many small nets: as one net with an axis more, and one net after another."""
    together = []
    for foreach in (False, True):
        nets = Nets(NETS_AT_ONCE)
        together.append(trained(nets, torch.optim.Adam(nets.parameters, lr=1e-6, foreach=foreach)))
    bench(f"{NETS_AT_ONCE} nets side by side", *together)
    each = []
    for foreach in (False, True):
        steps = []
        for _ in range(NETS_AT_ONCE):
            net = Net(*SMALL)
            steps.append(trained(net, torch.optim.Adam(net.parameters, lr=1e-6, foreach=foreach)))
        each.append(lambda steps=steps: [step() for step in steps])
    bench(f"{NETS_AT_ONCE} nets one after another", *each)


def convolution_net(small):
    """Two 3×3 convolutions, with a pool behind both and an affine layer, or behind the second and two affine layers, dropout before each."""
    from torch.nn import Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential

    if small:
        return Sequential(Conv2d(1, 8, 3), ReLU(), MaxPool2d(2), Conv2d(8, 16, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(400, 10))
    convolutions = Conv2d(1, 32, 3), ReLU(), Conv2d(32, 64, 3), ReLU(), MaxPool2d(2), Dropout(0.25), Flatten()
    return Sequential(*convolutions, Linear(9216, 128), ReLU(), Dropout(0.5), Linear(128, 10))


def convolution_step(small, kind, layout, foreach):
    torch.manual_seed(0)
    net = convolution_net(small).to(kind).to(memory_format=layout)
    images = torch.rand(CONVOLVED, 1, 28, 28, dtype=kind).contiguous(memory_format=layout)
    labels = torch.randint(0, 10, (CONVOLVED,))
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-6, foreach=foreach)

    def step():
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.cross_entropy(net(images), labels).backward()
        optimizer.step()

    return step


def convolution_rows(bench):
    """Training steps of two nets on images, and one convolution: channels first and last, in both precisions."""
    layouts = torch.contiguous_format, torch.channels_last
    for name, kind in (("float64", torch.float64), ("float32", torch.float32)):
        ways = [(kind, layout, foreach) for layout in layouts for foreach in (False, True)]
        bench(f"two convolutions, dropout, {name}", *(convolution_step(False, *way) for way in ways))
        bench(f"convolutions and pools, {name}", *(convolution_step(True, *way) for way in ways))
        values, by_images, by_kernels = [], [], []
        for layout in layouts:
            shapes = (CONVOLVED, 32, 26, 26), (64, 32, 3, 3), (CONVOLVED, 64, 24, 24)
            x, w, y = (torch.randn(*shape, dtype=kind).contiguous(memory_format=layout) for shape in shapes)

            def gradient(by_x, by_w, x=x, w=w, y=y):
                return torch.ops.aten.convolution_backward(y, x, w, None, [1, 1], [0, 0], [1, 1], False, [0, 0], 1, [by_x, by_w, False])

            values.append(lambda x=x, w=w: torch.nn.functional.conv2d(x, w))
            by_images.append(lambda gradient=gradient: gradient(True, False))
            by_kernels.append(lambda gradient=gradient: gradient(False, True))
        bench(f"convolution, {name}", *values)
        bench(f"gradient by images, {name}", *by_images)
        bench(f"gradient by kernels, {name}", *by_kernels)


OTHERS = {
    "linalg": linear_algebra_rows,
    "gp": process_rows,
    "signals": signal_rows,
    "conv": convolution_rows,
    "bundle": bundle_rows,
    "mixture": mixture_rows,
    "scan": recurrent_rows,
    "optimizers": optimizer_rows,
    "nets": many_rows,
}


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--case", choices=[*NETS, *OTHERS])
    options.add_argument("--threads", type=int, default=1)
    options.add_argument("--seconds", type=float, default=1.0, help="time for a row, in each of its ways")
    options.add_argument("--json", help="a file for the rows")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.set_default_dtype(torch.float64)
    rows = []
    for case in [chosen.case] if chosen.case else [*NETS, *OTHERS]:

        def bench(what, *ways, note=None):
            microseconds = min(median_microseconds(way, chosen.seconds) for way in ways)
            rows.append({"case": case, "what": what, "us": microseconds} | ({"note": note} if note else {}))
            print(f"{case:14} {what:28} {microseconds:14.1f} µs", flush=True)

        OTHERS[case](bench) if case in OTHERS else net_rows(case, bench)
    if chosen.json:
        with open(chosen.json, "w") as file:
            json.dump(rows, file, indent=1)


if __name__ == "__main__":
    main()
