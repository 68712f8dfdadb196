using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>Copies of matrices in the order in which the tiles read them.</summary>
internal static unsafe class MatrixPacking<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    // The columns that are transposed at once: as many as a vector of 128 bits has elements.
    private static int Side => Vector128<T>.Count;

    /// <summary>Copies a panel of columns so that its rows of <paramref name="width"/> elements follow each other; the columns beyond <paramref name="columns"/> are zero.</summary>
    /// <remarks>Less than a vector may be written after the panel's end.</remarks>
    public static void Panel(T* from, nint row, nint column, nint depth, int columns, int width, T* to)
    {
        if (column == 1)
            Rows(from, row, depth, columns, width, to);
        else
            Columns(from, row, column, depth, columns, width, to);
    }

    [MethodImpl(Compilation.Loop)]
    private static void Rows(T* from, nint row, nint depth, int columns, int width, T* to)
    {
        var (whole, rest) = (columns / TWidth.Count * TWidth.Count, columns % TWidth.Count);
        var mask = TWidth.Mask(rest);
        for (; depth > 0; depth--, from += row, to += width)
        {
            for (var j = 0; j < whole; j += TWidth.Count)
                TWidth.Store(TWidth.Load(from + j), to + j);
            // The zeros beyond the row's end are overwritten by the next row.
            if (rest > 0)
                TWidth.Store(TWidth.Load(from + whole, mask, rest), to + whole);
        }
    }

    [MethodImpl(Compilation.Loop)]
    private static void Columns(T* from, nint row, nint column, nint depth, int columns, int width, T* to)
    {
        var j = 0;
        for (; row == 1 && j + Side <= columns; j += Side)
            Transposed(from + (j * column), column, depth, to + j, width);
        for (; j < columns; j++)
        {
            var x = from + (j * column);
            var y = to + j;
            for (nint p = 0; p < depth; p++, x += row, y += width)
                *y = *x;
        }
        for (nint p = 0; columns < width && p < depth; p++, to += width)
            new Span<T>(to + columns, width - columns).Clear();
    }

    [MethodImpl(Compilation.Loop)]
    private static void Transposed(T* from, nint column, nint depth, T* to, int width)
    {
        nint p = 0;
        if (typeof(T) == typeof(double))
        {
            for (; p + 2 <= depth; p += 2, to += 2 * width)
            {
                var x = Vector128.Load((double*)(from + p));
                var y = Vector128.Load((double*)(from + column + p));
                Low(x, y).Store((double*)to);
                High(x, y).Store((double*)(to + width));
            }
        }
        else if (Sse.IsSupported)
        {
            for (; p + 4 <= depth; p += 4, to += 4 * width)
            {
                var x = Vector128.Load((float*)(from + p));
                var y = Vector128.Load((float*)(from + column + p));
                var z = Vector128.Load((float*)(from + (2 * column) + p));
                var w = Vector128.Load((float*)(from + (3 * column) + p));
                var (xy, zw) = (Sse.UnpackLow(x, y).AsDouble(), Sse.UnpackLow(z, w).AsDouble());
                Low(xy, zw).Store((double*)to);
                High(xy, zw).Store((double*)(to + width));
                (xy, zw) = (Sse.UnpackHigh(x, y).AsDouble(), Sse.UnpackHigh(z, w).AsDouble());
                Low(xy, zw).Store((double*)(to + (2 * width)));
                High(xy, zw).Store((double*)(to + (3 * width)));
            }
        }
        for (; p < depth; p++, to += width)
        {
            for (var j = 0; j < Side; j++)
                to[j] = from[(j * column) + p];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> Low(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackLow(x, y) : Vector128.Create(x.GetLower(), y.GetLower());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<double> High(Vector128<double> x, Vector128<double> y) =>
        Sse2.IsSupported ? Sse2.UnpackHigh(x, y) : Vector128.Create(x.GetUpper(), y.GetUpper());
}
