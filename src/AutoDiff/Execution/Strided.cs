namespace AutoDiff;

/// <summary>A strided traversal with as few axes as describe it: axes of length 1 dropped, neighbours that continue each other joined.</summary>
internal sealed class Strided
{
    private Strided(int[] lengths, int[][] strides) => (Lengths, Strides) = (lengths, strides);

    /// <summary>The lengths of the axes, outermost first; at least one axis.</summary>
    public int[] Lengths { get; }

    /// <summary>For each operand its stride along each axis.</summary>
    public int[][] Strides { get; }

    /// <summary>The joint traversal of operands of equal shape, in row-major order.</summary>
    public static Strided Of(ReadOnlySpan<int> shape, params ReadOnlySpan<int[]> operands)
    {
        var lengths = new List<int>();
        var strides = new List<int>[operands.Length];
        for (var k = 0; k < strides.Length; k++)
            strides[k] = [];
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                continue;
            var joins = lengths.Count > 0;
            for (var k = 0; k < operands.Length && joins; k++)
                joins = strides[k][^1] == operands[k][axis] * shape[axis];
            if (joins)
                lengths[^1] *= shape[axis];
            else
                lengths.Add(shape[axis]);
            for (var k = 0; k < operands.Length; k++)
            {
                if (joins)
                    strides[k][^1] = operands[k][axis];
                else
                    strides[k].Add(operands[k][axis]);
            }
        }
        if (lengths.Count == 0)
        {
            lengths.Add(1);
            foreach (var list in strides)
                list.Add(0);
        }
        return new([.. lengths], [.. strides.Select(list => list.ToArray())]);
    }

    /// <summary>Copies <paramref name="target"/>.Length elements of the traversal, from position <paramref name="start"/> on, one after another.</summary>
    public void Read<T>(ReadOnlySpan<T> source, int offset, int start, Span<T> target)
        where T : unmanaged
    {
        var strides = Strides[0];
        var last = Lengths.Length - 1;
        var (inner, step) = (Lengths[last], strides[last]);
        Span<int> index = stackalloc int[last + 1];
        var rest = start;
        for (var axis = last; axis >= 0; axis--)
        {
            (rest, index[axis]) = Math.DivRem(rest, Lengths[axis]);
            offset += index[axis] * strides[axis];
        }
        for (var done = 0; done < target.Length; )
        {
            var count = Math.Min(inner - index[last], target.Length - done);
            ReadRun(source, offset, step, target.Slice(done, count));
            done += count;
            offset -= index[last] * step;
            index[last] = 0;
            for (var axis = last - 1; axis >= 0; axis--)
            {
                offset += strides[axis];
                if (++index[axis] < Lengths[axis])
                    break;
                offset -= strides[axis] * Lengths[axis];
                index[axis] = 0;
            }
        }
    }

    private static void ReadRun<T>(ReadOnlySpan<T> source, int offset, int step, Span<T> target)
        where T : unmanaged
    {
        if (step == 1)
        {
            source.Slice(offset, target.Length).CopyTo(target);
            return;
        }
        if (step == 0)
        {
            target.Fill(source[offset]);
            return;
        }
        for (var i = 0; i < target.Length; i++, offset += step)
            target[i] = source[offset];
    }
}
