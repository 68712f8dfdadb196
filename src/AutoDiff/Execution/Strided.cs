using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>A strided traversal with as few axes as describe it: axes of length 1 dropped, neighbours that continue each other joined.</summary>
internal sealed class Strided
{
    private const int LongRun = 128;

    private Strided(int[] lengths, int[][] strides) => (Lengths, Strides) = (lengths, strides);

    /// <summary>The lengths of the axes, outermost first; at least one axis.</summary>
    public int[] Lengths { get; }

    /// <summary>For each operand its stride along each axis.</summary>
    public int[][] Strides { get; }

    /// <summary>The joint traversal of operands of equal shape, in row-major order.</summary>
    public static Strided Of(ReadOnlySpan<int> shape, params ReadOnlySpan<int[]> operands)
    {
        // Of each axis that is left the last of those that it is made of, whose strides are its own.
        var (lengths, axes, count) = (new int[shape.Length], new int[shape.Length], 0);
        for (var axis = 0; axis < shape.Length; axis++)
        {
            if (shape[axis] == 1)
                continue;
            var joins = count > 0;
            for (var k = 0; k < operands.Length && joins; k++)
                joins = operands[k][axes[count - 1]] == operands[k][axis] * shape[axis];
            count += joins ? 0 : 1;
            lengths[count - 1] = joins ? lengths[count - 1] * shape[axis] : shape[axis];
            axes[count - 1] = axis;
        }
        var strides = new int[operands.Length][];
        for (var k = 0; k < strides.Length; k++)
        {
            strides[k] = new int[Math.Max(1, count)];
            for (var i = 0; i < count; i++)
                strides[k][i] = operands[k][axes[i]];
        }
        return new(
            count == 0 ? [1]
                : count == lengths.Length ? lengths
                : lengths[..count],
            strides
        );
    }

    /// <summary>How far from the first operand's first element its element at a position of the traversal lies.</summary>
    public int Place(int position) => Place(0, position);

    /// <summary>How far from an operand's first element its element at a position of the traversal lies.</summary>
    public int Place(int operand, int position)
    {
        var offset = 0;
        for (var axis = Lengths.Length - 1; axis > 0; axis--)
        {
            (position, var index) = Math.DivRem(position, Lengths[axis]);
            offset += index * Strides[operand][axis];
        }
        return offset + (position * Strides[operand][0]);
    }

    /// <summary>Copies <paramref name="count"/> elements of the traversal, from position <paramref name="start"/> on, one after another.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public void Read<T>(T[] source, int offset, int start, ref T target, int count)
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
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(source), (nint)offset);
        var run = Math.Min(inner - index[last], count);
        Runs.Read(ref from, step, ref target, run);
        from = ref Unsafe.Add(ref from, -(nint)index[last] * step);
        for (var done = run; done < count; done += run)
        {
            for (var axis = last - 1; axis >= 0; axis--)
            {
                from = ref Unsafe.Add(ref from, strides[axis]);
                if (++index[axis] < Lengths[axis])
                    break;
                from = ref Unsafe.Add(ref from, -(nint)strides[axis] * Lengths[axis]);
                index[axis] = 0;
            }
            // Whole runs along the next axis go by without looking at the others.
            if (last > 0 && count - done >= inner && inner <= LongRun)
            {
                var runs = Math.Min(Lengths[last - 1] - index[last - 1], (count - done) / inner);
                Runs.ReadAll(ref from, strides[last - 1], step, ref Unsafe.Add(ref target, done), runs, inner);
                from = ref Unsafe.Add(ref from, (nint)strides[last - 1] * (runs - 1));
                index[last - 1] += runs - 1;
                run = runs * inner;
                continue;
            }
            run = Math.Min(inner, count - done);
            Runs.Read(ref from, step, ref Unsafe.Add(ref target, done), run);
        }
    }
}
