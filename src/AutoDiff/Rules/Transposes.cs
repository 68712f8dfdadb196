using System.Diagnostics;
using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>The transpose of every op that is linear in an argument: the cotangent of that argument from the result's.</summary>
internal static class Transposes
{
    /// <summary>The cotangent of argument <paramref name="i"/> of y = op(x…), given y's cotangent <paramref name="g"/>.</summary>
    public static Tensor Of(Op op, int i, ReadOnlySpan<Tensor> x, Tensor g) =>
        op switch
        {
            Op.Select => i == 1 ? Where(x[0], g, 0) : Where(x[0], 0, g),
            Op.Reduce(_, var axes) => BroadcastTo(KeepAxes(g, x[0].Shape, axes), x[0].Shape),
            Op.CumulativeSum(var axis, var reverse) => CumulativeSum(g, axis, !reverse),
            Op.MatMul => i == 0 ? MatMul(g, SwapLast(x[1])) : MatMul(SwapLast(x[0]), g),
            Op.Reshape => ReshapeTo(g, x[0].Shape),
            Op.Transpose(var permutation) => Ops.Transpose(g, Inverse(permutation).AsSpan()),
            Op.Broadcast => SumTo(g, x[0].Shape),
            Op.Slice slice => Unslice(slice, x[0].Shape, g),
            Op.Pad pad => Apply.Of(
                new Op.Slice(pad.Low, Ints.Of(x[0].Shape.AsSpan()), Ints.From(g.Rank, axis => pad.Interior[axis] + 1)),
                g
            ),
            Op.Flip(var axes) => Flip(g, axes.AsSpan()),
            Op.Gather(var batchRank) => Apply.Of(new Op.ScatterAdd(batchRank, x[0].Shape[batchRank]), g, x[1]),
            Op.ScatterAdd(var batchRank, _) => Apply.Of(new Op.Gather(batchRank), g, x[1]),
            Op.Windows(var axis, _, var stride, var dilation) => OverlapAdd(g, axis, x[0].Shape[axis], stride, dilation),
            Op.OverlapAdd(var axis, _, var stride, var dilation) => Unoverlap(g, axis, x[0].Shape, stride, dilation),
            Op.Barrier => g,
            _ => throw new UnreachableException(),
        };

    /// <summary>g summed over the axes along which <paramref name="shape"/> was repeated to g's shape.</summary>
    public static Tensor SumTo(Tensor g, Shape shape)
    {
        var added = g.Rank - shape.Rank;
        Ints repeated = [.. Enumerable.Range(0, g.Rank).Where(axis => axis < added || (shape[axis - added] == 1 && g.Shape[axis] != 1))];
        return ReshapeTo(Reduce(Reduction.Sum, g, repeated), shape);
    }

    /// <summary>A slice's cotangent among zeros: those between its elements, and as high padding what lies behind its last step.</summary>
    public static Tensor Unslice(Op.Slice slice, Shape shape, Tensor g)
    {
        var high = Ints.From(shape.Rank, axis => shape[axis] - slice.Start[axis] - ((slice.Length[axis] - 1) * slice.Step[axis]) - 1);
        return Apply.Of(new Op.Pad(slice.Start, high, Ints.From(shape.Rank, axis => slice.Step[axis] - 1), 0), g);
    }

    public static Ints Inverse(Ints permutation)
    {
        var inverse = new int[permutation.Count];
        for (var i = 0; i < inverse.Length; i++)
            inverse[permutation[i]] = i;
        return Ints.Of(inverse);
    }

    public static Tensor SwapLast(Tensor x) => MoveAxis(x, -1, -2);

    // An axis longer than the windows' reach has elements that no window reads.
    private static Tensor Unoverlap(Tensor g, int axis, Shape windows, int stride, int dilation)
    {
        if (windows.Size == 0)
            return Tensor.Zeros(windows);
        var reach = ((windows[axis] - 1) * stride) + ((windows[-1] - 1) * dilation) + 1;
        return Windows(SliceAxis(g, axis, 0, reach, 1), axis, windows[-1], stride, dilation);
    }
}
