using System.Diagnostics;

namespace AutoDiff;

internal static partial class Reference
{
    /// <summary>The ops whose every element is one element of the argument: where it comes from, index by index.</summary>
    private static double[] Pick(Op op, double[] x, Shape from, Shape to)
    {
        var source = new int[from.Rank];
        var index = new int[to.Rank];
        var y = new double[to.Size];
        for (var i = 0; i < y.Length; i++)
        {
            Unravel(i, to, index);
            Source(op, from, index, source);
            y[i] = x[Ravel(source, from)];
        }
        return y;
    }

    private static void Source(Op op, Shape from, int[] index, int[] source)
    {
        for (var axis = 0; axis < source.Length; axis++)
        {
            switch (op)
            {
                case Op.Transpose(var permutation):
                    source[permutation[axis]] = index[axis];
                    break;
                case Op.Broadcast:
                    source[axis] = from[axis] == 1 ? 0 : index[index.Length - source.Length + axis];
                    break;
                case Op.Slice slice:
                    source[axis] = slice.Start[axis] + (index[axis] * slice.Step[axis]);
                    break;
                case Op.Flip(var axes):
                    source[axis] = axes.Contains(axis) ? from[axis] - 1 - index[axis] : index[axis];
                    break;
                case Op.Windows windows:
                    source[axis] = axis == windows.Axis ? (index[axis] * windows.Stride) + (index[^1] * windows.Dilation) : index[axis];
                    break;
                default:
                    throw new UnreachableException();
            }
        }
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

    private static double[] Concatenate(int axis, Apply node, ReadOnlySpan<int> arguments, double[]?[] values)
    {
        var y = new double[node.Shape.Size];
        var index = new int[node.Rank];
        var start = 0;
        for (var k = 0; k < arguments.Length; k++)
        {
            var (x, shape) = (values[arguments[k]]!, node.Arguments[k].Shape);
            for (var i = 0; i < x.Length; i++)
            {
                Unravel(i, shape, index);
                index[axis] += start;
                y[Ravel(index, node.Shape)] = x[i];
            }
            start += shape[axis];
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
