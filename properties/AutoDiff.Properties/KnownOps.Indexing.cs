namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    private static IEnumerable<KnownOp> Indexing() =>
        [
            new(new Op.ArgSort(1, 3, false), [Tensor.Of([3, 1, 2, 0, 0, -1], 2, 3)], Tensor.Of([1, 2, 0, 2, 0, 1], 2, 3)),
            new(new Op.ArgSort(1, 2, true), [Tensor.Of([3, 1, 2, 0, 0, -1], 2, 3)], Tensor.Of([0, 2, 0, 1], 2, 2)),
            new(new Op.ArgSort(0, 2, false), [Tensor.Of([3, 1, 2, 0, 5, -1], 2, 3)], Tensor.Of([1, 0, 1, 0, 1, 0], 2, 3)),
            new(
                new Op.ArgSort(0, 7, false),
                [Tensor.Of([NaN, 0, -0.0, Infinity, -Infinity, -NaN, -7.888609052210118e-31])],
                Tensor.Of([4, 6, 1, 2, 3, 0, 5])
            ),
            new(new Op.ArgSort(0, 7, true), [Tensor.Of([NaN, -0.0, 0, Infinity, -Infinity, -NaN, 0.25])], Tensor.Of([3, 6, 1, 2, 4, 0, 5])),
            new(
                new Op.SearchSorted(false),
                [Tensor.Of([1, 2, 2, 4]), Tensor.Of([2, 0, 5, 3, 4, NaN], 2, 3)],
                Tensor.Of([1, 0, 4, 3, 3, 4], 2, 3)
            ),
            new(
                new Op.SearchSorted(true),
                [Tensor.Of([1, 2, 2, 4]), Tensor.Of([2, 0, 5, 3, 4, NaN], 2, 3)],
                Tensor.Of([3, 0, 4, 3, 4, 4], 2, 3)
            ),
            new(new Op.SearchSorted(false), [Tensor.Of([1, NaN, NaN]), Tensor.Of([NaN, Infinity, -0.0])], Tensor.Of([1, 1, 0])),
            new(
                new Op.SearchSorted(true),
                [Tensor.Of([1, 3, -2, 0], 2, 2), Tensor.Of([1, 2, -0.0, 7], 2, 2)],
                Tensor.Of([1, 1, 2, 2], 2, 2)
            ),
            new(new Op.CumulativeArgMax(1, false), [Tensor.Of([1, 3, 3, 2, 5, 0, 6, -1], 2, 4)], Tensor.Of([0, 1, 1, 1, 0, 0, 2, 2], 2, 4)),
            new(new Op.CumulativeArgMax(1, true), [Tensor.Of([1, 3, 3, 2, 5, 0, 6, -1], 2, 4)], Tensor.Of([2, 2, 2, 3, 2, 2, 2, 3], 2, 4)),
            new(new Op.CumulativeArgMax(0, false), [Tensor.Of([1, 3, 3, 2, 4, 0], 2, 3)], Tensor.Of([0, 0, 0, 1, 1, 0], 2, 3)),
            new(new Op.CumulativeArgMax(0, false), [Tensor.Of([-0.0, 0, NaN, 7, NaN])], Tensor.Of([0, 0, 2, 2, 2])),
            new(new Op.LastPicks(0, 5), [Tensor.Of([3, 1, 3, 0], 2, 2)], Tensor.Of([3, 1, 6, 2, 8])),
            new(new Op.LastPicks(1, 3), [Tensor.Of([2, 0, 1, 1], 2, 2)], Tensor.Of([1, 3, 0, 2, 1, 4], 2, 3)),
            new(
                new Op.SetSlice([1, 0], [1, 2]),
                [Tensor.Of([-1, -2, -3, -4], 2, 2), Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3)],
                Tensor.Of([1, 2, 3, -1, 5, -2, -3, 8, -4], 3, 3)
            ),
            new(
                new Op.AddSlice([1, 0], [1, 2]),
                [Tensor.Of([10, 20, 30, 40], 2, 2), Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3)],
                Tensor.Of([1, 2, 3, 14, 5, 26, 37, 8, 49], 3, 3)
            ),
        ];
}
