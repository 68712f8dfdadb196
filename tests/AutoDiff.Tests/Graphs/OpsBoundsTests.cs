using static AutoDiff.Ops;

namespace AutoDiff.Tests.Graphs;

/// <summary>Each check of a public function at its bound: the last value is taken and right, the first beyond it refused.</summary>
public sealed class OpsBoundsTests
{
    private static readonly Tensor Image = ArgumentValues.Filled(2, 3, 5, 6);
    private static readonly Tensor Kernel = ArgumentValues.Filled(4, 3, 2, 2);
    private static readonly Tensor Matrix = ArgumentValues.Filled(4, 6);
    private static readonly Tensor Vector = ArgumentValues.Filled(6);

    private static readonly (string Taken, Func<Tensor> Call)[] Accepted =
    [
        ("[4]", () => MatMul(Matrix, Vector)),
        ("[6]", () => MatMul(ArgumentValues.Filled(4), Matrix)),
        ("[]", () => Dot(Vector, Vector)),
        ("[6,6]", () => Outer(Vector, Vector)),
        ("[2,4,4,5]", () => Convolution(Image, Kernel)),
        ("[2,4,1,1]", () => Convolution(Image, Kernel, stride: 9, dilation: 4)),
        ("[2,4,6,7]", () => Convolution(Image, Kernel, padding: 1)),
        ("[2,3,6,7]", () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5, 6), Kernel, 6, 7)),
        ("[2,3,0,0]", () => ConvolutionTranspose(Tensor.Zeros([2, 4, 0, 0]), Kernel, 0, 0)),
        ("[2,3,0,7]", () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5, 6), Kernel, 0, 7, padding: 3)),
        ("[2,3,6,0]", () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5, 6), Kernel, 6, 0, padding: 4)),
        ("[4,3,2,2]", () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(2, 4, 4, 5), 2, 2)),
        ("[2,3,2,3]", () => MaxPool(Image, 2)),
        ("[2,3,3,4]", () => MaxPool(Image, 2, padding: 1)),
        ("[2,3,5,6]", () => AveragePool(Image, 1)),
        ("[2,3,3,6]", () => MaxPool(Image, [4, 3], new ConvolutionWindow([2, 1], [2, 1], [2, 1], [1, 1]))),
        ("[2,3,6,6]", () => AveragePool(Image, [2, 1], new ConvolutionWindow([1, 1], [2, 0], [2, 0], [3, 1]))),
        ("[4]", () => Einsum("ij,j->i", Matrix, Vector)),
        ("[6,4]", () => Einsum("ij->ji", Matrix)),
        ("[]", () => Einsum("ij,ij", Matrix, Matrix)),
        ("[6]", () => Clamp(Vector, 0.5, 0.5)),
        ("[4]", () => Max(ArgumentValues.Filled(4, 1), 1)),
        ("[4]", () => ArgMax(ArgumentValues.Filled(4, 1))),
        ("[]", () => Norm(Vector, order: 1)),
        ("[]", () => Norm(Vector, order: 1.5)),
        ("[4]", () => Variance(Matrix, [1], correction: -1)),
        ("[4,1]", () => Softmax(ArgumentValues.Filled(4, 1))),
        ("[0,6]", () => Softmax(Tensor.Zeros([0, 6]))),
        ("[4,0]", () => Softmax(Tensor.Zeros([4, 0]))),
        ("[0,6]", () => Reshape(Tensor.Zeros([0, 6]), 0, 6)),
        ("[0,6]", () => Reshape(Tensor.Zeros([0, 6]), -1, 6)),
        ("[0,3]", () => Reshape(Tensor.Zeros([6, 0]), 0, 3)),
        ("[1,24]", () => Reshape(Matrix, -1, 24)),
        ("[24,1]", () => Reshape(Matrix, 24, -1)),
        ("[6]", () => Take(Matrix, 0, -4)),
        ("[6]", () => Take(Matrix, 0, 3)),
        ("[0,6]", () => Split(Matrix, [0, 4])[0]),
        ("[4,0]", () => OneHot(Tensor.Zeros([4]), 0)),
        ("[0,6]", () => Tile(Matrix, 0, 1)),
        ("[1]", () => Diagonal(Matrix, 5)),
        ("[1]", () => Diagonal(Matrix, -3)),
        ("[0]", () => Diagonal(Tensor.Zeros([0, 0]))),
        ("[1,1]", () => DiagonalMatrix(Tensor.Of([2]))),
        ("[4,6]", () => LowerTriangle(Matrix, int.MinValue)),
        ("[4,6]", () => UpperTriangle(Matrix, int.MaxValue)),
        ("[2,3,4]", () => Gather(ArgumentValues.Filled(2, 5, 4), Tensor.Zeros([2, 3]), 1, batchAxes: 1)),
        ("[0,6]", () => ScatterAdd(Tensor.Zeros([0, 6]), Tensor.Zeros([0]), 0)),
        ("[1,6]", () => Slice(Matrix, 0, step: int.MaxValue)),
        ("[1,6]", () => Slice(Matrix, 0, step: int.MinValue)),
        ("[4,6]", () => Slice(Matrix, 0, int.MinValue, int.MaxValue)),
        ("[0,6]", () => Slice(Matrix, 0, int.MaxValue, int.MinValue)),
        ("[6,4]", () => MoveAxis(Matrix, -2, 1)),
        ("[4,6,1]", () => ExpandDims(Matrix, 2)),
        ("[1,4,6]", () => ExpandDims(Matrix, -3)),
        ("[1,4,6]", () => Stack([Matrix], -3)),
        ("[4,6,2]", () => Stack([Matrix, Matrix], 2)),
        ("[0,0]", () => Tensor.Eye(0)),
        ("[0]", () => Tensor.Range(0)),
    ];

    private static readonly Func<Tensor>[] Refused =
    [
        () => MatMul(1, Vector),
        () => MatMul(Vector, 1),
        () => Dot(Vector, Matrix),
        () => Dot(Matrix, Matrix),
        () => Outer(Matrix, Vector),
        () => Outer(Vector, Matrix),
        () => Convolution(Image, ArgumentValues.Filled(4, 3, 2)),
        () => Convolution(ArgumentValues.Filled(2, 3, 5), Kernel),
        () => Convolution(ArgumentValues.Filled(2, 3, 5, 6, 1), Kernel),
        () => Convolution(ArgumentValues.Filled(2, 4, 5, 6), Kernel),
        () => Convolution(Image, Kernel, dilation: 5),
        () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5), Kernel, 6, 7),
        () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5, 6), ArgumentValues.Filled(4, 3, 2), 6, 7),
        () => ConvolutionTranspose(ArgumentValues.Filled(2, 3, 5, 6), Kernel, 6, 7),
        () => ConvolutionTranspose(Tensor.Zeros([2, 4, 0, 0]), Kernel, -1, 0, padding: 1),
        () => ConvolutionTranspose(Tensor.Zeros([2, 4, 0, 0]), Kernel, 0, -1, padding: 1),
        () => ConvolutionTranspose(ArgumentValues.Filled(2, 4, 5, 6), Kernel, 9, 9, padding: -1),
        () => ConvolutionKernelTranspose(ArgumentValues.Filled(2, 3, 5), ArgumentValues.Filled(2, 4, 4, 5), 2, 2),
        () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(2, 4, 4), 2, 2),
        () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(2, 4, 4, 5, 1), 2, 2),
        () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(1, 4, 4, 5), 2, 2),
        () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(2, 4, 3, 5), 2, 2),
        () => ConvolutionKernelTranspose(Image, ArgumentValues.Filled(2, 4, 4, 4), 2, 2),
        () => MaxPool(ArgumentValues.Filled(2, 3, 5, 6, 1), 2),
        () => MaxPool(Image, 2, padding: -1),
        () => MaxPool(Image, 3, padding: 2),
        () => MaxPool(Image, [3, 3], new ConvolutionWindow([1, 1], [2, 0], [0, 0], [1, 1])),
        () => MaxPool(Image, [3, 3], new ConvolutionWindow([1, 1], [0, 0], [0, 2], [1, 1])),
        () => AveragePool(Image, [2, 2], new ConvolutionWindow([1, 1], [0, 0], [0, 2], [2, 2])),
        () => Einsum("ij->ji->ij", Matrix),
        () => Einsum("ij,jk->ik", Matrix, Matrix),
        () => Einsum("ij->ii", Matrix),
        () => Einsum("ij->ik", Matrix),
        () => LeakyRelu(Vector, double.NaN),
        () => LeakyRelu(Vector, double.NegativeInfinity),
        () => Elu(Vector, double.PositiveInfinity),
        () => Clamp(Vector, double.NaN, 1),
        () => Variance(Vector, correction: double.NaN),
        () => Norm(Vector, order: 0.999),
        () => Norm(Vector, order: double.NaN),
        () => Reshape(Matrix, -1, -1),
        () => Reshape(Matrix, -2, -12),
        () => Reshape(Matrix, -1, 5),
        () => Reshape(Matrix, -1, 0),
        () => Reshape(Tensor.Zeros([0]), -1, 0),
        () => Reshape(Matrix, 25),
        () => Reshape(Matrix, 23),
        () => Take(Matrix, 0, 4),
        () => Take(Matrix, 0, -5),
        () => Split(Matrix, [5, -1])[0],
        () => Split(Matrix, [2, 1])[0],
        () => Tile(Matrix, -1, 1),
        () => Tile(Matrix, 1, 1, 1),
        () => Diagonal(Matrix, 6),
        () => Diagonal(Matrix, -4),
        () => DiagonalMatrix(Tensor.Zeros([0])),
        () => Gather(ArgumentValues.Filled(2, 5, 4), Tensor.Zeros([3, 3]), 1, batchAxes: 1),
        () => Gather(Matrix, 0, 0, batchAxes: 1),
        () => Gather(Matrix, 0, 1, batchAxes: 1),
        () => ScatterAdd(Tensor.Zeros([0, 6]), Tensor.Zeros([0]), -1),
        () => Slice(Matrix, 0, step: 0),
        () => Stack([Matrix], 3),
        () => ExpandDims(Matrix, -4),
        () => Sum(Matrix, 0, -2),
        () => Max(Tensor.Zeros([4, 0]), 1),
        () => Min(Tensor.Zeros([4, 0])),
        () => ArgMax(Tensor.Zeros([0, 4]), 0),
    ];

    public static TheoryData<int> Taken => [.. Enumerable.Range(0, Accepted.Length)];

    public static TheoryData<int> Beyond => [.. Enumerable.Range(0, Refused.Length)];

    [Theory]
    [MemberData(nameof(Taken))]
    public void The_last_value_is_taken_and_right(int row)
    {
        var result = Accepted[row].Call();
        Assert.Equal(Accepted[row].Taken, result.Shape.ToString());
        var expected = Reference.Evaluate(Graph.Of([], [result]), [])[0];
        var actual = result.ToArray();
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Beyond))]
    public void The_first_value_beyond_is_refused(int row) =>
        Assert.Contains("; expected ", Assert.Throws<ArgumentException>(Refused[row]).Message, StringComparison.Ordinal);

    [Fact]
    public void Two_axes_that_fit_in_rank_and_channels_are_no_images_alone()
    {
        // Of each pair one fits and one does not, by rank only.
        foreach (
            var (x, kernel) in new[]
            {
                (ArgumentValues.Filled(2, 3, 5, 6), ArgumentValues.Filled(4, 3, 2)),
                (ArgumentValues.Filled(2, 3, 5), ArgumentValues.Filled(4, 3, 2, 2)),
                (ArgumentValues.Filled(2, 3), ArgumentValues.Filled(4, 3)),
            }
        )
        {
            var error = Assert.Throws<ArgumentException>(() => Convolution(x, kernel));
            Assert.Equal(
                $"[Convolution] got x {x.Shape}, kernel {kernel.Shape}, groups 1; expected [batch,channels,length…] and [outputs,channels ⁄ groups,size…]",
                error.Message
            );
        }
    }
}
