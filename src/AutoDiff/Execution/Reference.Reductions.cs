namespace AutoDiff;

internal sealed partial class Reference
{
    private static double[] MatMul(double[] x, double[] y, Shape to, int inner)
    {
        var (m, n) = (to[-2], to[-1]);
        var z = new double[to.Size];
        for (var i = 0; i < z.Length; i++)
        {
            var (batch, row, column) = (i / (m * n), i / n % m, i % n);
            for (var k = 0; k < inner; k++)
                z[i] += x[(((batch * m) + row) * inner) + k] * y[(((batch * inner) + k) * n) + column];
        }
        return z;
    }

    private static double[] Reduce(Reduction kind, Ints axes, double[] x, Shape from, Shape to)
    {
        var (row, target) = (Reductions.Of(kind), Targets(axes, from, to));
        return row.Kind switch
        {
            ReductionKind.Sum or ReductionKind.Choice or ReductionKind.Fold => Accumulate(x, target, to, row.Fold!.Start, row.Fold.Value),
            ReductionKind.LogSumExp => LogSumExp(x, target, to),
        };
    }

    private static double[] Accumulate(double[] x, int[] target, Shape to, double start, Func<double, double, double> add)
    {
        var y = new double[to.Size];
        Array.Fill(y, start);
        for (var i = 0; i < x.Length; i++)
            y[target[i]] = add(y[target[i]], x[i]);
        return y;
    }

    private static double[] LogSumExp(double[] x, int[] target, Shape to)
    {
        var max = Accumulate(x, target, to, double.NegativeInfinity, Math.Max);
        var sum = new double[to.Size];
        for (var i = 0; i < x.Length; i++)
            sum[target[i]] += Math.Exp(x[i] - max[target[i]]);
        for (var i = 0; i < sum.Length; i++)
            sum[i] = double.IsInfinity(max[i]) ? max[i] : max[i] + Math.Log(sum[i]);
        return sum;
    }

    /// <summary>For each element the position of the result that it is reduced into.</summary>
    public static int[] Targets(Ints axes, Shape from, Shape to)
    {
        var target = new int[from.Size];
        var index = new int[from.Rank];
        var kept = new int[to.Rank];
        for (var i = 0; i < target.Length; i++)
        {
            Unravel(i, from, index);
            for (int axis = 0, j = 0; axis < index.Length; axis++)
            {
                if (!axes.Contains(axis))
                    kept[j++] = index[axis];
            }
            target[i] = Ravel(kept, to);
        }
        return target;
    }

    private static double[] ArgMax(int axis, double[] x, Shape from)
    {
        var (length, inner) = (from[axis], Product(from.AsSpan()[(axis + 1)..]));
        var y = new double[x.Length / length];
        for (var i = 0; i < y.Length; i++)
        {
            var start = (i / inner * length * inner) + (i % inner);
            for (var k = 1; k < length; k++)
            {
                var (best, value) = (x[start + ((int)y[i] * inner)], x[start + (k * inner)]);
                if (value > best || (double.IsNaN(value) && !double.IsNaN(best)))
                    y[i] = k;
            }
        }
        return y;
    }

    private static double[] CumulativeSum(int axis, bool reverse, double[] x, Shape shape)
    {
        var (length, inner) = (shape[axis], Product(shape.AsSpan()[(axis + 1)..]));
        double[] y = [.. x];
        for (var i = 0; i < y.Length; i++)
        {
            // Reversed, the walk from the end meets each element after its successor.
            var at = reverse ? y.Length - 1 - i : i;
            var position = at / inner % length;
            if (position != (reverse ? length - 1 : 0))
                y[at] += y[reverse ? at + inner : at - inner];
        }
        return y;
    }
}
