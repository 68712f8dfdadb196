using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private static Tensor Real => Tensor.Of([8, 1, -0.5]);
    private static Tensor Imaginary => Tensor.Of([7, 0.5, 1.5]);
    private static Tensor PlaneReal => Tensor.Of([9, 1, 0.5, 1, -0.5, 2], 2, 3);
    private static Tensor PlaneImaginary => Tensor.Of([8, -1, 0.25, 0.5, 1, -1], 2, 3);

    /// <summary>By tests/AutoDiff.Tests/Reference/signals.py.</summary>
    private static IEnumerable<KnownFunction> Signals() => [.. Fourier(), .. GeneralConvolutions(), .. Interpolations(), .. EinsteinSums()];

    private static IEnumerable<KnownFunction> Fourier() =>
        [
            new(
                nameof(Fft),
                x => Pair(Fft(x[0], x[1])),
                [Real, Imaginary],
                Tensor.Of([8.5, 6.883974596215562, 8.61602540378444, 9.0, 4.700961894323342, 7.299038105676658], 2, 3)
            ),
            new(
                nameof(Fft),
                x => Pair(Fft(x[0], x[1], axis: 0, FftNormalization.Ortho)),
                [Reshape(Real, 3, 1), Reshape(Imaginary, 3, 1)],
                Tensor.Of(
                    [4.907477288111819, 3.9744645862195997, 4.974464586219599, 5.196152422706632, 2.7141016151377544, 4.214101615137754],
                    2,
                    3,
                    1
                )
            ),
            new(
                nameof(Fft),
                x => Pair(Fft(x[0], x[1], norm: FftNormalization.Forward)),
                [Real, Imaginary],
                Tensor.Of([2.8333333333333335, 2.2946581987385204, 2.872008467928146, 3.0, 1.5669872981077806, 2.433012701892219], 2, 3)
            ),
            new(
                nameof(InverseFft),
                x => Pair(InverseFft(x[0], x[1])),
                [Real, Imaginary],
                Tensor.Of([2.8333333333333335, 2.872008467928146, 2.2946581987385204, 3.0, 2.433012701892219, 1.5669872981077806], 2, 3)
            ),
            new(
                nameof(RealFft),
                x => Slice(Pair(RealFft(x[0])), 1, 1),
                [Tensor.Of([1, 6, 0.5, -1, 0.25])],
                Tensor.Of([3.335864712030895, -4.2108647120308955, -6.350252847135843, -1.9531804262389902], 2, 2)
            ),
            new(
                nameof(InverseRealFft),
                x => InverseRealFft(x[0], x[1], 5),
                [Tensor.Of([9, 2, -1]), Tensor.Of([0, 0.5, 1.5])],
                Tensor.Of([2.2, 1.8279379386154224, 1.4822564660686606, 0.5761027474314656, 2.9137028478844513])
            ),
            new(
                nameof(InverseRealFft),
                x => InverseRealFft(x[0], x[1], 4),
                [Tensor.Of([9, 2, -1]), Tensor.Of([0.25, 0.5, 1])],
                Tensor.Of([3, 2.25, 1, 2.75])
            ),
            new(
                nameof(Fft2),
                x => Pair(Fft2(x[0], x[1])),
                [PlaneReal, PlaneImaginary],
                Tensor.Of(
                    [
                        13.0,
                        9.149519052838329,
                        7.850480947161671,
                        8.0,
                        5.185417437700575,
                        10.814582562299426,
                        7.75,
                        10.607050807568877,
                        7.142949192431122,
                        6.75,
                        5.276923788646684,
                        10.473076211353316,
                    ],
                    2,
                    2,
                    3
                )
            ),
            new(
                nameof(InverseFft2),
                x => Pair(InverseFft2(x[0], x[1])),
                [PlaneReal, PlaneImaginary],
                Tensor.Of(
                    [
                        2.1666666666666665,
                        1.3084134911936118,
                        1.5249198421397214,
                        1.3333333333333333,
                        1.8024304270499043,
                        0.8642362396167624,
                        1.2916666666666667,
                        1.1904915320718539,
                        1.7678418012614796,
                        1.125,
                        1.7455127018922194,
                        0.8794872981077807,
                    ],
                    2,
                    2,
                    3
                )
            ),
        ];

    private static IEnumerable<KnownFunction> GeneralConvolutions() =>
        [
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], stride: 2, padding: 1),
                [Count(1, 2, 4), Tensor.Of([2, 1, 3, 0.5, 1, 2], 1, 2, 3)],
                Tensor.Of([24, 45], 1, 1, 2)
            ),
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], groups: 2),
                [Count(1, 2, 3), Tensor.Of([2, 1, 3, 0.5], 2, 1, 2)],
                Tensor.Of([4, 7, 14.5, 18], 1, 2, 2)
            ),
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], groups: 2),
                [Count(1, 2, 2, 2), Tensor.Of([1, 2, -1, 0.5], 2, 1, 2, 1)],
                Tensor.Of([7, 10, -1.5, -2], 1, 2, 1, 2)
            ),
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], ConvolutionWindow.Same([4], [2])),
                [Count(1, 1, 4), Tensor.Of([2, 1], 1, 1, 2)],
                Tensor.Of([4, 7, 10, 8], 1, 1, 4)
            ),
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], ConvolutionWindow.Same([5], [3], stride: 2)),
                [Count(1, 1, 5), Tensor.Of([2, 1, 3], 1, 1, 3)],
                Tensor.Of([7, 19, 13], 1, 1, 3)
            ),
            new(
                nameof(ConvolutionTranspose),
                x => ConvolutionTranspose(x[0], x[1], [4], ConvolutionWindow.Of(1, stride: 2, padding: 1)),
                [Count(1, 1, 2), Tensor.Of([2, 1, 3], 1, 1, 3)],
                Tensor.Of([1, 7, 2, 6], 1, 1, 4)
            ),
            new(
                nameof(ConvolutionTranspose),
                x => ConvolutionTranspose(x[0], x[1], [4], ConvolutionWindow.Of(1, stride: 2), groups: 2),
                [Count(1, 2, 2), Tensor.Of([2, 1, 3, 0.5], 2, 1, 2)],
                Tensor.Of([2, 1, 4, 2, 9, 1.5, 12, 2], 1, 2, 4)
            ),
            new(
                nameof(ConvolutionKernelTranspose),
                x => ConvolutionKernelTranspose(x[0], x[1], [2], ConvolutionWindow.Of(1), groups: 2),
                [Count(1, 2, 3), Count(1, 2, 2)],
                Tensor.Of([5, 8, 32, 39], 2, 1, 2)
            ),
        ];

    private static IEnumerable<KnownFunction> Interpolations() =>
        [
            new(
                nameof(Interpolate),
                x => Interpolate(x[0], x[1], x[2]),
                [Tensor.Of([-3, -1, 0, 1, 1.5, 3, 7]), Tensor.Of([-1, 1, 3]), Tensor.Of([2, 8, 4])],
                Tensor.Of([2, 2, 5, 8, 7, 4, 4])
            ),
            new(
                nameof(Interpolate),
                x => Interpolate(x[0], x[1], x[2]),
                [Tensor.Of([-3, 9]), Tensor.Of([1]), Tensor.Of([5])],
                Tensor.Of([5, 5])
            ),
            new(
                nameof(ResizeNearest),
                x => ResizeNearest(x[0], 3, 5),
                [Count(1, 1, 2, 3)],
                Tensor.Of([1, 1, 2, 2, 3, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6], 1, 1, 3, 5)
            ),
            new(
                nameof(ResizeBilinear),
                x => ResizeBilinear(x[0], 4, 2),
                [Tensor.Of([1, 2, 8, 4, 5, 7], 1, 1, 2, 3)],
                Tensor.Of([1.25, 6.5, 2, 6.5, 3.5, 6.5, 4.25, 6.5], 1, 1, 4, 2)
            ),
            new(
                nameof(ResizeBilinear),
                x => ResizeBilinear(x[0], 3, 5, alignCorners: true),
                [Tensor.Of([1, 2, 8, 4, 5, 7], 1, 1, 2, 3)],
                Tensor.Of([1, 1.5, 2, 5, 8, 2.5, 3, 3.5, 5.5, 7.5, 4, 4.5, 5, 6, 7], 1, 1, 3, 5)
            ),
        ];

    private static IEnumerable<KnownFunction> EinsteinSums() =>
        [
            new(
                nameof(Einsum),
                x => Einsum("...ij,jk->...ik", x[0], x[1]),
                [Count(2, 2, 3), Count(3, 2)],
                Tensor.Of([22, 28, 49, 64, 76, 100, 103, 136], 2, 2, 2)
            ),
            new(
                nameof(Einsum),
                x => Einsum("i...,...i", x[0], x[1]),
                [Count(2, 2), Tensor.Of([1, 10, 100, 1000], 2, 2)],
                Tensor.Of([31, 4200])
            ),
            new(
                nameof(Einsum),
                x => Einsum("...i,...i->...", x[0], x[1]),
                [Count(2, 1, 2), Count(3, 2)],
                Tensor.Of([5, 11, 17, 11, 25, 39], 2, 3)
            ),
            new(nameof(Einsum), x => Einsum("ii...->i...", x[0]), [Count(2, 2, 3)], Tensor.Of([1, 2, 3, 10, 11, 12], 2, 3)),
            new(nameof(Einsum), x => Einsum("ij,jk,ki->", x[0], x[1], x[2]), [Count(2, 3), Count(3, 2), Count(2, 2)], 460),
        ];

    private static Tensor Pair((Tensor Real, Tensor Imaginary) parts) => Stack([parts.Real, parts.Imaginary]);

    /// <summary>1, 2, 3, … row by row.</summary>
    private static Tensor Count(params int[] shape) =>
        Tensor.Of([.. Enumerable.Range(1, Shape.Of(shape).Size).Select(i => (double)i)], shape);
}
