"""Known answers of the programs in tests/AutoDiff.Tests/Programs, by PyTorch (1.13, float64) and SciPy; prints them."""
import numpy as np
import torch
from scipy.stats import multivariate_normal

torch.set_default_dtype(torch.float64)


def waves(*shape, start=0):
    size = int(np.prod(shape))
    return torch.sin(torch.arange(start, start + size, dtype=torch.float64)).reshape(shape)


def show(name, *values):
    print(name, ", ".join(repr(float(v)) for v in values))


# A gated recurrent unit, PyTorch's layout: rows are reset, update, new.
cell = torch.nn.GRU(3, 4)
with torch.no_grad():
    cell.weight_ih_l0.copy_(waves(12, 3))
    cell.weight_hh_l0.copy_(waves(12, 4, start=50))
    cell.bias_ih_l0.copy_(waves(12, start=100))
    cell.bias_hh_l0.copy_(waves(12, start=120))
outputs, final = cell(waves(6, 1, 3, start=200), waves(1, 1, 4, start=300))
loss = (outputs**2).sum() + final.sum()
loss.backward()
show("gru", loss, *final.flatten(), cell.weight_hh_l0.grad.sum(), (cell.weight_ih_l0.grad**2).sum(), (cell.bias_hh_l0.grad**2).sum())

# A block of a transformer: two heads, masked, pre-norm.
x = waves(5, 8).requires_grad_()
wq, wk, wv, wo = (waves(8, 8, start=100 * i).requires_grad_() for i in (1, 2, 3, 4))
w1, w2 = waves(8, 16, start=500).requires_grad_(), waves(16, 8, start=700).requires_grad_()
norm = lambda a: torch.nn.functional.layer_norm(a, (8,))
h = norm(x)
q, k, v = ((h @ w).reshape(5, 2, 4).transpose(0, 1) for w in (wq, wk, wv))
scores = q @ k.transpose(1, 2) / 2 + torch.triu(torch.full((5, 5), -torch.inf), 1)
y = x + (torch.softmax(scores, -1) @ v).transpose(0, 1).reshape(5, 8) @ wo
y = y + torch.nn.functional.gelu(norm(y) @ w1) @ w2
loss = (y**2).mean()
loss.backward()
show("transformer", loss, (x.grad**2).sum(), (wq.grad**2).sum(), (wk.grad**2).sum(), (w1.grad**2).sum())

# A Gaussian process's log-likelihood.
t = torch.linspace(0, 3, 12)
z = torch.sin(2 * t) + 0.1 * waves(12, start=40)
p = torch.tensor([0.3, -0.2, -2.0], requires_grad=True)
kernel = torch.exp(2 * p[1]) * torch.exp(-0.5 * ((t[:, None] - t) / torch.exp(p[0])) ** 2) + torch.exp(2 * p[2]) * torch.eye(12)
factor = torch.linalg.cholesky(kernel)
alpha = torch.cholesky_solve(z[:, None], factor)[:, 0]
loss = -0.5 * z @ alpha - torch.log(torch.diagonal(factor)).sum() - 6 * np.log(2 * np.pi)
loss.backward()
show("gp", loss, multivariate_normal(np.zeros(12), kernel.detach().numpy()).logpdf(z.numpy()), *p.grad)
