using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>The steps of random programs: ops of every family, their arguments squashed into safe domains.</summary>
internal static partial class Steps
{
    /// <summary>All steps, the simplest first.</summary>
    public static IReadOnlyList<Step> All { get; } =
    [.. Maps(), .. Zips(), .. Folds(), .. Moves(), .. Products(), .. Spectra(), .. Matrices(), .. Functions()];

    private static IEnumerable<Step> Maps() =>
        [
            new("Tanh", (a, _, _) => Tanh(a)),
            new("Sin", (a, _, _) => Sin(a)),
            new("Cos", (a, _, _) => Cos(a)),
            new("Sigmoid", (a, _, _) => Sigmoid(a)),
            new("Softplus", (a, _, _) => Softplus(a)),
            new("Erf", (a, _, _) => Erf(a)),
            new("Atan", (a, _, _) => Atan(a)),
            new("Negate", (a, _, _) => -a),
            new("Identity", (a, _, _) => Identity(a)),
            new("SechSquared", (a, _, _) => SechSquared(a)),
            new("Erfc", (a, _, _) => Erfc(a)),
            new("NormalCdf", (a, _, _) => NormalCdf(a)),
            new("Tan∘Tanh", (a, _, _) => Tan(Tanh(a))),
            new("Sinh∘Tanh", (a, _, _) => Sinh(Tanh(a))),
            new("Cosh∘Tanh", (a, _, _) => Cosh(Tanh(a))),
            new("Log1p∘positive", (a, _, _) => Log1p(Positive(a))),
            new("Acos∘0.5·Tanh", (a, _, _) => Acos(0.5 * Tanh(a))),
            new("Gelu∘Tanh", (a, _, _) => Gelu(Tanh(a))),
            new("Exp∘Tanh", (a, _, _) => Exp(Tanh(a))),
            new("Expm1∘Tanh", (a, _, _) => Expm1(Tanh(a))),
            new("Square∘Tanh", (a, _, _) => Square(Tanh(a))),
            new("Log∘positive", (a, _, _) => Log(Positive(a))),
            new("Sqrt∘positive", (a, _, _) => Sqrt(Positive(a))),
            new("Reciprocal∘positive", (a, _, _) => Reciprocal(Positive(a))),
            new("Asin∘0.5·Tanh", (a, _, _) => Asin(0.5 * Tanh(a))),
            new("Exp2∘Tanh", (a, _, _) => Exp2(Tanh(a))),
            new("Log2∘positive", (a, _, _) => Log2(Positive(a))),
            new("Log10∘positive", (a, _, _) => Log10(Positive(a))),
            new("Cbrt∘positive", (a, _, _) => Cbrt(Positive(a))),
            new("Asinh", (a, _, _) => Asinh(a)),
            new("Acosh∘(1 + positive)", (a, _, _) => Acosh(1 + Positive(a))),
            new("Atanh∘0.5·Tanh", (a, _, _) => Atanh(0.5 * Tanh(a))),
            new("ErfInv∘0.5·Tanh", (a, _, _) => ErfInv(0.5 * Tanh(a))),
            new("BesselI0e∘positive", (a, _, _) => BesselI0e(Positive(a))),
            new("BesselI1e∘positive", (a, _, _) => BesselI1e(Positive(a))),
            new("Sinc∘Tanh", (a, _, _) => Sinc(Tanh(a))),
            new("LogGamma∘positive", (a, _, _) => LogGamma(Positive(a))),
            new("Abs", (a, _, _) => Abs(a), Smooth: false),
            new("Relu", (a, _, _) => Relu(a), Smooth: false),
            new("Clamp", (a, _, _) => Clamp(a, -0.75, 0.5), Smooth: false),
            new("Floor·x", (a, _, _) => Floor(2 * Tanh(a)) * a, Smooth: false),
            new("Round·x", (a, _, _) => Round(2 * Tanh(a)) * a, Smooth: false),
            new("Sign·x³", (a, _, _) => Sign(a) * Cube(Tanh(a)), Smooth: false),
            new("StopGradient·x", (a, _, _) => StopGradient(Tanh(a)) * a, Smooth: false),
        ];

    private static IEnumerable<Step> Zips() =>
        [
            new("Add", (a, b, _) => a + Fitting(b, a)),
            new("Subtract", (a, b, _) => Fitting(b, a) - a),
            new("Multiply", (a, b, _) => Tanh(a) * Fitting(b, a)),
            new("Divide", (a, b, _) => Fitting(b, a) / Positive(a)),
            new("Power", (a, b, _) => Power(Positive(a), Tanh(Fitting(b, a)))),
            new("Atan2", (a, b, _) => Atan2(Positive(a), Fitting(b, a))),
            new("Hypot", (a, b, _) => Hypot(Positive(a), Fitting(b, a))),
            new("LogAddExp", (a, b, _) => LogAddExp(a, Fitting(b, a))),
            new("Modulo by more", (a, b, _) => Modulo(Positive(Tanh(a)), 3 + Tanh(Fitting(b, a)))),
            new("Remainder by more", (a, b, _) => Remainder(Tanh(a), 3 + Tanh(Fitting(b, a)))),
            new("Maximum", (a, b, _) => Maximum(a, Fitting(b, a)), Smooth: false),
            new("Minimum", (a, b, _) => Minimum(Fitting(b, a), a), Smooth: false),
            new("Less", (a, b, _) => Beside(a, b, Less), Smooth: false),
            new("LessOrEqual", (a, b, _) => Beside(a, b, LessOrEqual), Smooth: false),
            new("Greater", (a, b, _) => Beside(a, b, Greater), Smooth: false),
            new("GreaterOrEqual", (a, b, _) => Beside(a, b, GreaterOrEqual), Smooth: false),
            new("Equal of thirds", (a, b, _) => Equal(Third(a), Third(Fitting(b, a))) * Sin(a), Smooth: false),
            new("NotEqual of thirds", (a, b, _) => NotEqual(Third(a), Third(Fitting(b, a))) * Sin(a), Smooth: false),
            new("Where", (a, b, _) => Where(a > Fitting(b, a), Sin(a), Fitting(b, a)), Smooth: false),
        ];

    private static IEnumerable<Step> Folds() =>
        [
            new("Sum", (a, _, p) => OverAxis(a, p, (x, axis) => Tanh(Sum(x, axis)))),
            new("Mean", (a, _, p) => OverAxis(a, p, (x, axis) => Mean(x, axis))),
            new("Variance", (a, _, p) => OverAxis(a, p, (x, axis) => Variance(x, [axis]))),
            new("LogSumExp", (a, _, p) => OverAxis(a, p, (x, axis) => LogSumExp(x, axis))),
            new("Softmax", (a, _, p) => OverAxis(a, p, Softmax)),
            new("LogSoftmax", (a, _, p) => OverAxis(a, p, LogSoftmax)),
            new("Product", (a, _, p) => OverAxis(Tanh(a), p, (x, axis) => Product(x, axis))),
            new("CumulativeSum", (a, _, p) => OverAxis(a, p, (x, axis) => CumulativeSum(x, axis, reverse: p % 2 == 0))),
            new("Norm of 1 + positive", (a, _, p) => OverAxis(Positive(a), p, (x, axis) => Norm(x, [axis]))),
            new("ArgMax", (a, _, p) => OverAxis(a, p, (x, axis) => ArgMax(x, axis) * Mean(Tanh(x), axis)), Smooth: false),
            new("Max", (a, _, p) => OverAxis(a, p, (x, axis) => Max(x, axis)), Smooth: false),
            new("Min", (a, _, p) => OverAxis(a, p, (x, axis) => Min(x, axis)), Smooth: false),
        ];

    private static IEnumerable<Step> Moves() =>
        [
            new("Ravel", (a, _, _) => Flat(a)),
            new("ExpandDims", (a, _, p) => a.Rank > 3 ? a : ExpandDims(a, p % (a.Rank + 1))),
            new("Transpose", (a, _, _) => Transpose(a)),
            new("MoveAxis", (a, _, p) => OverAxis(a, p, (x, axis) => MoveAxis(x, axis, 0))),
            new("Flip", (a, _, p) => OverAxis(a, p, (x, axis) => Flip(x, axis))),
            new("Slice", (a, _, p) => OverAxis(a, p, (x, axis) => Slice(x, axis, p % 2, null, 1 + (p % 3)))),
            new("Slice back", (a, _, p) => OverAxis(a, p, (x, axis) => Slice(x, axis, null, null, -1 - (p % 2)))),
            new("Take", (a, _, p) => OverAxis(a, p, (x, axis) => x.Shape[axis] == 0 ? x : Take(x, axis, p % x.Shape[axis]))),
            new("Pad", (a, _, p) => Pad(a, Ints.From(a.Rank, i => i == p ? 1 : 0), Ints.Repeat(p % 2, a.Rank), 0.5)),
            new("Repeat", (a, _, p) => BroadcastTo(a, a.Shape.Insert(0, 1 + (p % 2)))),
            new("Tile", (a, _, p) => OverAxis(a, p, (x, axis) => Tile(x, [.. Enumerable.Range(0, x.Rank).Select(i => i == axis ? 2 : 1)]))),
            new("Concatenate", (a, b, _) => Concatenate([Flat(a), Flat(b), Flat(a)])),
            new("Stack", (a, _, p) => Stack([a, Sin(a)], p % (a.Rank + 1))),
            new(
                "Gather",
                (a, _, p) => OverAxis(a, p, (x, axis) => x.Shape[axis] == 0 ? x : Gather(x, Tensor.Of([x.Shape[axis] - 1, 0]), axis))
            ),
            new(
                "ScatterAdd",
                (a, _, p) => ScatterAdd(Flat(a), Tensor.Of([.. Enumerable.Range(0, a.Shape.Size).Select(i => (double)(i * p % 3))]), 3)
            ),
            new("Gather at thirds", (a, b, _) => Gather(Stack([a, Sin(a), Cos(a)]), Third(Sum(b))), Smooth: false),
            new("ScatterAdd at thirds", (a, _, _) => ScatterAdd(Flat(a), Third(Flat(a)), 3), Smooth: false),
            new("Sort", (a, _, p) => OverAxis(a, p, (x, axis) => Sort(x, axis, descending: p % 2 == 0)), Smooth: false),
            new("ArgSort", (a, _, p) => OverAxis(a, p, (x, axis) => ArgSort(x, axis) * Sin(x)), Smooth: false),
            new("SearchSorted", (a, b, _) => SearchSorted(Sort(Flat(a)), Flat(b)) * Sin(Flat(b)), Smooth: false),
            new("CumulativeMax", (a, _, p) => OverAxis(a, p, (x, axis) => CumulativeMax(x, axis, reverse: p % 2 == 0)), Smooth: false),
            new("CumulativeProduct", (a, _, p) => OverAxis(Tanh(a), p, (x, axis) => CumulativeProduct(x, axis, reverse: p % 2 == 0))),
            new("CumulativeLogSumExp", (a, _, p) => OverAxis(a, p, (x, axis) => CumulativeLogSumExp(x, axis))),
            new("Set at thirds", (a, b, _) => Stack([a, Sin(a), Cos(a)]).At(Third(Sum(b))).Set(Tanh(Sum(a))), Smooth: false),
            new("Set", (a, b, _) => a.Rank == 0 || a.Shape[0] == 0 ? a : a.At(0).Set(Tanh(Sum(b)))),
            new("Add to a part", (a, b, p) => a.Rank == 0 || a.Shape[0] == 0 ? a : a.At(p % a.Shape[0]).Add(Tanh(Sum(b)))),
            new("Draws of a key at thirds", (a, _, p) => a * Drawn(Third(Flat(a)), p), Smooth: false),
            new("Windows", (a, _, p) => OverAxis(a, p, (x, axis) => x.Shape[axis] < 2 ? x : Windows(x, axis, 2, 1 + (p % 2)))),
            new("Fft", (a, _, p) => OverAxis(a, p, (x, axis) => Fft(x, Tanh(x), axis) is var (re, im) ? Tanh(re + im) : x)),
            new("OverlapAdd", (a, _, _) => a.Rank < 2 || a.Shape.Size == 0 ? a : OverlapAdd(a, 0, a.Shape[0] + a.Shape[-1])),
            new("DiagonalMatrix", (a, _, p) => a.Shape.Size == 0 ? a : DiagonalMatrix(Flat(a), (p % 3) - 1)),
            new(
                "Triangle",
                (a, _, p) =>
                    a.Rank < 2 ? a
                    : p % 2 == 0 ? LowerTriangle(a)
                    : UpperTriangle(a)
            ),
        ];

    private static IEnumerable<Step> Products() =>
        [
            new("Gram", (a, _, _) => Tanh(MatMul(Matrix(a), Transpose(Matrix(a))))),
            new("MatMul", (a, b, _) => Tanh(MatMul(Matrix(a), Weights(Matrix(a).Shape[1], b)))),
            new("Matrix times vector", (a, b, _) => MatMul(Tanh(Matrix(a)), Take(Weights(Matrix(a).Shape[1], b), 1, 0))),
            new("Outer", (a, b, _) => Outer(Tanh(Flat(a)), Flat(b))),
            new("Einsum", (a, b, _) => Tanh(Einsum("ij,jk->k", Matrix(a), Weights(Matrix(a).Shape[1], b)))),
            new("Convolution", (a, b, p) => a.Shape.Size == 0 ? a : Tanh(Convolution(Signals(a), Kernels(a, b), Window(p)))),
            new(
                "ConvolutionTranspose",
                (a, b, p) =>
                    a.Shape.Size == 0
                        ? a
                        : Tanh(
                            ConvolutionTranspose(
                                Convolution(Signals(a), Kernels(a, b), Window(p)),
                                Kernels(a, b),
                                [Signals(a).Shape[-1]],
                                Window(p)
                            )
                        )
            ),
            new(
                "Windows that a product and others read",
                (a, b, _) =>
                {
                    var x = Matrix(a);
                    if (x.Shape.Size == 0 || x.Shape[1] < 2)
                        return a;
                    var windows = Windows(x, 1, 2);
                    var columns = ReshapeTo(Transpose(windows, 2, 0, 1), [2 * x.Shape[0], windows.Shape[1]]);
                    return Tanh(MatMul(Transpose(Weights(columns.Shape[0], b)), columns) + Mean(columns, 0));
                }
            ),
        ];

    private static IEnumerable<Step> Functions() =>
        [
            new("Checkpoint", (a, b, _) => Checkpoint<Tensor, Tensor>(x => Sin(x) * Tanh(Sum(b)))(a)),
            new(
                "Gradient of a checkpoint",
                (a, b, _) => Grad(x => Sum(Checkpoint<Tensor, Tensor>(y => Sin(y) * Tanh(y))(x) * Tanh(Sum(b))), a)
            ),
            new("CustomVjp", (a, _, _) => CustomVjp<Tensor>(Tanh, (_, y, g) => g * (1 - Square(y)))(a)),
            new("PureCallback", (a, b, _) => Cases.HostProduct(a, Sum(b))),
            new("CustomJvp", (a, _, _) => CustomJvp<Tensor>(Sin, (x, _, t) => t * Cos(x))(a)),
            new("Grad", (a, b, _) => Grad(x => Sum(Sin(x) * Tanh(Sum(b))), a)),
            new(
                "Jvp",
                (a, b, _) => Jvp<Tensor, Tensor>(x => Square(Tanh(x)), a, Fitting(b, a) + Tensor.Zeros(a.Shape)).Tangent,
                Smooth: true
            ),
            new(
                "Scan",
                (a, b, p) =>
                    Scan(
                        (Tensor s, Tensor x) => (Tanh(s + Sum(x) * Fitting(b, a)), s * Sin(Sum(x))),
                        a,
                        Stack([Sum(b), Sum(a), Sum(a) * Sum(b)]),
                        reverse: p % 2 == 0
                    )
                        is var (last, ys)
                        ? last + Sum(ys, 0)
                        : a
            ),
            new("Cond", (a, b, _) => Cond(Greater(Sum(b), 0.1), s => Sin(s) * Tanh(Sum(b)), s => Tanh(s), a)),
            new("FixedPoint", (a, b, _) => FixedPoint((Tensor x) => Tanh(a + (Sum(b) * Sin(x) / (8 + Square(Sum(b))))), a, 1e-10).Point),
            new("Vmap", (a, b, _) => a.Rank == 0 ? a : Vmap<Tensor, Tensor>(x => Sin(x) * Tanh(Sum(b)))(a)),
        ];

    /// <summary>A number of moderate size made of draws of a key that varies with <paramref name="x"/>.</summary>
    private static Tensor Drawn(Tensor x, int p)
    {
        var first = Sum(Slice(x, 0, 0, 1));
        var keys = Key.FromWords(BroadcastTo(first, [8])).FoldIn(Sum(Slice(x, 0, 0, 8))).FoldIn((ulong)p).Split(9);
        Tensor[] draws =
        [
            keys[0].Uniform([2], -1, 1),
            keys[1].Normal([2]),
            keys[2].TruncatedNormal([2]),
            keys[3].Bernoulli([2], 0.5),
            keys[4].Rademacher([2]),
            keys[5].Exponential([2]),
            keys[6].Integers([2], 3),
            keys[7].Permutation(Tensor.Range(2)),
            keys[8].Gamma([2], 1 + first),
        ];
        return Tanh(Sum(Concatenate(draws)));
    }

    // What a comparison decides vanishes where it jumps, and its slope and curvature as well: paths that round differently agree.
    private static Tensor Beside(Tensor a, Tensor b, Func<Tensor, Tensor, Tensor> comparison) =>
        comparison(a, Fitting(b, a)) * Cube(Tanh(a - Fitting(b, a)));

    // 0, 1 or 2, with jumps at no number that graphs compute exactly.
    private static Tensor Third(Tensor x) => Floor(3 * Sigmoid(x));

    private static Tensor Cube(Tensor x) => x * Square(x);

    private static Tensor Positive(Tensor x) => Softplus(x) + 0.5;

    private static Tensor Flat(Tensor x) => ReshapeTo(x, [x.Shape.Size]);

    private static Tensor Matrix(Tensor x) =>
        x.Rank >= 2 ? ReshapeTo(x, [x.Shape[0], x.Shape.Without([0]).Size]) : ReshapeTo(x, [1, x.Shape.Size]);

    /// <summary>A matrix [inner, 2] that varies with b.</summary>
    private static Tensor Weights(int inner, Tensor b) => Sin(ReshapeTo(Tensor.Range(2 * inner), [inner, 2]) + Tanh(Sum(b)));

    /// <summary>Two signals, each with a channel for each row of a.</summary>
    private static Tensor Signals(Tensor a) => Stack([Tanh(Matrix(a)), Sin(Matrix(a))]);

    /// <summary>Kernels [3, channels, 2] that vary with b.</summary>
    private static Tensor Kernels(Tensor a, Tensor b) => ReshapeTo(Weights(3 * Matrix(a).Shape[0], b), [3, Matrix(a).Shape[0], 2]);

    private static ConvolutionWindow Window(int p) => ConvolutionWindow.Of(1, 1 + (p % 2), 1, 1 + (p / 2 % 2));

    /// <summary>b, or where it does not broadcast to a's shape a scalar made of it.</summary>
    private static Tensor Fitting(Tensor b, Tensor a) => b.Shape.BroadcastsTo(a.Shape) ? b : Tanh(Sum(b));

    private static Tensor OverAxis(Tensor a, int p, Func<Tensor, int, Tensor> function) =>
        a.Rank == 0 || a.Shape.Size == 0 ? Tanh(a) : function(a, p % a.Rank);
}
