using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Products of a vector and a matrix of contiguous rows: y[j] = initial[j] + Σ x[p]·matrix[p, j].</summary>
internal static unsafe class MatrixVectorLoops<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    private const int Together = 8;

    /// <summary>Each element is one chain of multiply-adds in the order of p that begins at the initial value.</summary>
    public static void Run(T* x, nint step, T* matrix, nint row, nint depth, T* y, int count, T* initial, nint initialStep)
    {
        if (initial == null)
            new Span<T>(y, count).Clear();
        else if (initialStep == 1)
        {
            if (initial != y)
                new Span<T>(initial, count).CopyTo(new Span<T>(y, count));
        }
        else
        {
            for (nint j = 0; j < count; j++)
                y[j] = initial[j * initialStep];
        }
        for (; depth >= Together; depth -= Together, x += Together * step, matrix += Together * row)
            Add<N8>(x, step, matrix, row, y, count);
        if (depth >= 4)
        {
            Add<N4>(x, step, matrix, row, y, count);
            x += 4 * step;
            matrix += 4 * row;
            depth -= 4;
        }
        for (; depth > 0; depth--, x += step, matrix += row)
            Add<N1>(x, step, matrix, row, y, count);
    }

    [MethodImpl(Compilation.Loop)]
    private static void Add<TRows>(T* x, nint step, T* matrix, nint row, T* y, int count)
        where TRows : struct, INatural
    {
        var x0 = TWidth.Broadcast(x[0]);
        var (x1, x2, x3, x4, x5, x6, x7) = (x0, x0, x0, x0, x0, x0, x0);
        if (TRows.Value > 1)
        {
            x1 = TWidth.Broadcast(x[step]);
            x2 = TWidth.Broadcast(x[2 * step]);
            x3 = TWidth.Broadcast(x[3 * step]);
        }
        if (TRows.Value > 4)
        {
            x4 = TWidth.Broadcast(x[4 * step]);
            x5 = TWidth.Broadcast(x[5 * step]);
            x6 = TWidth.Broadcast(x[6 * step]);
            x7 = TWidth.Broadcast(x[7 * step]);
        }
        var (row2, row3) = (2 * row, 3 * row);
        var low = matrix + (4 * row);
        for (; count >= TWidth.Count; count -= TWidth.Count)
        {
            var sum = TWidth.MultiplyAdd(x0, TWidth.Load(matrix), TWidth.Load(y));
            if (TRows.Value > 1)
            {
                sum = TWidth.MultiplyAdd(x1, TWidth.Load(matrix + row), sum);
                sum = TWidth.MultiplyAdd(x2, TWidth.Load(matrix + row2), sum);
                sum = TWidth.MultiplyAdd(x3, TWidth.Load(matrix + row3), sum);
            }
            if (TRows.Value > 4)
            {
                sum = TWidth.MultiplyAdd(x4, TWidth.Load(low), sum);
                sum = TWidth.MultiplyAdd(x5, TWidth.Load(low + row), sum);
                sum = TWidth.MultiplyAdd(x6, TWidth.Load(low + row2), sum);
                sum = TWidth.MultiplyAdd(x7, TWidth.Load(low + row3), sum);
            }
            TWidth.Store(sum, y);
            matrix += TWidth.Count;
            low += TWidth.Count;
            y += TWidth.Count;
        }
        if (count == 0)
            return;
        var mask = TWidth.Mask(count);
        var last = TWidth.MultiplyAdd(x0, TWidth.Load(matrix, mask, count), TWidth.Load(y, mask, count));
        if (TRows.Value > 1)
        {
            last = TWidth.MultiplyAdd(x1, TWidth.Load(matrix + row, mask, count), last);
            last = TWidth.MultiplyAdd(x2, TWidth.Load(matrix + row2, mask, count), last);
            last = TWidth.MultiplyAdd(x3, TWidth.Load(matrix + row3, mask, count), last);
        }
        if (TRows.Value > 4)
        {
            last = TWidth.MultiplyAdd(x4, TWidth.Load(low, mask, count), last);
            last = TWidth.MultiplyAdd(x5, TWidth.Load(low + row, mask, count), last);
            last = TWidth.MultiplyAdd(x6, TWidth.Load(low + row2, mask, count), last);
            last = TWidth.MultiplyAdd(x7, TWidth.Load(low + row3, mask, count), last);
        }
        TWidth.Store(last, y, count);
    }
}
