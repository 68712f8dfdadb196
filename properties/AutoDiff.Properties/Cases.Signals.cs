using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Signals() =>
        [
            .. Fourier(),
            .. GeneralConvolutions(),
            .. Interpolations(),
            new("Einsum: ellipsis", x => Einsum("...ij,jk->...ik", x, Fixed(3, 2)), Any(2, 1, 3)),
            new("Einsum: ellipses broadcast", x => Einsum("i...,...i", x, Fixed(3, 2)), Any(2, 1)),
            new("Einsum: ellipsis summed, diagonal", x => Einsum("...ii->i", x), Any(2, 3, 3)),
            new("Einsum: chain of traces", x => Einsum("ij,jk,ki->", x, Fixed(3, 2), MatMul(x, Transpose(x))), Any(2, 3)),
        ];

    private static IEnumerable<Case> Fourier() =>
        [
            new("Fft: real part", x => Fft(x, Fixed(3)).Real, Any(2, 3)),
            new("Fft: imaginary part", x => Fft(Fixed(4), x).Imaginary, Any(4)),
            new("Fft: both, first axis, length 5", x => Parts(Fft(x, Sin(x), axis: 0)), Any(5, 2)),
            new("Fft: orthonormal", x => Parts(Fft(x, 0, norm: FftNormalization.Ortho)), Any(2, 8)),
            new("Fft: forward, power spectrum", x => Energy(Fft(x, 0, norm: FftNormalization.Forward)), Any(6)),
            new("Fft: one element", x => Parts(Fft(x, x)), Any(2, 1)),
            new("Fft: nothing", x => Parts(Fft(x, x)), Any(2, 0)),
            new("Fft: no signals", x => Parts(Fft(x, x)), Any(0, 3)),
            new("InverseFft", x => Parts(InverseFft(x, Fixed(7))), Any(7)),
            new("InverseFft: middle axis", x => Parts(InverseFft(x, Square(x), axis: 1)), Any(2, 2, 2)),
            new("RealFft: even", x => Parts(RealFft(x)), Any(2, 6)),
            new("RealFft: odd, first axis", x => Parts(RealFft(x, axis: 0)), Any(3, 2)),
            new("RealFft: one element", x => Parts(RealFft(x)), Any(1)),
            new("InverseRealFft: even", x => InverseRealFft(x, Fixed(3), 4), Any(2, 3)),
            new("InverseRealFft: odd", x => InverseRealFft(Sin(x), x, 5, axis: 0, FftNormalization.Ortho), Any(3, 2)),
            new("InverseRealFft: two elements", x => InverseRealFft(x, x, 2), Any(2)),
            new("Fft2", x => Parts(Fft2(x, Fixed(2, 3))), Any(2, 3)),
            new("InverseFft2", x => Parts(InverseFft2(x, Sin(x))), Any(2, 3, 2)),
        ];

    private static IEnumerable<Case> GeneralConvolutions() =>
        [
            new("Convolution: one axis", x => Convolution(x, Fixed(2, 2, 3), stride: 2, padding: 1), Any(2, 2, 5)),
            new("Convolution: one axis, kernels", x => Convolution(Fixed(2, 2, 5), x, dilation: 2), Any(1, 2, 2)),
            new("Convolution: three axes", x => Convolution(x, Fixed(1, 1, 2, 1, 2)), Any(1, 1, 2, 2, 3)),
            new("Convolution: groups", x => Convolution(x, Fixed(4, 1, 2, 1), groups: 2), Any(1, 2, 3, 2)),
            new("Convolution: groups, kernels", x => Convolution(Fixed(2, 4, 3), x, groups: 2), Any(2, 2, 2)),
            new("Convolution: depthwise, both", x => Convolution(x, Transpose(Slice(x, 2, 0, 2), 1, 0, 2), groups: 2), Any(1, 2, 3)),
            new(
                "Convolution: lopsided",
                x => Convolution(x, Fixed(1, 1, 2, 2), new ConvolutionWindow([1, 2], [0, 2], [1, 0], [2, 1])),
                Any(1, 1, 3, 2)
            ),
            new("MaxPool: one axis, dilated", x => MaxPool(x, [2], new ConvolutionWindow([2], [1], [0], [2])), Tensors.Distinct([1, 1, 5])),
            new(
                "AveragePool: its own elements",
                x => AveragePool(x, [2, 3], new ConvolutionWindow([1, 2], [1, 0], [0, 1], [1, 1]), countPadding: false),
                Any(1, 1, 3, 4)
            ),
            new("Convolution: same", x => Convolution(x, Fixed(1, 1, 2), ConvolutionWindow.Same([5], [2], stride: 2)), Any(2, 1, 5)),
            new(
                "ConvolutionTranspose: one axis, groups",
                x => ConvolutionTranspose(x, Fixed(4, 1, 2), [6], ConvolutionWindow.Of(1, stride: 2, padding: 1), groups: 2),
                Any(1, 4, 3)
            ),
            new("ConvolutionTranspose: groups, kernels", x => ConvolutionTranspose(Fixed(1, 2, 2, 1), x, 3, 1, groups: 2), Any(2, 1, 2, 1)),
            new(
                "ConvolutionKernelTranspose: lopsided, signals",
                x => ConvolutionKernelTranspose(x, Fixed(2, 2, 3), [2], new ConvolutionWindow([2], [0], [2], [1]), groups: 2),
                Any(2, 2, 5)
            ),
            new(
                "ConvolutionKernelTranspose: groups, outputs",
                x => ConvolutionKernelTranspose(Fixed(1, 2, 3, 1), x, 2, 1, groups: 2),
                Any(1, 4, 2, 1)
            ),
        ];

    private static IEnumerable<Case> Interpolations() =>
        [
            new(
                "Interpolate: places",
                x => Interpolate(x, Tensor.Of([-1, 0.5, 2]), Tensor.Of([3, -1, 4])),
                In(Domain.AwayFrom(-1, 0.5, 2), 2, 3)
            ),
            new("Interpolate: points", x => Interpolate(Tensor.Of([-1.5, 1.75, -5, 6]), Tensor.Of([-3, 0, 3]) + Tanh(x), Fixed(3)), Any(3)),
            new("Interpolate: values", x => Interpolate(Tensor.Of([-1.5, 1.75, -5, 6, 3], 5, 1), Tensor.Of([-3, 0, 3]), x), Any(3)),
            new("Interpolate: one point", x => Interpolate(Fixed(2), Tensor.Of([1]), x), Any(1)),
            new("Interpolate: nowhere", x => Interpolate(x, Tensor.Of([1, 2]), Tensor.Of([1, 3])), Any(0)),
            new("ResizeNearest: larger", x => ResizeNearest(x, 3, 5), Any(1, 2, 2, 3)),
            new("ResizeNearest: smaller", x => ResizeNearest(x, 2, 1), Any(1, 1, 3, 2)),
            new("ResizeNearest: to nothing", x => ResizeNearest(x, 0, 1), Any(1, 1, 3, 2)),
            new("ResizeBilinear: larger", x => ResizeBilinear(x, 4, 3), Any(2, 1, 3, 2)),
            new("ResizeBilinear: smaller, corners", x => ResizeBilinear(x, 2, 1, alignCorners: true), Any(1, 1, 3, 2)),
        ];

    private static Tensor Parts((Tensor Real, Tensor Imaginary) parts) => Stack([parts.Real, parts.Imaginary]);

    private static Tensor Energy((Tensor Real, Tensor Imaginary) parts) => Square(parts.Real) + Square(parts.Imaginary);
}
