"""Prints the known values of Fourier transforms, convolutions, interpolation and Einstein sums that properties/AutoDiff.Properties/KnownFunctions.Signals.cs holds.

python3 signals.py   (needs mpmath, NumPy and PyTorch)

Transforms by mpmath's sums in 50 digits, the others by PyTorch and NumPy in double precision, at arguments whose results are representable or far from cancelling.
"""

import mpmath as mp
import numpy as np
import torch
import torch.nn.functional as F

mp.mp.dps = 50


def fft(x, sign=-1):
    n = len(x)
    return [sum(x[j] * mp.expjpi(mp.mpf(2 * sign * j * k) / n) for j in range(n)) for k in range(n)]


def show(name, values):
    print(name, ", ".join(repr(float(value)) for value in values))


def parts(values):
    return [mp.re(v) for v in values] + [mp.im(v) for v in values]


def complex_of(re, im):
    return [mp.mpc(a, b) for a, b in zip(re, im)]


three = complex_of([8, 1, -0.5], [7, 0.5, 1.5])
show("Fft 3", parts(fft(three)))
show("InverseFft 3", parts([y / 3 for y in fft(three, +1)]))
show("Fft 3, ortho", parts([y / mp.sqrt(3) for y in fft(three)]))
show("Fft 3, forward", parts([y / 3 for y in fft(three)]))
five = [1, 6, 0.5, -1, 0.25]
show("RealFft 5, from 1", parts(fft(five)[1:3]))
half = complex_of([9, 2, -1], [0, 0.5, 1.5])
show("InverseRealFft 5", [mp.re(y) / 5 for y in fft(half + [mp.conj(half[2]), mp.conj(half[1])], +1)])
even = complex_of([9, 2, -1], [0, 0.5, 0])
show("InverseRealFft 4", [mp.re(y) / 4 for y in fft(even + [mp.conj(even[1])], +1)])
plane = [complex_of([9, 1, 0.5], [8, -1, 0.25]), complex_of([1, -0.5, 2], [0.5, 1, -1])]
rows = [fft(row) for row in plane]
columns = [[rows[0][k] + rows[1][k] for k in range(3)], [rows[0][k] - rows[1][k] for k in range(3)]]
show("Fft2 2×3", parts(columns[0] + columns[1]))
rows = [fft(row, +1) for row in plane]
columns = [[rows[0][k] + rows[1][k] for k in range(3)], [rows[0][k] - rows[1][k] for k in range(3)]]
show("InverseFft2 2×3", parts([y / 6 for y in columns[0] + columns[1]]))

t = lambda *shape: torch.arange(1.0, 1 + np.prod(shape), dtype=torch.float64).reshape(shape)
kernel = torch.tensor([2.0, 1, 3, 0.5, 1, 2], dtype=torch.float64)
show("Convolution 1-D", F.conv1d(t(1, 2, 4), kernel.reshape(1, 2, 3), padding=1, stride=2).flatten())
show("Convolution 1-D, grouped", F.conv1d(t(1, 2, 3), kernel[:4].reshape(2, 1, 2), groups=2).flatten())
show("Convolution depthwise", F.conv2d(t(1, 2, 2, 2), torch.tensor([1.0, 2, -1, 0.5], dtype=torch.float64).reshape(2, 1, 2, 1), groups=2).flatten())
show("Convolution same, even", F.conv1d(F.pad(t(1, 1, 4), (0, 1)), kernel[:2].reshape(1, 1, 2)).flatten())
show("Convolution same, strided", F.conv1d(F.pad(t(1, 1, 5), (1, 1)), kernel[:3].reshape(1, 1, 3), stride=2).flatten())
show("ConvolutionTranspose 1-D, padded", F.conv_transpose1d(t(1, 1, 2), kernel[:3].reshape(1, 1, 3), stride=2, padding=1, output_padding=1).flatten())
show("ConvolutionTranspose 1-D, grouped", F.conv_transpose1d(t(1, 2, 2), kernel[:4].reshape(2, 1, 2), groups=2, stride=2).flatten())
x = t(1, 2, 3)
w = kernel[:4].reshape(2, 1, 2).clone().requires_grad_()
(F.conv1d(x, w, groups=2) * t(1, 2, 2)).sum().backward()
show("ConvolutionKernelTranspose 1-D, grouped", w.grad.flatten())
show("Interpolate", np.interp([-3, -1, 0, 1, 1.5, 3, 7], [-1, 1, 3], [2, 8, 4]))
show("ResizeNearest", F.interpolate(t(1, 1, 2, 3), size=(3, 5), mode="nearest").flatten())
image = torch.tensor([1.0, 2, 8, 4, 5, 7], dtype=torch.float64).reshape(1, 1, 2, 3)
show("ResizeBilinear", F.interpolate(image, size=(4, 2), mode="bilinear").flatten())
show("ResizeBilinear, corners", F.interpolate(image, size=(3, 5), mode="bilinear", align_corners=True).flatten())
a, b = np.arange(1.0, 13).reshape(2, 2, 3), np.arange(1.0, 7).reshape(3, 2)
show("Einsum ...ij,jk->...ik", np.einsum("...ij,jk->...ik", a, b).ravel())
show("Einsum i...,...i", np.einsum("i...,...i", np.arange(1.0, 5).reshape(2, 2), np.array([[1.0, 10], [100, 1000]])).ravel())
show("Einsum ...i,...i->..., broadcast", np.einsum("...i,...i->...", np.arange(1.0, 5).reshape(2, 1, 2), np.arange(1.0, 7).reshape(3, 2)).ravel())
show("Einsum ii...->i...", np.einsum("ii...->i...", np.arange(1.0, 13).reshape(2, 2, 3)).ravel())
show("Einsum ij,jk,ki->", [np.einsum("ij,jk,ki->", np.arange(1.0, 7).reshape(2, 3), np.arange(1.0, 7).reshape(3, 2), np.arange(1.0, 5).reshape(2, 2))])
