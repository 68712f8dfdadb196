namespace AutoDiff.Properties;

internal static partial class KnownOps
{
    // Two matrices of three rows; no reduction of one axis, or of one kind, gives what another does.
    private static Tensor Block => Tensor.Of([1, 8, 5, 2, 3, 4, -7, 0, 6, -1, 2, 9], 2, 3, 2);
    private static Tensor Matrix => Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3);

    private static IEnumerable<KnownOp> Reductions() =>
        [
            new(new Op.Reduce(Reduction.Sum, [1]), [Block], Tensor.Of([9, 14, 1, 8], 2, 2)),
            new(new Op.Reduce(Reduction.Sum, [0, 2]), [Block], Tensor.Of([2, 12, 18])),
            new(new Op.Reduce(Reduction.Sum, []), [Matrix], Matrix),
            new(new Op.Reduce(Reduction.Max, [1]), [Block], Tensor.Of([5, 8, 6, 9], 2, 2)),
            new(new Op.Reduce(Reduction.Max, [0]), [Tensor.Of([-0.0, 0, NaN], 3)], NaN),
            new(new Op.Reduce(Reduction.Min, [1]), [Block], Tensor.Of([1, 2, -7, -1], 2, 2)),
            new(new Op.Reduce(Reduction.Min, [0]), [Tensor.Of([-1, NaN, 2], 3)], NaN),
            new(
                new Op.Reduce(Reduction.LogSumExp, [1]),
                [Block],
                Tensor.Of([5.142931628499899, 8.02058113894733, 6.018152147589994, 9.00016879548709], 2, 2)
            ),
            new(
                new Op.Reduce(Reduction.LogSumExp, [1]),
                [Tensor.Of([800, 800, -800, -800, -Infinity, -Infinity, Infinity, 0], 4, 2)],
                Tensor.Of([800.6931471805599, -799.3068528194401, -Infinity, Infinity])
            ),
        ];

    private static IEnumerable<KnownOp> Structures() =>
        [
            new(
                new Op.Select(),
                [Tensor.Of([1, 0, -2, NaN, -0.0]), Tensor.Of([1, 2, 3, 4, 5]), Tensor.Of([10, 20, 30, 40, 50])],
                Tensor.Of([1, 20, 3, 4, 50])
            ),
            new(new Op.ArgMax(1), [Tensor.Of([1, 3, 3, 2, 0, 2, 5, NaN, NaN], 3, 3)], Tensor.Of([1, 0, 1])),
            new(new Op.ArgMax(0), [Tensor.Of([1, 3, 3, 2, 0, 3], 2, 3)], Tensor.Of([1, 0, 0])),
            new(new Op.CumulativeSum(1, false), [Matrix], Tensor.Of([1, 3, 6, 4, 9, 15], 2, 3)),
            new(new Op.CumulativeSum(1, true), [Matrix], Tensor.Of([6, 5, 3, 15, 11, 6], 2, 3)),
            new(new Op.CumulativeSum(0, false), [Matrix], Tensor.Of([1, 2, 3, 5, 7, 9], 2, 3)),
            new(new Op.CumulativeSum(0, true), [Matrix], Tensor.Of([5, 7, 9, 4, 5, 6], 2, 3)),
            new(new Op.MatMul(), [Matrix, Tensor.Of([7, 8, 9, 10, 11, 12], 3, 2)], Tensor.Of([58, 64, 139, 154], 2, 2)),
            new(
                new Op.MatMul(),
                [Tensor.Of([1, 2, 3, 4], 2, 1, 2), Tensor.Of([5, 6, 7, 8, 9, 10, 11, 12], 2, 2, 2)],
                Tensor.Of([19, 22, 71, 78], 2, 1, 2)
            ),
            new(new Op.Reshape([3, 2]), [Matrix], Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2)),
            // Not their own inverses: what was axis p[i] is axis i.
            new(new Op.Transpose([2, 0, 1]), [Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)], Tensor.Of([1, 3, 5, 7, 2, 4, 6, 8], 2, 2, 2)),
            new(new Op.Transpose([1, 2, 0]), [Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8], 2, 2, 2)], Tensor.Of([1, 5, 2, 6, 3, 7, 4, 8], 2, 2, 2)),
            new(new Op.Transpose([1, 0]), [Matrix], Tensor.Of([1, 4, 2, 5, 3, 6], 3, 2)),
            new(new Op.Broadcast([2, 2, 3]), [Tensor.Of([1, 2], 2, 1)], Tensor.Of([1, 1, 1, 2, 2, 2, 1, 1, 1, 2, 2, 2], 2, 2, 3)),
            new(new Op.Broadcast([2, 3]), [Tensor.Of([1, 2, 3])], Tensor.Of([1, 2, 3, 1, 2, 3], 2, 3)),
            new(
                new Op.Slice([1, 1], [2, 2], [1, 3]),
                [Tensor.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15], 3, 5)],
                Tensor.Of([7, 10, 12, 15], 2, 2)
            ),
            new(
                new Op.Pad([1, 0], [0, 2], [0, 1], -1),
                [Tensor.Of([1, 2, 3, 4], 2, 2)],
                Tensor.Of([-1, -1, -1, -1, -1, 1, -1, 2, -1, -1, 3, -1, 4, -1, -1], 3, 5)
            ),
            new(new Op.Concatenate(1), [Tensor.Of([1, 2], 2, 1), Tensor.Of([3, 4, 5, 6], 2, 2)], Tensor.Of([1, 3, 4, 2, 5, 6], 2, 3)),
            new(new Op.Concatenate(0), [Tensor.Of([1]), Tensor.Of([2, 3]), Tensor.Of([4])], Tensor.Of([1, 2, 3, 4])),
            new(new Op.Flip([1]), [Matrix], Tensor.Of([3, 2, 1, 6, 5, 4], 2, 3)),
            new(new Op.Flip([0]), [Matrix], Tensor.Of([4, 5, 6, 1, 2, 3], 2, 3)),
            new(new Op.Flip([0, 2]), [Block], Tensor.Of([0, -7, -1, 6, 9, 2, 8, 1, 2, 5, 4, 3], 2, 3, 2)),
            new(new Op.Gather(0), [Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2), Tensor.Of([2, 0, 2])], Tensor.Of([5, 6, 1, 2, 5, 6], 3, 2)),
            new(new Op.Gather(1), [Matrix, Tensor.Of([2, 0, 1, 1], 2, 2)], Tensor.Of([3, 1, 5, 5], 2, 2)),
            new(
                new Op.ScatterAdd(0, 4),
                [Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2), Tensor.Of([2, 0, 2])],
                Tensor.Of([3, 4, 0, 0, 6, 8, 0, 0], 4, 2)
            ),
            new(
                new Op.ScatterAdd(1, 3),
                [Tensor.Of([1, 2, 3, 4], 2, 2), Tensor.Of([2, 0, 1, 1], 2, 2)],
                Tensor.Of([2, 0, 1, 0, 7, 0], 2, 3)
            ),
            new(new Op.Windows(0, 2, 1, 2), [Tensor.Of([1, 2, 3, 4, 5])], Tensor.Of([1, 3, 2, 4, 3, 5], 3, 2)),
            new(new Op.Windows(0, 3, 2, 1), [Tensor.Of([1, 2, 3, 4, 5])], Tensor.Of([1, 2, 3, 3, 4, 5], 2, 3)),
            new(new Op.Windows(0, 2, 1, 1), [Tensor.Of([1, 2, 3, 4, 5, 6], 3, 2)], Tensor.Of([1, 3, 2, 4, 3, 5, 4, 6], 2, 2, 2)),
            new(new Op.OverlapAdd(0, 6, 2, 1), [Tensor.Of([1, 2, 3, 10, 20, 30], 2, 3)], Tensor.Of([1, 2, 13, 20, 30, 0])),
            new(new Op.OverlapAdd(0, 6, 1, 2), [Tensor.Of([1, 2, 3, 10, 20, 30], 2, 3)], Tensor.Of([1, 10, 2, 20, 3, 30])),
            new(
                new Op.Callback(new("known", [2], x => [x[0][0] - x[1][0], 2 * x[0][1]]), []),
                [Tensor.Of([1, 2]), Tensor.Of([7])],
                Tensor.Of([-6, 4])
            ),
            new(new Op.Barrier(new object()), [Tensor.Of([1, 2]), Tensor.Of([3, 4])], Tensor.Of([1, 2])),
            new(
                new Op.Custom(CustomRule.FromPullback("known", [], (_, _, g) => [g])),
                [Tensor.Of([1, 2]), Tensor.Of([3, 4])],
                Tensor.Of([1, 2])
            ),
            // s ← a·s + x and y = s − x, a = 10, from 1 over 2, 3, 4: 12, 123, 1234 and −1, 9, 119.
            new(new Op.Scan(Counting(false)), [10, 1, Tensor.Of([2, 3, 4])], Tensor.Of([1234, -1, 9, 119])),
            // From the last: 14, 143, 1432 and, by slices, 141, 11, −3.
            new(new Op.Scan(Counting(true)), [10, 1, Tensor.Of([2, 3, 4])], Tensor.Of([1432, 141, 11, -3])),
            // s ← s·a + 1 from 2 while s < 100, a = 3: 7, 22, 67, 202; and none where it is not begun.
            new(new Op.While(Growing()), [1, 3, 2], Tensor.Of([202.0])),
            new(new Op.While(Growing()), [0, 3, 2], Tensor.Of([2.0])),
            new(new Op.Cond(Choosing()), [-1, 5, Tensor.Of([7, 11])], Tensor.Of([2, 7, 11])),
            new(new Op.Cond(Choosing()), [0, 5, Tensor.Of([7, 11])], Tensor.Of([3, 77, 121])),
        ];

    private static WhileLoop Growing()
    {
        Input[] inputs = [new([], "a"), new([], "s")];
        var next = (inputs[0] * inputs[1]) + 1;
        return new(new(inputs, [Ops.Less(next, 100), next]), 1);
    }

    private static Branches Choosing()
    {
        Input[] inputs = [new([], "x"), new([2], "y")];
        return new(inputs, [inputs[0] - 3, inputs[1]], [inputs[0] - 2, inputs[1] * 11]);
    }

    private static Loop Counting(bool reverse)
    {
        Input[] inputs = [new([], "a"), new([], "s"), new([], "x")];
        return new(new(inputs, [(inputs[0] * inputs[1]) + inputs[2], inputs[1] - inputs[2]]), 1, 1, 3, reverse);
    }
}
