using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    private static IEnumerable<Case> Orders() =>
        [
            new("ArgMin", x => ArgMin(x), Tensors.Distinct([2, 3]), Kind.PiecewiseConstant),
            new("ArgSort", x => ArgSort(x), Tensors.Distinct([2, 3]), Kind.PiecewiseConstant),
            new("ArgSort: first axis, descending", x => ArgSort(x, 0, descending: true), Tensors.Distinct([3, 2]), Kind.PiecewiseConstant),
            new("ArgSort: nothing", x => ArgSort(x), Any(2, 0), Kind.PiecewiseConstant),
            new("Sort", x => Square(Sort(x)), Tensors.Distinct([2, 3])),
            new("Sort: first axis, descending", x => Sort(x, 0, descending: true) * Fixed(3, 2), Tensors.Distinct([3, 2])),
            new("Sort: one", x => Sort(x), Any(2, 1)),
            new("Sort: nothing", x => Sort(x), Any(2, 0)),
            new("TopK", x => TopK(x, 2).Values * Fixed(2, 2), Tensors.Distinct([2, 4])),
            new("TopK: smallest, first axis", x => TopK(x, 1, 0, smallest: true).Values, Tensors.Distinct([3, 2])),
            new("TopK: positions", x => TopK(x, 2).Positions, Tensors.Distinct([4]), Kind.PiecewiseConstant),
            new("TopK: none", x => TopK(x, 0).Values, Any(2, 3)),
            new(
                "SearchSorted",
                x => SearchSorted(Tensor.Of([-1, 0.5, 2]), x),
                In(Domain.AwayFrom(-1, 0.5, 2), 2, 2),
                Kind.PiecewiseConstant
            ),
            new(
                "SearchSorted: sorted",
                x => SearchSorted(x, Tensor.Of([-1, 0.5, 2])),
                In(Domain.AwayFrom(-1, 0.5, 2), 1),
                Kind.PiecewiseConstant
            ),
            new(
                "SearchSorted: both, in batches",
                x => SearchSorted(Sort(x), Flip(x, 0), right: true),
                Tensors.Distinct([2, 3]),
                Kind.PiecewiseConstant
            ),
            new("SearchSorted: in nothing", x => SearchSorted(Tensor.Zeros(0), x), Any(2), Kind.PiecewiseConstant),
            new("TakeAlongAxis", x => TakeAlongAxis(x, Tensor.Of([2, 0, 1, 1], 2, 2)), Any(2, 3)),
            new("TakeAlongAxis: first axis", x => TakeAlongAxis(Square(x), Tensor.Of([1, 1, 0], 1, 3), 0), Any(2, 3)),
            new("Median", x => Median(x), Tensors.Distinct([2, 2])),
            new("Median: axes", x => Median(x, 0, 2), Tensors.Distinct([2, 2, 2])),
            new("Quantile", x => Quantile(x, 0.3, 1), Tensors.Distinct([2, 4])),
            new("Quantile: near the upper one, kept", x => x * Quantile(x, 0.85, [0], keepDims: true), Tensors.Distinct([4, 2])),
            new("Quantile: of all", x => Quantile(x, 0.6, method: QuantileMethod.Hazen), Tensors.Distinct([2, 3])),
        ];

    private static IEnumerable<Case> Runs() =>
        [
            new("CumulativeProduct", x => CumulativeProduct(x), In(Domain.NonZero, 2, 5)),
            new("CumulativeProduct: with zeros", x => CumulativeProduct(x), In(Domain.WithZeros, 4)),
            new("CumulativeProduct: from the end, first axis", x => CumulativeProduct(x, 0, reverse: true), In(Domain.NonZero, 4, 2)),
            new("CumulativeProduct: one", x => CumulativeProduct(x), Any(2, 1)),
            new("CumulativeProduct: nothing", x => CumulativeProduct(x), Any(2, 0)),
            new("CumulativeMax", x => Square(CumulativeMax(x)), Tensors.Distinct([2, 3])),
            new("CumulativeMax: from the end, first axis", x => CumulativeMax(x, 0, reverse: true) * Fixed(3, 2), Tensors.Distinct([3, 2])),
            new("CumulativeMin", x => Square(CumulativeMin(x)), Tensors.Distinct([2, 3])),
            new("CumulativeMin: from the end, first axis", x => CumulativeMin(x, 0, reverse: true), Tensors.Distinct([3, 2])),
            new("CumulativeMin: nothing", x => CumulativeMin(x), Any(2, 0)),
            new("CumulativeLogSumExp", x => CumulativeLogSumExp(x), Any(2, 5)),
            new("CumulativeLogSumExp: far apart", x => CumulativeLogSumExp(2 * x), Any(4)),
            new("CumulativeLogSumExp: from the end, first axis", x => CumulativeLogSumExp(x, 0, reverse: true), Any(3, 2)),
        ];

    private static IEnumerable<Case> Arrangements() =>
        [
            new("Squeeze", x => Squeeze(x), Any(1, 2, 1)),
            new("Squeeze: one axis", x => Squeeze(x, -1), Any(1, 2, 1)),
            new("SwapAxes", x => SwapAxes(x, 0, -1), Any(2, 1, 3)),
            new("Roll", x => Roll(x, 4), Any(2, 3)),
            new("Roll: back, one axis", x => Roll(x, -1, 1) * Fixed(2, 3), Any(2, 3)),
            new("Roll: nothing", x => Roll(x, 1, 1), Any(2, 0)),
            new("Repeat", x => Repeat(x, 2, 1), Any(2, 3)),
            new("Repeat: no times", x => Repeat(x, 0), Any(2, 3)),
            new("Repeat: each its own count", x => Repeat(x, [2, 0, 1], -1), Any(2, 3)),
            new("MeshGrid", x => MeshGrid([x, Fixed(2)])[0] * MeshGrid([Fixed(2), x])[1].At(..2, ..2).Get()[0, 0], Any(3)),
            new("MeshGrid: cartesian", x => MeshGrid([Fixed(2), x], cartesian: true)[1], Any(3)),
            .. OverAxes("StandardDeviation", (x, axes) => StandardDeviation(x, axes), Tensors.Distinct([2, 3, 2])),
            new(
                "StandardDeviation: unbiased, kept",
                x => x * StandardDeviation(x + Fixed(2, 3), 1, keepDims: true, correction: 1),
                Any(2, 3)
            ),
            new("Variance: kept", x => x - Variance(x, 0, keepDims: true), Any(2, 3)),
            new("Norm: kept", x => x * Norm(x + FixedPositive(2, 3), 0, keepDims: true), Any(2, 3)),
            new("Sum: kept", x => x * Sum(x, 1, keepDims: true), Any(2, 3)),
            new("Sum: all kept", x => x * Sum(x, [], keepDims: true), Any(2, 3)),
            new("Concatenate: two", x => Concatenate(x, Square(x), 1), Any(2, 3)),
            new("Stack: two", x => Stack(x, Square(x), -1), Any(2, 3)),
        ];

    // Named after the method of the tensor.
    private static IEnumerable<Case> Updates() =>
        [
            new("get_Part", x => x[1, 0..2], Any(2, 3)),
            new("get_Part: from the end, new axes, the rest", x => x[^1, TensorIndex.NewAxis, TensorIndex.Ellipsis, 1], Any(2, 2, 3)),
            new("get_Part: nothing", x => x[1..1], Any(2, 3)),
            new("At: set", x => x.At(0, 1..3).Set(Fixed(2)) * x, Any(2, 3)),
            new("At: set to what varies", x => Fixed(2, 3).At(.., 1).Set(Square(x)), Any(2)),
            new("At: set to its own rows", x => x.At(0).Set(x[1]).At(1).Set(x[0] * 2), Any(2, 3)),
            new("At: set twice, overlapping", x => x.At(0..2).Set(Sin(x[1..])).At(1).Set(x[0, 0]), Any(3, 2)),
            new("At: set all", x => x.At(..).Set(Square(x)), Any(2, 2)),
            new("At: add", x => x.At(1).Add(Square(x[0])), Any(2, 3)),
            new("At: multiply, a scalar", x => x.At(.., ^1).Multiply(x[0, 0]), Any(2, 3)),
            new("At: min and max", x => x.At(0).Min(0.5).At(1).Max(-0.5), In(Domain.AwayFrom(0.5, -0.5), 2, 2)),
            new("At: nothing", x => x.At(1..1).Set(3), Any(2, 3)),
            new("At: indices, get", x => x.At(Tensor.Of([1, 0, 1]), 1).Get(), Any(2, 3)),
            new("At: indices, set", x => x.At(Tensor.Of([2, 0, 2])).Set(Square(Slice(x, 0, 0, 3))), Any(4, 2)),
            new(
                "At: indices, set along another axis",
                x => x.At(Tensor.Of([2, 2], 1, 2), 1).Set(x[.., 0..1, TensorIndex.NewAxis]),
                Any(2, 3)
            ),
            new("At: indices, add", x => x.At(Tensor.Of([2, 0, 2]), 1).Add(Sin(x)), Any(2, 3)),
            new("At: computed indices", x => x.At(x > 0).Set(Square(x)), In(Domain.AwayFrom(0), 3)),
        ];
}
