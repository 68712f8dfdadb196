namespace AutoDiff;

internal sealed partial class ShapeRules
{
    public Shape Of(Op.ArgSort op, ReadOnlySpan<Tensor> x)
    {
        var length = HasAxis(op, x[0].Shape, op.Axis)[op.Axis];
        Require.That(
            op.Count >= 0 && op.Count <= length,
            $"[ArgSort] got count {op.Count} for axis {op.Axis} of {x[0].Shape}; expected 0 to {length}"
        );
        return x[0].Shape.With(op.Axis, op.Count);
    }

    public Shape Of(Op.SearchSorted op, ReadOnlySpan<Tensor> x)
    {
        var (sorted, values) = (x[0].Shape, x[1].Shape);
        Require.That(
            sorted.Rank >= 1 && values.Rank >= sorted.Rank - 1 && values.AsSpan()[..(sorted.Rank - 1)].SequenceEqual(sorted.AsSpan()[..^1]),
            $"[SearchSorted] got sorted {sorted}, values {values}; expected [batch…,length] and [batch…,picks…] with equal batch axes"
        );
        return values;
    }

    public Shape Of(Op.CumulativeArgMax op, ReadOnlySpan<Tensor> x) => HasAxis(op, x[0].Shape, op.Axis);

    public Shape Of(Op.LastPicks op, ReadOnlySpan<Tensor> x)
    {
        var indices = x[0].Shape;
        Require.That(
            op.BatchRank >= 0 && op.BatchRank <= indices.Rank && op.Length >= 0,
            $"[LastPicks] got length {op.Length} and {op.BatchRank} batch axes for indices {indices}; expected a length of at least 0, and 0 to {indices.Rank} batch axes"
        );
        return Result(op, [.. Lengths(indices)[..op.BatchRank], op.Length], indices);
    }

    public Shape Of(Op.SetSlice op, ReadOnlySpan<Tensor> x) => Update(op, op.Start, op.Step, x[1].Shape, x[0].Shape);

    public Shape Of(Op.AddSlice op, ReadOnlySpan<Tensor> x) => Update(op, op.Start, op.Step, x[1].Shape, x[0].Shape);

    private static Shape Update(Op op, Ints start, Ints step, Shape x, Shape y)
    {
        PerAxis(op, x, start, step);
        Require.That(y.Rank == x.Rank, $"[{op.Name}] got {y} for {x}; expected equally many axes");
        for (var axis = 0; axis < x.Rank; axis++)
        {
            Require.That(
                step[axis] > 0 && start[axis] >= 0,
                $"[{op.Name}] got start {start[axis]}, step {step[axis]} for axis {axis} of {x}; expected a step above 0 and a start not negative"
            );
            Require.That(
                y[axis] == 0 ? start[axis] <= x[axis] : start[axis] + ((long)(y[axis] - 1) * step[axis]) < x[axis],
                $"[{op.Name}] got start {start[axis]}, step {step[axis]} for {y} along axis {axis} of {x}; expected positions before {x[axis]}"
            );
        }
        return x;
    }
}
