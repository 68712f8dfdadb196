using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Contractions() =>
        [
            new("MatMul: left", x => MatMul(x, Fixed(3, 2)), Any(2, 3)),
            new("MatMul: right", x => MatMul(Fixed(2, 3), x), Any(3, 2)),
            new("MatMul: both", x => MatMul(x, Transpose(x)), Any(2, 3)),
            new("MatMul: vector on the left", x => MatMul(x, Fixed(3, 2)), Any(3)),
            new("MatMul: vector on the right", x => MatMul(Fixed(2, 3), x), Any(3)),
            new("MatMul: batch on the left", x => MatMul(x, Fixed(3, 2)), Any(2, 2, 3)),
            new("MatMul: batch on the right", x => MatMul(Fixed(2, 3), x), Any(2, 3, 2)),
            new("MatMul: batches broadcast", x => MatMul(x, Fixed(2, 3, 2)), Any(2, 1, 2, 3)),
            new("MatMul: inner length 0", x => MatMul(x, Fixed(0, 2)), Any(2, 0)),
            new("MatMul: inner length 1", x => MatMul(x, Transpose(x)), Any(3, 1)),
            new("Dot: left", x => Dot(x, Fixed(3)), Any(3)),
            new("Dot: both", x => Dot(x, Sin(x)), Any(3)),
            new("Outer: left", x => Outer(x, Fixed(2)), Any(3)),
            new("Outer: both", x => Outer(x, Square(x)), Any(2)),
            new("Einsum: product, left", x => Einsum("bij,jk->bik", x, Fixed(3, 2)), Any(2, 2, 3)),
            new("Einsum: product, right", x => Einsum("bij,jk->bik", Fixed(2, 2, 3), x), Any(3, 2)),
            new("Einsum: three operands", x => Einsum("i,ij,j->", x, Fixed(2, 2), x), Any(2)),
            new("Einsum: trace", x => Einsum("ii->", x), Any(3, 3)),
            new("Einsum: diagonal in the middle", x => Einsum("iji->ij", x), Any(2, 3, 2)),
            new("Einsum: implied result", x => Einsum("ba,cb", x, Fixed(2, 3)), Any(3, 2)),
            new("Einsum: summed away", x => Einsum("ij->j", x), Any(2, 3)),
            new("Einsum: outer product", x => Einsum("i,j->ji", x, Fixed(2)), Any(3)),
        ];

    private static IEnumerable<Case> Convolutions() =>
        [
            new("Convolution: images", x => Convolution(x, Fixed(2, 1, 2, 2)), Any(1, 1, 3, 3)),
            new("Convolution: kernels", x => Convolution(Fixed(2, 1, 3, 3), x), Any(2, 1, 2, 2)),
            new(
                "Convolution: stride, padding, dilation",
                x => Convolution(x, Fixed(1, 2, 2, 2), stride: 2, padding: 1, dilation: 2),
                Any(1, 2, 4, 3)
            ),
            new("Convolution: kernels, stride, padding", x => Convolution(Fixed(1, 2, 4, 3), x, stride: 2, padding: 1), Any(1, 2, 2, 2)),
            new("Convolution: both", x => Convolution(x, Slice(Slice(x, 2, 0, 2), 3, 0, 1)), Any(1, 1, 3, 2)),
            new("ConvolutionTranspose: outputs", x => ConvolutionTranspose(x, Fixed(2, 1, 2, 2), 3, 3), Any(1, 2, 2, 2)),
            new("ConvolutionTranspose: kernels", x => ConvolutionTranspose(Fixed(1, 2, 2, 2), x, 3, 3), Any(2, 1, 2, 2)),
            new(
                "ConvolutionTranspose: stride, padding",
                x => ConvolutionTranspose(x, Fixed(1, 2, 2, 2), 4, 3, stride: 2, padding: 1),
                Any(1, 1, 3, 2)
            ),
            new("ConvolutionKernelTranspose: images", x => ConvolutionKernelTranspose(x, Fixed(1, 2, 2, 2), 2, 2), Any(1, 1, 3, 3)),
            new("ConvolutionKernelTranspose: outputs", x => ConvolutionKernelTranspose(Fixed(1, 1, 3, 3), x, 2, 2), Any(1, 2, 2, 2)),
            new("MaxPool", x => MaxPool(x, 2), Tensors.Distinct([1, 1, 4, 2])),
            new("MaxPool: overlapping, padded", x => MaxPool(x, 2, stride: 1, padding: 1), Tensors.Distinct([1, 1, 3, 2])),
            new("AveragePool", x => AveragePool(x, 2), Any(1, 1, 4, 2)),
            new("AveragePool: overlapping, padded", x => AveragePool(x, 2, stride: 1, padding: 1), Any(1, 1, 2, 3)),
        ];
}
