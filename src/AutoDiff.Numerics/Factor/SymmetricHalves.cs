using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>A symmetric matrix and its lower triangle, tile by tile, so that rows and columns both stay in cache.</summary>
internal static class SymmetricHalves<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Tile = 32;

    private static readonly T Half = T.CreateTruncating(0.5);

    /// <summary>The lower triangle of (A + Aᵀ)/2; nothing else is written.</summary>
    public static void Mean(MatrixPointer<T> a, MatrixPointer<T> lower, int size)
    {
        for (var row = 0; row < size; row += Tile)
        {
            for (var column = 0; column <= row; column += Tile)
                Mean(a, lower, row, Math.Min(row + Tile, size), column);
        }
    }

    /// <summary>The lower triangle shared equally with its mirror image, in place: half of each element on either side of the diagonal.</summary>
    public static void Share(MatrixPointer<T> lower, int size)
    {
        for (var row = 0; row < size; row += Tile)
        {
            for (var column = 0; column <= row; column += Tile)
                Share(lower, row, Math.Min(row + Tile, size), column);
        }
    }

    // Halves first, which cannot overflow.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Mean(MatrixPointer<T> a, MatrixPointer<T> lower, nint row, nint end, nint column)
    {
        for (var i = row; i < end; i++)
        {
            for (var j = column; j < Math.Min(column + Tile, i + 1); j++)
                lower[i, j] = (Half * a[i, j]) + (Half * a[j, i]);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Share(MatrixPointer<T> lower, nint row, nint end, nint column)
    {
        for (var i = row; i < end; i++)
        {
            for (var j = column; j < Math.Min(column + Tile, i); j++)
                lower[j, i] = lower[i, j] *= Half;
        }
    }
}
