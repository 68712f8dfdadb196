using System.Text.RegularExpressions;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Graphs;

/// <summary>An error begins with the function that the user called and shows the shapes that the user passed, and no shape of the library's own making.</summary>
public sealed partial class ErrorTextTests
{
    private static readonly Tensor Image = Zeros(2, 3, 5, 6);

    // The function, the shapes that the message shows, and what it makes of them where the result is what does not fit.
    private static readonly (string Function, string Shapes, Func<object> Call)[] Table =
    [
        ("MatMul", "[5,2,3] [4,3,2]", () => MatMul(Zeros(5, 2, 3), Zeros(4, 3, 2))),
        ("MatMul", "[7,5,2,3] [4,3,2]", () => MatMul(Zeros(7, 5, 2, 3), Zeros(4, 3, 2))),
        ("MatMul", "[5,2,3] [4,2]", () => MatMul(Zeros(5, 2, 3), Zeros(4, 2))),
        ("MatMul", "[3] [4] [3]", () => MatMul(Zeros(3), Zeros(4))),
        ("MatMul", "[3] [5,4,2]", () => MatMul(Zeros(3), Zeros(5, 4, 2))),
        ("MatMul", "[] [2]", () => MatMul(1, Zeros(2))),
        ("MatMul", "[70000,1] [1,70000] [70000,70000]", () => MatMul(Zeros(70000, 1), Zeros(1, 70000))),
        ("MatMul", "[300,1,100000] [100,1,100000,1] [100,300,1,100000]", () => MatMul(Zeros(300, 1, 100000), Zeros(100, 1, 100000, 1))),
        ("Dot", "[3] [4]", () => Dot(Zeros(3), Zeros(4))),
        ("Outer", "[3,1] [4]", () => Outer(Zeros(3, 1), Zeros(4))),
        ("Outer", "[70000] [70001] [70000,70001]", () => Outer(Zeros(70000), Zeros(70001))),
        ("Add", "[2,3] [4]", () => Zeros(2, 3) + Zeros(4)),
        ("Multiply", "[70000,1] [70000] [70000,70000]", () => Zeros(70000, 1) * Zeros(70000)),
        ("Where", "[2,1] [3] [4]", () => Where(Zeros(2, 1), Zeros(3), Zeros(4))),
        ("ReshapeTo", "[2,3] [7]", () => ReshapeTo(Zeros(2, 3), [7])),
        ("Reshape", "[2,3] [4,-1]", () => Reshape(Zeros(2, 3), 4, -1)),
        ("BroadcastTo", "[2,3] [2,4]", () => BroadcastTo(Zeros(2, 3), [2, 4])),
        ("ExpandDims", "[2,3]", () => ExpandDims(Zeros(2, 3), 4)),
        ("MoveAxis", "[2,3]", () => MoveAxis(Zeros(2, 3), 0, 2)),
        ("Transpose", "[2,3] [0,0]", () => Transpose(Zeros(2, 3), 0, 0)),
        ("Take", "[2,3]", () => Take(Zeros(2, 3), 1, 3)),
        ("Pad", "[2,3] [1]", () => Pad(Zeros(2, 3), [1], [1])),
        ("Concatenate", "[2,3] [2,4]", () => Concatenate([Zeros(2, 3), Zeros(2, 4)])),
        ("Stack", "[2,3] [2,4]", () => Stack([Zeros(2, 3), Zeros(2, 4)])),
        ("Stack", "[2,3]", () => Stack([Zeros(2, 3), Zeros(2, 3)], 3)),
        ("Stack", "", () => Stack([])),
        ("Split", "[4,3] [1,2]", () => Split(Zeros(4, 3), [1, 2])),
        ("Split", "[4,3] [5,-1]", () => Split(Zeros(4, 3), [5, -1])),
        ("Split", "[4,3] [2147483647,2147483647,6]", () => Split(Zeros(4, 3), [int.MaxValue, int.MaxValue, 6])),
        ("Gather", "[2,3,4] [3,1]", () => Gather(Zeros(2, 3, 4), Zeros(3, 1), axis: 2, batchAxes: 1)),
        ("Gather", "[2,3,4] []", () => Gather(Zeros(2, 3, 4), 0, axis: 2, batchAxes: 1)),
        ("Gather", "[3,70000] [70000] [70000,70000]", () => Gather(Zeros(3, 70000), Zeros(70000))),
        ("ScatterAdd", "[2,3] [3]", () => ScatterAdd(Zeros(2, 3), Zeros(3), 4)),
        ("OneHot", "[2]", () => OneHot(Zeros(2), -1)),
        ("OneHot", "[70000] [70000,70000]", () => OneHot(Zeros(70000), 70000)),
        ("Tile", "[2,3] [2]", () => Tile(Zeros(2, 3), 2)),
        ("Tile", "[2,3] [-1,2]", () => Tile(Zeros(2, 3), -1, 2)),
        ("Diagonal", "[2,3]", () => Diagonal(Zeros(2, 3), 3)),
        ("DiagonalMatrix", "[70000] [70000,70000]", () => DiagonalMatrix(Zeros(70000))),
        ("DiagonalMatrix", "[]", () => DiagonalMatrix(1)),
        ("LowerTriangle", "[3]", () => LowerTriangle(Zeros(3))),
        ("UpperTriangle", "[3]", () => UpperTriangle(Zeros(3))),
        ("Windows", "[4,3]", () => Windows(Zeros(4, 3), 0, 5)),
        ("OverlapAdd", "[4,3]", () => OverlapAdd(Zeros(4, 3), 0, 5)),
        ("OverlapAdd", "[4,3]", () => OverlapAdd(Zeros(4, 3), 0, 12, stride: 0)),
        ("OverlapAdd", "[4,3]", () => OverlapAdd(Zeros(4, 3), 0, 12, dilation: -1)),
        ("OverlapAdd", "[4,3]", () => OverlapAdd(Zeros(4, 3), 1, 12)),
        ("Convolution", "[2,3,5,6] [4,2,2,2]", () => Convolution(Image, Zeros(4, 2, 2, 2))),
        ("Convolution", "[2,3,5,6]", () => Convolution(Image, Zeros(4, 3, 7, 2))),
        ("Convolution", "[2,3,5,6]", () => Convolution(Image, Zeros(4, 3, 2, 2), stride: 0)),
        ("Convolution", "[2,3,5,6]", () => Convolution(Image, Zeros(4, 3, 2, 2), padding: -1)),
        ("Convolution", "[2,3,5,6]", () => Convolution(Image, Zeros(4, 3, 2, 2), dilation: 6)),
        ("ConvolutionTranspose", "[2,4,5,6] [3,4,2,2]", () => ConvolutionTranspose(Zeros(2, 4, 5, 6), Zeros(3, 4, 2, 2), 6, 7)),
        ("ConvolutionTranspose", "[2,3,5,6]", () => ConvolutionTranspose(Image, Zeros(3, 4, 2, 2), 5, 7)),
        ("ConvolutionTranspose", "[2,3,5,6] [3,4,2,2]", () => ConvolutionTranspose(Image, Zeros(3, 4, 2, 2), -6, 7)),
        ("ConvolutionKernelTranspose", "[2,3,5,6] [2,4,5,6]", () => ConvolutionKernelTranspose(Image, Zeros(2, 4, 5, 6), 2, 2)),
        ("ConvolutionKernelTranspose", "[2,3,5,6]", () => ConvolutionKernelTranspose(Image, Zeros(2, 4, 4, 5), 2, 0)),
        ("Convolution", "[2,3,5,6] [4,3,2,2]", () => Convolution(Image, Zeros(4, 3, 2, 2), groups: 2)),
        ("Convolution", "[2,3,5,6]", () => Convolution(Image, Zeros(4, 3, 2, 2), ConvolutionWindow.Of(1))),
        ("Fft", "[2,3] [2,4]", () => Fft(Zeros(2, 3), Zeros(2, 4)).Real),
        ("RealFft", "[2,0]", () => RealFft(Zeros(2, 0)).Real),
        ("InverseRealFft", "[2,3]", () => InverseRealFft(Zeros(2, 3), Zeros(2, 3), 6)),
        ("Interpolate", "[2] [3]", () => Interpolate(Zeros(5), Zeros(2), Zeros(3))),
        ("ResizeNearest", "[2,3,5]", () => ResizeNearest(Zeros(2, 3, 5), 2, 2)),
        ("ResizeBilinear", "[2,3,5,6]", () => ResizeBilinear(Image, -1, 2)),
        ("Einsum", "", () => Einsum("...j,jk->...k", Zeros(2, 3), Zeros(4, 5))),
        ("Einsum", "", () => Einsum("...i,...i", Zeros(2, 3), Zeros(4, 3))),
        ("MaxPool", "[2,3,5]", () => MaxPool(Zeros(2, 3, 5), 2)),
        ("MaxPool", "[2,3,5,6]", () => MaxPool(Image, 6)),
        ("MaxPool", "[2,3,5,6]", () => MaxPool(Image, 2, 0)),
        ("MaxPool", "[2,3,5,6]", () => MaxPool(Image, 2, 1, 2)),
        ("AveragePool", "[2,3,5,6]", () => AveragePool(Image, 0)),
        ("MaxPool", "[2,3,5,6]", () => MaxPool(Image, [2], ConvolutionWindow.Of(1))),
        ("MaxPool", "[2,3,5,6]", () => MaxPool(Image, [2, 6], ConvolutionWindow.Of(2, padding: 2))),
        ("AveragePool", "[2,3,5,6]", () => AveragePool(Image, [2, 2], ConvolutionWindow.Of(1))),
        ("AveragePool", "[2,3]", () => AveragePool(Zeros(2, 3), [], ConvolutionWindow.Of(0))),
        ("AveragePool", "[2,3,5,6]", () => AveragePool(Image, int.MaxValue, 1, int.MaxValue)),
        ("Einsum", "[2,3]", () => Einsum("ijk", Zeros(2, 3))),
        ("Einsum", "", () => Einsum("ij,jk->ik", Zeros(2, 3))),
        ("Einsum", "[70000] [70001]", () => Einsum("i,j->ij", Zeros(70000), Zeros(70001))),
        ("Sum", "[2,3]", () => Sum(Zeros(2, 3), 2)),
        ("Mean", "[2,3]", () => Mean(Zeros(2, 3), 1, 1)),
        ("Variance", "[2,3]", () => Variance(Zeros(2, 3), [-3])),
        ("Norm", "[2,3]", () => Norm(Zeros(2, 3), [2])),
        ("Max", "[0,3]", () => Max(Zeros(0, 3), 0)),
        ("ArgMax", "[2,0]", () => ArgMax(Zeros(2, 0))),
        ("Softmax", "[2,3]", () => Softmax(Zeros(2, 3), 2)),
        ("LogSoftmax", "[2,3]", () => LogSoftmax(Zeros(2, 3), 2)),
        ("CumulativeSum", "[2,3]", () => CumulativeSum(Zeros(2, 3), 2)),
        ("KeepAxes", "[2,3] [4,5] [4,1]", () => KeepAxes(Zeros(2, 3), [4, 5], 1)),
        ("Sum", "[65536,65536,0] [65536,65536]", () => Sum(Zeros(65536, 65536, 0), 2)),
        ("Tensor.Eye", "", () => Tensor.Eye(65536)),
        ("Tensor.Eye", "", () => Tensor.Eye(-1)),
        ("Tensor.Range", "", () => Tensor.Range(int.MaxValue)),
        ("Tensor.Of", "[2,2]", () => Tensor.Of([1, 2, 3], 2, 2)),
        ("Key.Normal", "", () => Key.Of(1).Normal(null!)),
        ("TreeMath.Add", "[2] [3]", () => TreeMath.Add(Zeros(2), Zeros(3))),
        ("TreeMath.Unravel", "[4] [6]", () => TreeMath.Unravel(Zeros(2, 3), Zeros(4))),
        ("Hessian", "[65536] [65536] [65536,65536]", () => Transforms.Hessian(x => Sum(Square(x)), Zeros(65536))),
        ("Jacobian", "[65536] [65536] [65536,65536]", () => Transforms.Jacobian<Tensor, Tensor>(x => 2 * x, Zeros(65536))),
        ("Vmap", "[2,3]", () => Transforms.Vmap<Tensor, Tensor>(Exp, [2])(Zeros(2, 3))),
        ("LeakyRelu", "", () => LeakyRelu(null!)),
        ("Elu", "", () => Elu(null!)),
        ("Selu", "", () => Selu(null!)),
        ("Gelu", "", () => Gelu(null!)),
        ("Silu", "", () => Silu(null!)),
        ("Mish", "", () => Mish(null!)),
        ("LogSigmoid", "", () => LogSigmoid(null!)),
        ("Clamp", "", () => Clamp(null!, 0, 1)),
    ];

    public static TheoryData<int, string> Rows => [.. Table.Select((row, i) => (i, row.Function))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Names_the_function_and_the_shapes_passed(int row, string function)
    {
        var message = Assert.ThrowsAny<ArgumentException>(Table[row].Call).Message;
        Assert.StartsWith($"[{function}] ", message, StringComparison.Ordinal);
        Assert.Contains("; expected ", message, StringComparison.Ordinal);
        string[] shown = [.. Lists().Matches(message).Select(match => match.Value)];
        Assert.Equal(
            Table[row].Shapes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            shown.Order(StringComparer.Ordinal)
        );
    }

    private static Tensor Zeros(params int[] shape) => Tensor.Zeros(Shape.Of(shape));

    [GeneratedRegex(@"\[[-\d,]*\]")]
    private static partial Regex Lists();
}
