using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private const double Infinite = double.PositiveInfinity;

    private static Tensor Seven => Tensor.Of([3, 1, 4, 1.5, 9, 2, 6]);
    private static Tensor Eight => Tensor.Of([3, 1, 4, 1.5, 9, 2, 6, 5]);

    // Quantiles by NumPy at shares of 0.3, 0.5 and 0.625, but for the closest observation of seven, which is by Hyndman and Fan's definition.
    private static (QuantileMethod Method, double[] OfSeven, double[] OfEight)[] KnownQuantiles =>
        [
            (QuantileMethod.Linear, [1.9, 3, 3.75], [2.1, 3.5, 4.375]),
            (QuantileMethod.Lower, [1.5, 3, 3], [2, 3, 4]),
            (QuantileMethod.Higher, [2, 3, 4], [3, 4, 5]),
            (QuantileMethod.Midpoint, [1.75, 3, 3.5], [2.5, 3.5, 4.5]),
            (QuantileMethod.Nearest, [2, 3, 4], [2, 4, 4]),
            (QuantileMethod.InvertedCdf, [2, 3, 4], [2, 3, 4]),
            (QuantileMethod.AveragedInvertedCdf, [2, 3, 4], [2, 3.5, 4.5]),
            (QuantileMethod.ClosestObservation, [1.5, 3, 3], [1.5, 3, 4]),
            (QuantileMethod.InterpolatedInvertedCdf, [1.55, 2.5, 3.375], [1.7, 3, 4]),
            (QuantileMethod.Hazen, [1.8, 3, 3.875], [1.95, 3.5, 4.5]),
            (QuantileMethod.Weibull, [1.7, 3, 4], [1.85, 3.5, 4.625]),
            (QuantileMethod.MedianUnbiased, [1.7666666666666666, 3, 3.9166666666666665], [1.9166666666666667, 3.5, 4.541666666666667]),
            (QuantileMethod.NormalUnbiased, [1.775, 3, 3.90625], [1.925, 3.5, 4.53125]),
        ];

    private static IEnumerable<KnownFunction> Orders() =>
        [
            new(nameof(ArgMin), x => ArgMin(x[0]), [Uneven], Tensor.Of([0, 1])),
            new(nameof(ArgMin), x => ArgMin(x[0], 0), [Tensor.Of([3, 1, 1, 1, 5, double.NaN], 2, 3)], Tensor.Of([1, 0, 1])),
            new(nameof(ArgSort), x => ArgSort(x[0]), [Seven], Tensor.Of([1, 3, 5, 0, 2, 6, 4])),
            new(nameof(ArgSort), x => ArgSort(x[0], 0, descending: true), [Uneven], Tensor.Of([1, 1, 1, 0, 0, 0], 2, 3)),
            new(nameof(Sort), x => Sort(x[0]), [Seven], Tensor.Of([1, 1.5, 2, 3, 4, 6, 9])),
            new(nameof(Sort), x => Sort(x[0], 1, descending: true), [Uneven], Tensor.Of([4, 2, 1, 8, 7, 5], 2, 3)),
            new(nameof(Sort), x => Sort(x[0], 0), [Tensor.Of([5, 1, 2, 4], 2, 2)], Tensor.Of([2, 1, 5, 4], 2, 2)),
            new(nameof(TopK), x => TopK(x[0], 3).Values, [Seven], Tensor.Of([9, 6, 4])),
            new(nameof(TopK), x => TopK(x[0], 3).Positions, [Seven], Tensor.Of([4, 6, 2])),
            new(nameof(TopK), x => TopK(x[0], 1, 0, smallest: true).Values, [Uneven], Tensor.Of([1, 4, 2], 1, 3)),
            new(nameof(SearchSorted), x => SearchSorted(x[0], x[1]), [Tensor.Of([1, 3, 3]), Tensor.Of([3, 4])], Tensor.Of([1, 3])),
            new(
                nameof(SearchSorted),
                x => SearchSorted(x[0], x[1], right: true),
                [Tensor.Of([1, 3, 3]), Tensor.Of([3, 4])],
                Tensor.Of([3, 3])
            ),
            new(
                nameof(TakeAlongAxis),
                x => TakeAlongAxis(x[0], x[1]),
                [Matrix, Tensor.Of([2, 0, 1, 1], 2, 2)],
                Tensor.Of([3, 1, 5, 5], 2, 2)
            ),
            new(nameof(TakeAlongAxis), x => TakeAlongAxis(x[0], x[1], 0), [Matrix, Tensor.Of([1, 0, 1], 1, 3)], Tensor.Of([4, 2, 6], 1, 3)),
            new(nameof(Median), x => Median(x[0]), [Eight], 3.5),
            new(nameof(Median), x => Median(x[0], 0, 1), [Uneven], 4.5),
            new(nameof(Median), x => Median(x[0], 1), [Tensor.Of([1, double.NaN, 2, 8, 5, 7], 2, 3)], Tensor.Of([double.NaN, 7])),
            new(nameof(Median), x => Median(x[0]), [Tensor.Of([Infinite, Infinite, 1, Infinite])], Infinite),
            .. KnownQuantiles.SelectMany(Quantiles),
            new(nameof(Quantile), x => Quantile(x[0], 0), [Eight], 1),
            new(nameof(Quantile), x => Quantile(x[0], 1, -1, keepDims: true), [Uneven], Tensor.Of([4, 8], 2, 1)),
            new(nameof(Quantile), x => Quantile(x[0], 0, 0, QuantileMethod.Weibull), [Uneven], Tensor.Of([1, 4, 2])),
            new(nameof(Quantile), x => Quantile(x[0], 1, 0, QuantileMethod.Weibull), [Uneven], Tensor.Of([8, 5, 7])),
        ];

    private static IEnumerable<KnownFunction> Quantiles((QuantileMethod Method, double[] OfSeven, double[] OfEight) row) =>
        new[] { 0.3, 0.5, 0.625 }.SelectMany(
            (share, i) =>
                new KnownFunction[]
                {
                    new(nameof(Quantile), x => Quantile(x[0], share, method: row.Method), [Seven], row.OfSeven[i]),
                    new(nameof(Quantile), x => Quantile(x[0], share, 0, row.Method), [Eight], row.OfEight[i]),
                }
        );

    private static IEnumerable<KnownFunction> Runs() =>
        [
            One(nameof(CumulativeProduct), x => CumulativeProduct(x), [2, -3, 0.5, 4, 5], [2, -6, -3, -12, -60]),
            One(nameof(CumulativeProduct), x => CumulativeProduct(x, 0, reverse: true), [2, -3, 0, 4], [-0.0, -0.0, 0, 4]),
            One(nameof(CumulativeMax), x => CumulativeMax(x), [1, 3, 2, double.NaN, 5], [1, 3, 3, double.NaN, double.NaN]),
            One(nameof(CumulativeMax), x => CumulativeMax(x, 0, reverse: true), [1, 3, 2, 0], [3, 3, 2, 0]),
            One(nameof(CumulativeMin), x => CumulativeMin(x), [2, 3, 1, double.NaN, 0], [2, 2, 1, double.NaN, double.NaN]),
            One(nameof(CumulativeMin), x => CumulativeMin(x, 0, reverse: true), [1, 3, 2, 4], [1, 2, 2, 4]),
            One(
                nameof(CumulativeLogSumExp),
                x => CumulativeLogSumExp(x),
                [1, -1, 3, 0.5, 2],
                [1, 1.1269280110429725, 3.1429316284998996, 3.2116666798559863, 3.4722606813865564]
            ),
            One(
                nameof(CumulativeLogSumExp),
                x => CumulativeLogSumExp(x, -1, reverse: true),
                [1, -1, 3, 0.5, 2],
                [3.4722606813865564, 3.3840917012886904, 3.371539031852683, 2.2014132779827524, 2]
            ),
            One(
                nameof(CumulativeLogSumExp),
                x => CumulativeLogSumExp(x),
                [-Infinite, 800, -800, 800],
                [-Infinite, 800, 800, 800.6931471805599]
            ),
        ];

    private static IEnumerable<KnownFunction> Updates() =>
        [
            new("get_Part", x => x[0][0, 1, 1..3], [Tensor.Of([1, 2, 3, 4, 5, 6], 1, 2, 3)], Tensor.Of([5, 6])),
            new("get_Part", x => x[0][^1], [Matrix], Tensor.Of([4, 5, 6])),
            new("get_Part", x => x[0][-2, -1], [Matrix], 3),
            new("get_Part", x => x[0][..], [Matrix], Matrix),
            new("get_Part", x => x[0][TensorIndex.Ellipsis, TensorIndex.NewAxis, 1], [Matrix], Tensor.Of([2, 5], 2, 1)),
            new("At", x => x[0].At(1, ..2).Set(x[1]), [Matrix, Tensor.Of([7, 8])], Tensor.Of([1, 2, 3, 7, 8, 6], 2, 3)),
            new("At", x => x[0].At(.., 0).Set(9), [Matrix], Tensor.Of([9, 2, 3, 9, 5, 6], 2, 3)),
            new("At", x => x[0].At(.., 1..).Add(x[1]), [Matrix, Tensor.Of([10, 20], 2, 1)], Tensor.Of([1, 12, 13, 4, 25, 26], 2, 3)),
            new("At", x => x[0].At(0).Multiply(2), [Matrix], Tensor.Of([2, 4, 6, 4, 5, 6], 2, 3)),
            new("At", x => x[0].At(0).Min(2), [Matrix], Tensor.Of([1, 2, 2, 4, 5, 6], 2, 3)),
            new("At", x => x[0].At(^1, 1..).Max(5.5), [Matrix], Tensor.Of([1, 2, 3, 4, 5.5, 6], 2, 3)),
            new("At", x => x[0].At(x[1]).Get(), [Matrix, Tensor.Of([1, 1])], Tensor.Of([4, 5, 6, 4, 5, 6], 2, 3)),
            new(
                "At",
                x => x[0].At(x[1]).Set(x[2]),
                [Tensor.Of([1, 2, 3, 4]), Tensor.Of([2, 0, 2]), Tensor.Of([7, 8, 9])],
                Tensor.Of([8, 2, 9, 4])
            ),
            new(
                "At",
                x => x[0].At(x[1], 1).Set(x[2]),
                [Matrix, Tensor.Of([2, 0]), Tensor.Of([7, 8, 9, 10], 2, 2)],
                Tensor.Of([8, 2, 7, 10, 5, 9], 2, 3)
            ),
            new(
                "At",
                x => x[0].At(x[1]).Add(x[2]),
                [Tensor.Of([1, 2, 3]), Tensor.Of([2, 0, 2]), Tensor.Of([7, 8, 9])],
                Tensor.Of([9, 2, 19])
            ),
            new(
                "At",
                x => x[0].At(x[1], -1).Add(x[2]),
                [Matrix, Tensor.Of([2, 2, 0, 1], 2, 2), Tensor.Of([10, 20, 30, 40], 1, 2, 2)],
                Tensor.Of([31, 42, 33, 34, 45, 36], 2, 3)
            ),
        ];

    private static IEnumerable<KnownFunction> Arrangements() =>
        [
            new(nameof(Squeeze), x => Squeeze(x[0]), [Tensor.Of([1, 2], 1, 2, 1)], Tensor.Of([1, 2])),
            new(nameof(Squeeze), x => Squeeze(x[0], -1), [Tensor.Of([1, 2], 1, 2, 1)], Tensor.Of([1, 2], 1, 2)),
            new(
                nameof(SwapAxes),
                x => SwapAxes(x[0], 0, -1),
                [Tensor.Of([1, 2, 3, 4, 5, 6], 1, 2, 3)],
                Tensor.Of([1, 4, 2, 5, 3, 6], 3, 2, 1)
            ),
            One(nameof(Roll), x => Roll(x, 2), [1, 2, 3, 4, 5], [4, 5, 1, 2, 3]),
            new(nameof(Roll), x => Roll(x[0], -1, 1), [Matrix], Tensor.Of([2, 3, 1, 5, 6, 4], 2, 3)),
            new(nameof(Roll), x => Roll(x[0], 8), [Matrix], Tensor.Of([5, 6, 1, 2, 3, 4], 2, 3)),
            new(nameof(Repeat), x => Repeat(x[0], 2, 1), [Matrix], Tensor.Of([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6], 2, 6)),
            new(nameof(Repeat), x => Repeat(x[0], [2, 0, 1], -1), [Matrix], Tensor.Of([1, 1, 3, 4, 4, 6], 2, 3)),
            new(nameof(MeshGrid), x => MeshGrid(x)[0], [Tensor.Of([1, 2]), Tensor.Of([3, 4, 5])], Tensor.Of([1, 1, 1, 2, 2, 2], 2, 3)),
            new(nameof(MeshGrid), x => MeshGrid(x)[1], [Tensor.Of([1, 2]), Tensor.Of([3, 4, 5])], Tensor.Of([3, 4, 5, 3, 4, 5], 2, 3)),
            new(
                nameof(MeshGrid),
                x => MeshGrid(x, cartesian: true)[0],
                [Tensor.Of([1, 2]), Tensor.Of([3, 4, 5])],
                Tensor.Of([1, 2, 1, 2, 1, 2], 3, 2)
            ),
            new(nameof(StandardDeviation), x => StandardDeviation(x[0], 0), [Uneven], Tensor.Of([3.5, 0.5, 2.5])),
            new(
                nameof(StandardDeviation),
                x => StandardDeviation(x[0], 1, keepDims: true, correction: 1),
                [Uneven],
                Tensor.Of([1.5275252316519468, 1.5275252316519468], 2, 1)
            ),
            new(nameof(StandardDeviation), x => StandardDeviation(x[0]), [Tensor.Of([7, 7])], 0),
            new(nameof(Norm), x => Norm(x[0], 1, keepDims: true), [Tensor.Of([3, -4, 5, 12], 2, 2)], Tensor.Of([5, 13], 2, 1)),
            new(nameof(Variance), x => Variance(x[0], 0, 1), [Tensor.Of([1, 5], 1, 2)], 4),
            new(nameof(Sum), x => Sum(x[0], 1, keepDims: true), [Matrix], Tensor.Of([6, 15], 2, 1)),
            new(nameof(Mean), x => Mean(x[0], [0], keepDims: true), [Matrix], Tensor.Of([2.5, 3.5, 4.5], 1, 3)),
            new(
                nameof(Concatenate),
                x => Concatenate(x[0], x[1], 1),
                [Matrix, Tensor.Of([7, 8], 2, 1)],
                Tensor.Of([1, 2, 3, 7, 4, 5, 6, 8], 2, 4)
            ),
            new(nameof(Stack), x => Stack(x[0], x[1], 1), [Tensor.Of([1, 2]), Tensor.Of([4, 5])], Tensor.Of([1, 4, 2, 5], 2, 2)),
        ];
}
