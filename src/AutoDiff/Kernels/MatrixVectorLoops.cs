using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>Products of a vector and a matrix: y[j] = initial[j] + Σ x[p]·matrix[p, j].</summary>
internal static unsafe class MatrixVectorLoops<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    private const int Together = 8;

    /// <summary>By the matrix's rows, whose elements lie side by side: each element is one chain of multiply-adds in the order of p that begins at the initial value.</summary>
    public static void ByRows(T* x, nint step, T* matrix, nint row, nint depth, T* y, int count, T* initial, nint initialStep)
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

    /// <summary>By the matrix's columns, whose elements lie side by side, and the vector's too: each sum runs through four vectors in turn.</summary>
    public static void ByColumns(T* x, T* matrix, nint column, nint depth, T* y, nint yStep, int count, T* initial, nint initialStep)
    {
        for (; count >= 2; count -= 2)
        {
            Sum<N2>(x, matrix, column, depth, y, yStep, initial, initialStep);
            matrix += 2 * column;
            y += 2 * yStep;
            initial += 2 * initialStep;
        }
        if (count > 0)
            Sum<N1>(x, matrix, column, depth, y, yStep, initial, initialStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<TColumns>(T* x, T* matrix, nint column, nint depth, T* y, nint yStep, T* initial, nint initialStep)
        where TColumns : struct, INatural
    {
        nint width = TWidth.Count;
        var other = matrix + (TColumns.Value > 1 ? column : 0);
        var (a0, a1, a2, a3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (b0, b1, b2, b3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        for (; depth >= 4 * width; depth -= 4 * width)
        {
            var (x0, x1, x2, x3) = (TWidth.Load(x), TWidth.Load(x + width), TWidth.Load(x + (2 * width)), TWidth.Load(x + (3 * width)));
            a0 = TWidth.MultiplyAdd(x0, TWidth.Load(matrix), a0);
            a1 = TWidth.MultiplyAdd(x1, TWidth.Load(matrix + width), a1);
            a2 = TWidth.MultiplyAdd(x2, TWidth.Load(matrix + (2 * width)), a2);
            a3 = TWidth.MultiplyAdd(x3, TWidth.Load(matrix + (3 * width)), a3);
            if (TColumns.Value > 1)
            {
                b0 = TWidth.MultiplyAdd(x0, TWidth.Load(other), b0);
                b1 = TWidth.MultiplyAdd(x1, TWidth.Load(other + width), b1);
                b2 = TWidth.MultiplyAdd(x2, TWidth.Load(other + (2 * width)), b2);
                b3 = TWidth.MultiplyAdd(x3, TWidth.Load(other + (3 * width)), b3);
            }
            x += 4 * width;
            matrix += 4 * width;
            other += 4 * width;
        }
        for (; depth >= width; depth -= width)
        {
            var x0 = TWidth.Load(x);
            a0 = TWidth.MultiplyAdd(x0, TWidth.Load(matrix), a0);
            if (TColumns.Value > 1)
                b0 = TWidth.MultiplyAdd(x0, TWidth.Load(other), b0);
            x += width;
            matrix += width;
            other += width;
        }
        if (depth > 0)
        {
            var (mask, rest) = (TWidth.Mask((int)depth), (int)depth);
            var x1 = TWidth.Load(x, mask, rest);
            a1 = TWidth.MultiplyAdd(x1, TWidth.Load(matrix, mask, rest), a1);
            if (TColumns.Value > 1)
                b1 = TWidth.MultiplyAdd(x1, TWidth.Load(other, mask, rest), b1);
        }
        var a = TWidth.Sum(TWidth.Add(TWidth.Add(a0, a1), TWidth.Add(a2, a3)));
        y[0] = initial == null ? a : initial[0] + a;
        if (TColumns.Value > 1)
        {
            var b = TWidth.Sum(TWidth.Add(TWidth.Add(b0, b1), TWidth.Add(b2, b3)));
            y[yStep] = initial == null ? b : initial[initialStep] + b;
        }
    }
}
