namespace AutoDiff;

internal sealed partial class Reference
{
    public double[] Of(Op.ArgSort op, Values x)
    {
        var (length, inner) = (x.Shape(0)[op.Axis], Product(x.Shape(0).AsSpan()[(op.Axis + 1)..]));
        var y = new double[x.To.Size];
        for (var row = 0; row * op.Count < y.Length; row++)
        {
            var (start, to) = ((row / inner * length * inner) + (row % inner), (row / inner * op.Count * inner) + (row % inner));
            double At(int position) => x[0][start + (position * inner)];
            var ascending = Enumerable.Range(0, length).OrderBy(position => double.IsNaN(At(position)));
            var order = op.Descending ? ascending.ThenByDescending(At) : ascending.ThenBy(At);
            foreach (var (rank, position) in order.Take(op.Count).Index())
                y[to + (rank * inner)] = position;
        }
        return y;
    }

    public double[] Of(Op.SearchSorted op, Values x)
    {
        var length = x.Shape(0)[-1];
        var picks = Product(x.To.AsSpan()[(x.Shape(0).Rank - 1)..]);
        var y = new double[x.To.Size];
        for (var i = 0; i < y.Length; i++)
            y[i] = x[0]
                .AsSpan(i / picks * length, length)
                .ToArray()
                .Count(sorted => IsBefore(sorted, x[1][i]) || (op.Right && !IsBefore(x[1][i], sorted)));
        return y;
    }

    public double[] Of(Op.CumulativeArgMax op, Values x)
    {
        var (length, inner) = (x.To[op.Axis], Product(x.To.AsSpan()[(op.Axis + 1)..]));
        var y = new double[x.To.Size];
        for (var i = 0; i < y.Length; i++)
        {
            var at = op.Reverse ? y.Length - 1 - i : i;
            var position = at / inner % length;
            y[at] = position;
            if (position == (op.Reverse ? length - 1 : 0))
                continue;
            var before = (int)y[op.Reverse ? at + inner : at - inner];
            if (!IsBefore(x[0][at + ((before - position) * inner)], x[0][at]))
                y[at] = before;
        }
        return y;
    }

    public double[] Of(Op.LastPicks op, Values x)
    {
        var picks = Product(x.Shape(0).AsSpan()[op.BatchRank..]);
        var y = new double[x.To.Size];
        for (var i = 0; i < y.Length; i++)
            y[i] = picks + (i % op.Length);
        for (var i = 0; i < x[0].Length; i++)
            y[(i / picks * op.Length) + Indices.Checked(x[0][i], op.Length, nameof(Op.LastPicks))] = i % picks;
        return y;
    }

    public double[] Of(Op.SetSlice op, Values x) => Update(op.Start, op.Step, x, (_, update) => update);

    public double[] Of(Op.AddSlice op, Values x) => Update(op.Start, op.Step, x, (before, update) => before + update);

    private static double[] Update(Ints start, Ints step, Values x, Func<double, double, double> update)
    {
        double[] y = [.. x[1]];
        var index = new int[x.To.Rank];
        for (var i = 0; i < x[0].Length; i++)
        {
            Unravel(i, x.Shape(0), index);
            for (var axis = 0; axis < index.Length; axis++)
                index[axis] = start[axis] + (index[axis] * step[axis]);
            ref var element = ref y[Ravel(index, x.To)];
            element = update(element, x[0][i]);
        }
        return y;
    }

    /// <summary>x &lt; y, a NaN being above all other numbers.</summary>
    private static bool IsBefore(double x, double y) => x < y || (double.IsNaN(y) && !double.IsNaN(x));
}
