using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>What a public method must compute, by a source outside this library.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Function">The method, applied to the arguments.</param>
/// <param name="Arguments">The arguments.</param>
/// <param name="Value">The result.</param>
internal sealed record KnownFunction(string Method, Func<Tensor[], Tensor> Function, Tensor[] Arguments, Tensor Value);

/// <summary>Literal values of every public method of <see cref="Ops"/> that is more than a function of numbers which <see cref="KnownOps"/> has, and of every operator: by NumPy and mpmath, or by definition.</summary>
internal static partial class KnownFunctions
{
    private static readonly Tensor Matrix = Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3);
    private static readonly Tensor Uneven = Tensor.Of([1, 4, 2, 8, 5, 7], 2, 3);
    private static readonly Tensor Image = Tensor.Of([1, 2, 0, 3, -1, 4, 2, 5, 1], 1, 1, 3, 3);
    private static readonly Tensor Kernel = Tensor.Of([1, 2, -1, 0.5], 1, 1, 2, 2);
    private static readonly Tensor Output = Tensor.Of([1, 2, 3, 4], 1, 1, 2, 2);

    public static IReadOnlyList<KnownFunction> All { get; } =
    [
        .. Operators(),
        .. Activations(),
        .. Choices(),
        .. Reductions(),
        .. Contractions(),
        .. Convolutions(),
        .. Signals(),
        .. Structures(),
        .. Movements(),
        .. LinearAlgebra(),
        .. Spectra(),
        .. SpecialFunctions(),
        .. Predicates(),
        .. Orders(),
        .. Runs(),
        .. Arrangements(),
        .. Updates(),
    ];

    private static IEnumerable<KnownFunction> Operators() =>
        [
            Two("op_Addition", (x, y) => x + y, [3, 5], [1, 5], [4, 10]),
            Two("op_Subtraction", (x, y) => x - y, [3, 5], [1, 8], [2, -3]),
            Two("op_Multiply", (x, y) => x * y, [3, 5], [2, -4], [6, -20]),
            Two("op_Division", (x, y) => x / y, [3, 5], [2, -4], [1.5, -1.25]),
            One("op_Addition", x => (2.5 + x) + 1.5, [3, 5], [7, 9]),
            One("op_Subtraction", x => (2.5 - x) - 1.5, [3, 5], [-2, -4]),
            One("op_Multiply", x => (2.5 * x) * 1.5, [4, -8], [15, -30]),
            One("op_Division", x => (3.0 / x) / 2, [3, -6], [0.5, -0.25]),
            One("op_UnaryNegation", x => -x, [3, -5], [-3, 5]),
            Two("op_LessThan", (x, y) => x < y, [1, 2, 3], [2, 2, 2], [1, 0, 0]),
            Two("op_GreaterThan", (x, y) => x > y, [1, 2, 3], [2, 2, 2], [0, 0, 1]),
            Two("op_LessThanOrEqual", (x, y) => x <= y, [1, 2, 3], [2, 2, 2], [1, 1, 0]),
            Two("op_GreaterThanOrEqual", (x, y) => x >= y, [1, 2, 3], [2, 2, 2], [0, 1, 1]),
        ];

    private static IEnumerable<KnownFunction> Activations() =>
        [
            One(nameof(LogSigmoid), LogSigmoid, [0.5, -1.25, 12], [-0.4740769841801067, -1.501929081345373, -6.144193477732806e-06]),
            One(nameof(LeakyRelu), x => LeakyRelu(x, 0.25), [2, -2, 0], [2, -0.5, 0]),
            One(nameof(Elu), x => Elu(x, 2), [0.5, -1.25], [0.5, -1.4269904062796198]),
            One(nameof(Selu), Selu, [0.5, -1.25], [0.5253504936777402, -1.254395446337865]),
            One(nameof(Gelu), Gelu, [0.5, -1.25], [0.34573123063700656, -0.13206221708356908]),
            One(nameof(Silu), Silu, [0.5, -1.25], [0.3112296656009273, -0.27837517353163604]),
            One(nameof(Mish), Mish, [0.5, -1.25], [0.37524521130489513, -0.3084139611415277]),
            One(nameof(Clamp), x => Clamp(x, -1, 2), [-1.5, 0.5, 3], [-1, 0.5, 2]),
        ];

    private static IEnumerable<KnownFunction> Choices() =>
        [
            new(
                nameof(Where),
                x => Where(x[0], x[1], x[2]),
                [Tensor.Of([1, 0]), Tensor.Of([1, 2, 3, 4], 2, 2), 9],
                Tensor.Of([1, 9, 3, 9], 2, 2)
            ),
            new(nameof(OneHot), x => OneHot(x[0], 3), [Tensor.Of([2, 0, 5])], Tensor.Of([0, 0, 1, 1, 0, 0, 0, 0, 0], 3, 3)),
            new(nameof(ArgMax), x => ArgMax(x[0]), [Uneven], Tensor.Of([1, 0])),
        ];

    private static IEnumerable<KnownFunction> Reductions() =>
        [
            new(nameof(Sum), x => Sum(x[0], -1), [Uneven], Tensor.Of([7, 20])),
            new(nameof(Sum), x => Sum(x[0]), [Uneven], 27),
            new(nameof(Mean), x => Mean(x[0], 0), [Uneven], Tensor.Of([4.5, 4.5, 4.5])),
            new(nameof(Variance), x => Variance(x[0], [0]), [Uneven], Tensor.Of([12.25, 0.25, 6.25])),
            new(nameof(Variance), x => Variance(x[0], [1], correction: 1), [Uneven], Tensor.Of([2.3333333333333335, 2.3333333333333335])),
            new(nameof(Product), x => Product(x[0], 1), [Uneven], Tensor.Of([8, 280])),
            new(nameof(Max), x => Max(x[0], 1), [Uneven], Tensor.Of([4, 8])),
            new(nameof(Min), x => Min(x[0], 1), [Uneven], Tensor.Of([1, 5])),
            new(nameof(LogSumExp), x => LogSumExp(x[0], 0), [Tensor.Of([800, 800, -800, -800], 2, 2)], Tensor.Of([800, 800])),
            new(nameof(Norm), x => Norm(x[0]), [Tensor.Of([3, -4])], 5),
            new(nameof(Norm), x => Norm(x[0], [0], 1), [Tensor.Of([3, -4])], 7),
            new(nameof(Norm), x => Norm(x[0], [0], 3), [Tensor.Of([1, -2, 4])], 4.179339196381232),
            new(nameof(Norm), x => Norm(x[0], [0], 1.5), [Tensor.Of([1, -2, 4])], 5.191402066808783),
            new(nameof(Norm), x => Norm(x[0], [0], double.PositiveInfinity), [Tensor.Of([3, -4])], 4),
            new(nameof(CumulativeSum), x => CumulativeSum(x[0]), [Uneven], Tensor.Of([1, 5, 7, 8, 13, 20], 2, 3)),
            new(nameof(CumulativeSum), x => CumulativeSum(x[0], 0, reverse: true), [Uneven], Tensor.Of([9, 9, 9, 8, 5, 7], 2, 3)),
            One(nameof(Softmax), x => Softmax(x), [1, 2, 4], [0.04201006613406605, 0.11419519938459448, 0.8437947344813395]),
            One(nameof(LogSoftmax), x => LogSoftmax(x), [1, 2, 4], [-3.1698460195562856, -2.1698460195562856, -0.16984601955628564]),
            new(
                nameof(Softmax),
                x => Softmax(x[0], 0),
                [Tensor.Of([4, 7, 1, 7], 2, 2)],
                Tensor.Of([0.9525741268224333, 0.5, 0.04742587317756678, 0.5], 2, 2)
            ),
            new(nameof(KeepAxes), x => KeepAxes(x[0], [2, 3], 1), [Tensor.Of([7, 20])], Tensor.Of([7, 20], 2, 1)),
        ];

    private static IEnumerable<KnownFunction> Contractions() =>
        [
            new(nameof(MatMul), x => MatMul(x[0], x[1]), [Matrix, Tensor.Of([1, 10, 100])], Tensor.Of([321, 654])),
            new(nameof(MatMul), x => MatMul(x[0], x[1]), [Tensor.Of([1, 10]), Matrix], Tensor.Of([41, 52, 63])),
            new(nameof(Dot), x => Dot(x[0], x[1]), [Tensor.Of([1, 2, 3]), Tensor.Of([4, -5, 6])], 12),
            new(nameof(Outer), x => Outer(x[0], x[1]), [Tensor.Of([1, 2]), Tensor.Of([3, 4, 5])], Tensor.Of([3, 4, 5, 6, 8, 10], 2, 3)),
            new(
                nameof(Einsum),
                x => Einsum("ij,jk->ki", x[0], x[1]),
                [Matrix, Tensor.Of([10, 20, 30, 40, 50, 60], 3, 2)],
                Tensor.Of([220, 490, 280, 640], 2, 2)
            ),
            new(
                nameof(Einsum),
                x => Einsum("ba,cb", x[0], x[1]),
                [Matrix, Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8], 4, 2)],
                Tensor.Of([9, 19, 29, 39, 12, 26, 40, 54, 15, 33, 51, 69], 3, 4)
            ),
        ];

    private static IEnumerable<KnownFunction> Convolutions() =>
        [
            new(nameof(Convolution), x => Convolution(x[0], x[1]), [Image, Kernel], Tensor.Of([1.5, 5, 1.5, 2.5], 1, 1, 2, 2)),
            new(
                nameof(Convolution),
                x => Convolution(x[0], x[1], stride: 2, padding: 1),
                [Image, Kernel],
                Tensor.Of([0.5, -2, 7, 2.5], 1, 1, 2, 2)
            ),
            new(nameof(Convolution), x => Convolution(x[0], x[1], dilation: 2), [Image, Kernel], Tensor.Of([-0.5], 1, 1, 1, 1)),
            new(
                nameof(ConvolutionTranspose),
                x => ConvolutionTranspose(x[0], x[1], 3, 3),
                [Output, Kernel],
                Tensor.Of([1, 4, 4, 2, 8.5, 9, -3, -2.5, 2], 1, 1, 3, 3)
            ),
            new(
                nameof(ConvolutionKernelTranspose),
                x => ConvolutionKernelTranspose(x[0], x[1], 2, 2),
                [Image, Output],
                Tensor.Of([10, 15, 27, 26], 1, 1, 2, 2)
            ),
            new(nameof(MaxPool), x => MaxPool(x[0], 2, stride: 1), [Image], Tensor.Of([3, 4, 5, 5], 1, 1, 2, 2)),
            new(nameof(AveragePool), x => AveragePool(x[0], 2, stride: 1), [Image], Tensor.Of([1.25, 1.25, 2.25, 2.25], 1, 1, 2, 2)),
            new(
                nameof(MaxPool),
                x => MaxPool(x[0], [2], new ConvolutionWindow([2], [1], [0], [2])),
                [Tensor.Of([3, 1, 4, 1.5, 5, 9], 1, 1, 6)],
                Tensor.Of([1, 1.5, 9], 1, 1, 3)
            ),
            new(
                nameof(AveragePool),
                x => AveragePool(x[0], [3], new ConvolutionWindow([2], [1], [1], [1])),
                [Tensor.Of([2, 4, 9, 2, 4], 1, 1, 5)],
                Tensor.Of([2, 5, 2], 1, 1, 3)
            ),
            new(
                nameof(AveragePool),
                x => AveragePool(x[0], [3], new ConvolutionWindow([2], [1], [1], [1]), countPadding: false),
                [Tensor.Of([2, 4, 9, 2, 4], 1, 1, 5)],
                Tensor.Of([3, 5, 3], 1, 1, 3)
            ),
        ];

    private static IEnumerable<KnownFunction> Structures() =>
        [
            new(nameof(Reshape), x => Reshape(x[0], -1, 2), [Matrix], Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2)),
            new(nameof(ReshapeTo), x => ReshapeTo(x[0], [3, 2]), [Matrix], Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2)),
            new(nameof(Transpose), x => Transpose(x[0]), [Matrix], Tensor.Of([1, 4, 2, 5, 3, 6], 3, 2)),
            new(
                nameof(MoveAxis),
                x => MoveAxis(x[0], 0, 2),
                [Tensor.Of([0, 1, 2, 3, 4, 5, 6, 7], 2, 2, 2)],
                Tensor.Of([0, 4, 1, 5, 2, 6, 3, 7], 2, 2, 2)
            ),
            new(nameof(BroadcastTo), x => BroadcastTo(x[0], [2, 2]), [Tensor.Of([1, 2], 2, 1)], Tensor.Of([1, 1, 2, 2], 2, 2)),
            new(nameof(ExpandDims), x => ExpandDims(x[0], 1), [Tensor.Of([1, 2])], Tensor.Of([1, 2], 2, 1)),
            new(
                nameof(Tile),
                x => Tile(x[0], 2, 3),
                [Tensor.Of([1, 2, 3, 4], 2, 2)],
                Tensor.Of([1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4, 1, 2, 1, 2, 1, 2, 3, 4, 3, 4, 3, 4], 4, 6)
            ),
            new(
                nameof(Concatenate),
                x => Concatenate([x[0], x[1]], -1),
                [Matrix, Tensor.Of([7, 8], 2, 1)],
                Tensor.Of([1, 2, 3, 7, 4, 5, 6, 8], 2, 4)
            ),
            new(
                nameof(Stack),
                x => Stack([x[0], x[1]], 1),
                [Tensor.Of([1, 2, 3]), Tensor.Of([4, 5, 6])],
                Tensor.Of([1, 4, 2, 5, 3, 6], 3, 2)
            ),
            new(nameof(Split), x => Split(x[0], [1, 2], 1)[1], [Matrix], Tensor.Of([2, 3, 5, 6], 2, 2)),
            new(nameof(Diagonal), x => Diagonal(x[0], 1), [Matrix], Tensor.Of([2, 6])),
            new(nameof(DiagonalMatrix), x => DiagonalMatrix(x[0], -1), [Tensor.Of([1, 2])], Tensor.Of([0, 0, 0, 1, 0, 0, 0, 2, 0], 3, 3)),
            new(nameof(LowerTriangle), x => LowerTriangle(x[0]), [Matrix], Tensor.Of([1, 0, 0, 4, 5, 0], 2, 3)),
            new(nameof(UpperTriangle), x => UpperTriangle(x[0], 1), [Matrix], Tensor.Of([0, 2, 3, 0, 0, 6], 2, 3)),
        ];

    private static IEnumerable<KnownFunction> Movements() =>
        [
            One(nameof(Slice), x => Slice(x, 0, 1, -1, 2), [1, 2, 3, 4, 5, 6], [2, 4]),
            One(nameof(Slice), x => Slice(x, 0, -2, null, -2), [1, 2, 3, 4, 5, 6], [5, 3, 1]),
            new(nameof(Take), x => Take(x[0], 1, -2), [Matrix], Tensor.Of([2, 5])),
            new(nameof(Pad), x => Pad(x[0], [1, 0], [0, 1], 7), [Tensor.Of([1, 2], 1, 2)], Tensor.Of([7, 7, 7, 1, 2, 7], 2, 3)),
            new(nameof(Flip), x => Flip(x[0], 1), [Matrix], Tensor.Of([3, 2, 1, 6, 5, 4], 2, 3)),
            new(nameof(Flip), x => Flip(x[0]), [Matrix], Tensor.Of([6, 5, 4, 3, 2, 1], 2, 3)),
            new(nameof(Gather), x => Gather(x[0], x[1], axis: 1), [Matrix, Tensor.Of([2, 0])], Tensor.Of([3, 1, 6, 4], 2, 2)),
            new(
                nameof(Gather),
                x => Gather(x[0], x[1], axis: 2, batchAxes: 1),
                [Tensor.Of([0, 1, 2, 3, 4, 5, 6, 7], 2, 2, 2), Tensor.Of([1, 0], 2, 1)],
                Tensor.Of([1, 3, 4, 6], 2, 2, 1)
            ),
            new(nameof(ScatterAdd), x => ScatterAdd(x[0], x[1], 3), [Tensor.Of([1, 2, 4]), Tensor.Of([2, 0, 2])], Tensor.Of([2, 0, 5])),
            new(nameof(Windows), x => Windows(x[0], 0, 2, dilation: 2), [Tensor.Of([1, 2, 3, 4])], Tensor.Of([1, 3, 2, 4], 2, 2)),
            new(nameof(OverlapAdd), x => OverlapAdd(x[0], 0, 4, stride: 1), [Tensor.Of([1, 2, 10, 20], 2, 2)], Tensor.Of([1, 12, 20, 0])),
        ];

    private static KnownFunction One(string method, Func<Tensor, Tensor> function, double[] x, double[] value) =>
        new(method, arguments => function(arguments[0]), [Tensor.Of(x)], Tensor.Of(value));

    private static KnownFunction Two(string method, Func<Tensor, Tensor, Tensor> function, double[] x, double[] y, double[] value) =>
        new(method, arguments => function(arguments[0], arguments[1]), [Tensor.Of(x), Tensor.Of(y)], Tensor.Of(value));
}
