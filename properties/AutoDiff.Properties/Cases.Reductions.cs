using AutoDiff.Laws;
using FsCheck;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Reductions() =>
        [
            .. OverAxes("Sum", (x, axes) => Sum(x, axes), Any(2, 3, 2)),
            new("Sum: no elements", x => Sum(x, 0), Any(0, 2)),
            .. OverAxes("Mean", (x, axes) => Mean(x, axes), Any(2, 3, 2)),
            .. OverAxes("Variance", (x, axes) => Variance(x, axes), Any(2, 3, 2)),
            new("Variance: unbiased", x => Variance(x, [-1], correction: 1), Any(2, 3)),
            .. OverAxes("Product", (x, axes) => Product(x, axes), In(Domain.NonZero, 2, 3, 1)),
            new("Product: with zeros", x => Product(x, 1), In(Domain.WithZeros, 2, 4)),
            new("Product: no elements", x => Product(x, 1), Any(2, 0)),
            .. OverAxes("Max", (x, axes) => Max(x, axes), Tensors.Distinct([2, 3, 2])),
            .. OverAxes("Min", (x, axes) => Min(x, axes), Tensors.Distinct([2, 3, 2])),
            .. OverAxes("LogSumExp", (x, axes) => LogSumExp(x, axes), Any(2, 3, 2)),
            new("LogSumExp: far apart", x => LogSumExp(10 * x), Any(3)),
            .. OverAxes("Norm", (x, axes) => Norm(x, axes), In(Domain.NonZero, 2, 3, 2)),
            new("Norm: of order 1", x => Norm(x, [0], 1), In(Domain.NonZero, 2, 3)),
            new("Norm: of order 3", x => Norm(x, [0], 3), In(Domain.NonZero, 2, 3)),
            new("Norm: of infinite order", x => Norm(x, order: double.PositiveInfinity), In(Domain.Between(2, 3), 1)),
            new(
                "Norm: of infinite order, several",
                x => Norm(x * Tensor.Of([1, -10, 0.1]), order: double.PositiveInfinity),
                In(Domain.NonZero.Except(0.5), 3)
            ),
            new("Any", x => AutoDiff.Ops.Any(x, 1), In(Domain.NonZero, 2, 3), Kind.PiecewiseConstant),
            new("All", x => AutoDiff.Ops.All(x, 0), In(Domain.NonZero, 2, 3), Kind.PiecewiseConstant),
            new("All: no elements", x => AutoDiff.Ops.All(x, 0), In(Domain.Any, 0, 2), Kind.PiecewiseConstant),
            new("ArgMax", x => ArgMax(x), Tensors.Distinct([2, 3]), Kind.PiecewiseConstant),
            new("ArgMax: first axis", x => ArgMax(x, 0), Tensors.Distinct([2, 3]), Kind.PiecewiseConstant),
            new("CumulativeSum", x => CumulativeSum(x), Any(2, 3)),
            new("CumulativeSum: from the end, first axis", x => CumulativeSum(Square(x), 0, reverse: true), Any(3, 2)),
            new("Softmax", x => Softmax(x), Any(2, 3)),
            new("Softmax: first axis", x => Softmax(x, 0), Any(2, 3)),
            new("LogSoftmax", x => LogSoftmax(x), Any(2, 3)),
            new("LogSoftmax: large logits", x => LogSoftmax(x + 1000, 0), Any(3, 2)),
            new("KeepAxes", x => x / (20 + KeepAxes(Sum(x, 1), x.Shape, 1)), Any(2, 3)),
            new("KeepAxes: all", x => x * KeepAxes(Sum(x), x.Shape), Any(2, 3)),
        ];

    private delegate Tensor Reducing(Tensor x, params int[] axes);

    private static IEnumerable<Case> OverAxes(string name, Reducing function, Arbitrary<Tensor> points) =>
        [
            new($"{name}: all axes", x => function(x), points),
            new($"{name}: first axis", x => function(x, 0), points),
            new($"{name}: last axis", x => function(x, -1), points),
            new($"{name}: two axes", x => function(x, 2, 0), points),
        ];
}
