using System.Diagnostics;

namespace AutoDiff;

/// <summary>The shape rule of every op: the result's shape, or an error that names the op, what it got and what it expected.</summary>
internal static class ShapeRules
{
    public static Shape Infer(Op op, ReadOnlySpan<Tensor> x) =>
        op switch
        {
            Op.Map => x[0].Shape,
            Op.Zip => Same(op, x),
            Op.Select => Same(op, x),
            Op.Reduce reduce => Reduce(reduce, x[0].Shape),
            Op.ArgMax(var axis) => NonEmpty(op, x[0].Shape, axis).Without([axis]),
            Op.CumulativeSum(var axis, _) => HasAxis(op, x[0].Shape, axis),
            Op.MatMul => MatMul(x[0].Shape, x[1].Shape),
            Op.Reshape(var to) => Reshape(x[0].Shape, to),
            Op.Transpose(var permutation) => Transpose(x[0].Shape, permutation),
            Op.Broadcast(var to) => Broadcast(x[0].Shape, to),
            Op.Slice slice => Slice(slice, x[0].Shape),
            Op.Pad pad => Pad(pad, x[0].Shape),
            Op.Concatenate(var axis) => Concatenate(axis, x),
            Op.Flip(var axes) => Flip(axes, x[0].Shape),
            Op.Gather(var batchRank) => Gather(batchRank, x[0].Shape, x[1].Shape),
            Op.ScatterAdd scatter => ScatterAdd(scatter, x[0].Shape, x[1].Shape),
            Op.Windows windows => Windows(windows, x[0].Shape),
            Op.OverlapAdd overlap => OverlapAdd(overlap, x[0].Shape),
            Op.Barrier or Op.Custom => x[0].Shape,
            _ => throw new UnreachableException(),
        };

    private static Shape Same(Op op, ReadOnlySpan<Tensor> x)
    {
        foreach (var argument in x)
            Require.That(
                argument.Shape.Equals(x[0].Shape),
                $"[{op.Name}] shapes differ: {x[0].Shape} and {argument.Shape}; expected equal shapes"
            );
        return x[0].Shape;
    }

    private static Shape HasAxis(Op op, Shape x, int axis)
    {
        Require.That(axis >= 0 && axis < x.Rank, $"[{op.Name}] axis {axis} is out of range; expected an axis of {x}");
        return x;
    }

    private static Shape NonEmpty(Op op, Shape x, int axis)
    {
        Require.That(HasAxis(op, x, axis)[axis] > 0, $"[{op.Name}] axis {axis} of {x} is empty; expected at least one element");
        return x;
    }

    private static Shape Reduce(Op.Reduce op, Shape x)
    {
        foreach (var axis in op.Axes)
        {
            HasAxis(op, x, axis);
            Require.That(
                op.Kind is Reduction.Sum or Reduction.LogSumExp || x[axis] > 0,
                $"[{op.Name}] axis {axis} of {x} is empty; expected at least one element"
            );
        }
        return x.Without(op.Axes);
    }

    private static Shape MatMul(Shape left, Shape right)
    {
        Require.That(
            left.Rank >= 2 && left.Rank == right.Rank,
            $"[MatMul] ranks do not fit: left {left}, right {right}; expected [batch…,m,k] and [batch…,k,n]"
        );
        Require.That(
            left[-1] == right[-2],
            $"[MatMul] inner dimensions differ: left {left}, right {right}; expected right {WithInner(right, left[-1])}"
        );
        Require.That(
            left.AsSpan()[..^2].SequenceEqual(right.AsSpan()[..^2]),
            $"[MatMul] batch axes differ: left {left}, right {right}; expected equal lengths before the last two axes"
        );
        return left.With(left.Rank - 1, right[-1]);
    }

    private static string WithInner(Shape right, int inner) =>
        $"[{string.Concat(right.SkipLast(2).Select(length => $"{length},"))}{inner},·]";

    private static Shape Reshape(Shape x, Shape to)
    {
        Require.That(x.Size == to.Size, $"[Reshape] {x} has {x.Size} elements; {to} needs {to.Size}");
        return to;
    }

    private static Shape Transpose(Shape x, Ints permutation)
    {
        var valid = permutation.Count == x.Rank && permutation.Order().SequenceEqual(Enumerable.Range(0, x.Rank));
        Require.That(valid, $"[Transpose] {permutation} is no permutation of the {x.Rank} axes of {x}");
        return Shape.From(x.Rank, axis => x[permutation[axis]]);
    }

    private static Shape Broadcast(Shape x, Shape to)
    {
        Require.That(
            x.BroadcastsTo(to),
            $"[Broadcast] {x} does not broadcast to {to}; expected each length, from the last axis on, to be equal or 1"
        );
        return to;
    }

    private static Shape Slice(Op.Slice op, Shape x)
    {
        PerAxis(op, x, op.Start, op.Length, op.Step);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            var (start, length, step) = (op.Start[axis], op.Length[axis], op.Step[axis]);
            Require.That(
                step > 0 && length >= 0 && start >= 0,
                $"[Slice] start {start}, length {length}, step {step} of axis {axis}; expected a step above 0 and the others not negative"
            );
            Require.That(
                length == 0 || start + ((long)(length - 1) * step) < x[axis],
                $"[Slice] start {start}, length {length}, step {step} reach past axis {axis} of {x}"
            );
        }
        return Shape.Of(op.Length.AsSpan());
    }

    private static Shape Pad(Op.Pad op, Shape x)
    {
        PerAxis(op, x, op.Low, op.High, op.Interior);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            Require.That(
                op.Low[axis] >= 0 && op.High[axis] >= 0 && op.Interior[axis] >= 0,
                $"[Pad] low {op.Low}, high {op.High}, interior {op.Interior}; expected none negative"
            );
        }
        return Shape.From(x.Rank, axis => checked(op.Low[axis] + op.High[axis] + x[axis] + (Math.Max(0, x[axis] - 1) * op.Interior[axis])));
    }

    private static void PerAxis(Op op, Shape x, params ReadOnlySpan<Ints> lists)
    {
        foreach (var list in lists)
            Require.That(
                list.Count == x.Rank,
                $"[{op.Name}] got {list.Count} numbers {list} for {x}; expected one for each of its {x.Rank} axes"
            );
    }

    private static Shape Concatenate(int axis, ReadOnlySpan<Tensor> x)
    {
        Require.That(x.Length > 0, $"[Concatenate] got no tensors; expected at least one");
        var first = x[0].Shape;
        Require.That(axis >= 0 && axis < first.Rank, $"[Concatenate] axis {axis} is out of range for {first}");
        var total = 0;
        foreach (var argument in x)
        {
            Require.That(
                argument.Rank == first.Rank && argument.Shape.With(axis, first[axis]).Equals(first),
                $"[Concatenate] {argument.Shape} does not fit {first} along axis {axis}; expected equal lengths on every other axis"
            );
            total = checked(total + argument.Shape[axis]);
        }
        return first.With(axis, total);
    }

    private static Shape Flip(Ints axes, Shape x)
    {
        foreach (var axis in axes)
            Require.That(axis >= 0 && axis < x.Rank, $"[Flip] axis {axis} is out of range; expected axes of {x}");
        return x;
    }

    private static Shape Gather(int batchRank, Shape x, Shape indices)
    {
        Require.That(
            x.Rank > batchRank && indices.Rank >= batchRank,
            $"[Gather] {x} at indices {indices} cannot share {batchRank} batch axes"
        );
        Require.That(
            x.AsSpan()[..batchRank].SequenceEqual(indices.AsSpan()[..batchRank]),
            $"[Gather] batch axes differ: {x} at indices {indices}; expected the first {batchRank} equal"
        );
        return Shape.Of([.. indices, .. x.AsSpan()[(batchRank + 1)..]]);
    }

    private static Shape ScatterAdd(Op.ScatterAdd op, Shape updates, Shape indices)
    {
        Require.That(
            indices.Rank >= op.BatchRank
                && updates.Rank >= indices.Rank
                && updates.AsSpan()[..indices.Rank].SequenceEqual(indices.AsSpan()),
            $"[ScatterAdd] updates {updates} do not fit indices {indices}; expected the updates' first axes to be the indices' axes"
        );
        return Shape.Of([.. indices.AsSpan()[..op.BatchRank], op.Length, .. updates.AsSpan()[indices.Rank..]]);
    }

    private static Shape Windows(Op.Windows op, Shape x)
    {
        HasAxis(op, x, op.Axis);
        Require.That(
            op.Size > 0 && op.Stride > 0 && op.Dilation > 0,
            $"[Windows] size {op.Size}, stride {op.Stride}, dilation {op.Dilation}; expected each above 0"
        );
        var reach = ((long)(op.Size - 1) * op.Dilation) + 1;
        Require.That(reach <= x[op.Axis], $"[Windows] a window of reach {reach} does not fit axis {op.Axis} of {x}");
        var count = (int)((x[op.Axis] - reach) / op.Stride) + 1;
        return x.With(op.Axis, count).Insert(x.Rank, op.Size);
    }

    private static Shape OverlapAdd(Op.OverlapAdd op, Shape x)
    {
        HasAxis(op, x, op.Axis);
        Require.That(
            x.Rank >= 2 && op.Axis < x.Rank - 1,
            $"[OverlapAdd] axis {op.Axis} of {x} is the windows' own; expected an earlier one"
        );
        var empty = x[op.Axis] == 0 || x[-1] == 0;
        var reach = empty ? 0 : ((long)(x[op.Axis] - 1) * op.Stride) + ((long)(x[-1] - 1) * op.Dilation) + 1;
        Require.That(reach <= op.Length, $"[OverlapAdd] the windows of {x} reach {reach}; expected no more than {op.Length}");
        return x.With(op.Axis, op.Length).Without([x.Rank - 1]);
    }
}
