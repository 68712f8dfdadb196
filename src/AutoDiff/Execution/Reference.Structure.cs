namespace AutoDiff;

internal sealed partial class Reference
{
    /// <summary>A result whose every element is one of the first argument's: where along an axis of it, by the result's index.</summary>
    private static double[] Pick(Values x, Func<int[], int, int> source)
    {
        var (from, to) = (x.Shape(0), x.To);
        var (index, picked) = (new int[to.Rank], new int[from.Rank]);
        var y = new double[to.Size];
        for (var i = 0; i < y.Length; i++)
        {
            Unravel(i, to, index);
            for (var axis = 0; axis < picked.Length; axis++)
                picked[axis] = source(index, axis);
            y[i] = x[0][Ravel(picked, from)];
        }
        return y;
    }

    private static double[] Pad(Op.Pad op, double[] x, Shape from, Shape to)
    {
        var y = new double[to.Size];
        Array.Fill(y, op.Value);
        var index = new int[from.Rank];
        for (var i = 0; i < x.Length; i++)
        {
            Unravel(i, from, index);
            for (var axis = 0; axis < index.Length; axis++)
                index[axis] = op.Low[axis] + (index[axis] * (op.Interior[axis] + 1));
            y[Ravel(index, to)] = x[i];
        }
        return y;
    }

    private static double[] Concatenate(int axis, Values x)
    {
        var y = new double[x.To.Size];
        var index = new int[x.To.Rank];
        for (var (k, start) = (0, 0); k < x.Count; start += x.Shape(k++)[axis])
        {
            for (var i = 0; i < x[k].Length; i++)
            {
                Unravel(i, x.Shape(k), index);
                index[axis] += start;
                y[Ravel(index, x.To)] = x[k][i];
            }
        }
        return y;
    }

    private static double[] OverlapAdd(Op.OverlapAdd op, double[] x, Shape from, Shape to)
    {
        var y = new double[to.Size];
        var index = new int[from.Rank];
        for (var i = 0; i < x.Length; i++)
        {
            Unravel(i, from, index);
            index[op.Axis] = (index[op.Axis] * op.Stride) + (index[^1] * op.Dilation);
            y[Ravel(index.AsSpan()[..^1], to)] += x[i];
        }
        return y;
    }

    private static double[] Gather(int batchRank, double[] x, Shape shape, double[] indices, Shape indexShape)
    {
        var (batch, length, rest) = (Product(shape.AsSpan()[..batchRank]), shape[batchRank], Product(shape.AsSpan()[(batchRank + 1)..]));
        var picks = Product(indexShape.AsSpan()[batchRank..]);
        var y = new double[batch * picks * rest];
        for (var i = 0; i < batch * picks; i++)
        {
            var source = (i / picks * length) + Indices.Checked(indices[i], length, nameof(Op.Gather));
            for (var j = 0; j < rest; j++)
                y[(i * rest) + j] = x[(source * rest) + j];
        }
        return y;
    }

    private static double[] ScatterAdd(Op.ScatterAdd op, double[] updates, Shape to, double[] indices, Shape indexShape)
    {
        var (picks, rest) = (Product(indexShape.AsSpan()[op.BatchRank..]), Product(to.AsSpan()[(op.BatchRank + 1)..]));
        var y = new double[to.Size];
        for (var i = 0; i < indices.Length; i++)
        {
            var target = (i / picks * op.Length) + Indices.Checked(indices[i], op.Length, nameof(Op.ScatterAdd));
            for (var j = 0; j < rest; j++)
                y[(target * rest) + j] += updates[(i * rest) + j];
        }
        return y;
    }

    private static int Product(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
            product *= length;
        return product;
    }

    private static void Unravel(int position, Shape shape, Span<int> index)
    {
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
            (position, index[axis]) = Math.DivRem(position, shape[axis]);
    }

    private static int Ravel(ReadOnlySpan<int> index, Shape shape)
    {
        var position = 0;
        for (var axis = 0; axis < index.Length; axis++)
            position = (position * shape[axis]) + index[axis];
        return position;
    }
}
