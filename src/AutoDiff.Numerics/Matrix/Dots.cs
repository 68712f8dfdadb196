using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Products of a contiguous vector and a matrix of contiguous columns: y[j] = initial[j] + Σ x[p]·matrix[p, j].</summary>
/// <remarks>
/// A sum's terms are dealt out to lanes, 1024 bits of them or, for a column that is alone, 2048, whose halves are then added to each other until one is left:
/// vectors of 512 bits and of 256 hold the same lanes and give the same bits. More than a block is the sum of its halves.
/// </remarks>
internal static unsafe class Dots<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // At most 256 multiply-adds a lane.
    private const int Block = 4096;

    /// <summary>All columns; <paramref name="alone"/> says that the whole product has one.</summary>
    public static void ByColumns(
        T* x,
        T* matrix,
        nint column,
        int depth,
        T* y,
        nint yStep,
        int count,
        bool alone,
        T* initial,
        nint initialStep
    )
    {
        if (Vector512.IsHardwareAccelerated && depth >= 2 * Vector512<T>.Count)
            ByColumns<Vector512<T>, Width512<T>>(x, matrix, column, depth, y, yStep, count, alone, initial, initialStep);
        else
            ByColumns<Vector256<T>, Width256<T>>(x, matrix, column, depth, y, yStep, count, alone, initial, initialStep);
    }

    /// <summary>The same on vectors of 256 or 512 bits.</summary>
    public static void ByColumns<TVector, TWidth>(
        T* x,
        T* matrix,
        nint column,
        int depth,
        T* y,
        nint yStep,
        int count,
        bool alone,
        T* initial,
        nint initialStep
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var wide = TWidth.Count > Vector256<T>.Count;
        for (int done; count > 0; count -= done)
        {
            done = Math.Min(count, wide && count >= 4 ? 4 : 2);
            switch (wide, alone ? 0 : done)
            {
                case (true, 0):
                    Sums<TVector, TWidth, N0, N4>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                case (true, 1):
                    Sums<TVector, TWidth, N1, N2>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                case (true, 2):
                    Sums<TVector, TWidth, N2, N2>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                case (true, _):
                    Sums<TVector, TWidth, N4, N2>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                case (false, 0):
                    Sums<TVector, TWidth, N0, N8>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                case (false, 1):
                    Sums<TVector, TWidth, N1, N4>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
                default:
                    Sums<TVector, TWidth, N2, N4>(x, matrix, column, depth, y, yStep, initial, initialStep);
                    break;
            }
            matrix += done * column;
            y += done * yStep;
            initial += done * initialStep;
        }
    }

    /// <summary>The sums of some columns, none standing for one that is alone, each in so many vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sums<TVector, TWidth, TColumns, TVectors>(
        T* x,
        T* matrix,
        nint column,
        int depth,
        T* y,
        nint yStep,
        T* initial,
        nint initialStep
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
        where TColumns : struct, INatural
        where TVectors : struct, INatural
    {
        if (depth > Block)
            InHalves<TVector, TWidth, TColumns, TVectors>(x, matrix, column, depth, y, yStep, initial, initialStep);
        else if (TColumns.Value == 0)
            Alone<TVector, TWidth, TVectors>(x, matrix, depth, y, initial);
        else
            Together<TVector, TWidth, TColumns, TVectors>(x, matrix, column, depth, y, yStep, initial, initialStep);
    }

    private static void InHalves<TVector, TWidth, TColumns, TVectors>(
        T* x,
        T* matrix,
        nint column,
        int depth,
        T* y,
        nint yStep,
        T* initial,
        nint initialStep
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
        where TColumns : struct, INatural
        where TVectors : struct, INatural
    {
        var half = Halves.First(depth, Block);
        Sums<TVector, TWidth, TColumns, TVectors>(x, matrix, column, half, y, yStep, initial, initialStep);
        var others = stackalloc T[4];
        Sums<TVector, TWidth, TColumns, TVectors>(x + half, matrix + half, column, depth - half, others, 1, null, 0);
        for (var i = 0; i < Math.Max(1, TColumns.Value); i++)
            y[i * yStep] += others[i];
    }

    [MethodImpl(Compilation.Loop)]
    private static void Alone<TVector, TWidth, TVectors>(T* x, T* a, nint depth, T* y, T* initial)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
        where TVectors : struct, INatural
    {
        nint width = TWidth.Count;
        var (s0, s1, s2, s3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (s4, s5, s6, s7) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        for (; depth >= TVectors.Value * width; depth -= TVectors.Value * width)
        {
            s0 = TWidth.MultiplyAdd(TWidth.Load(x), TWidth.Load(a), s0);
            s1 = TWidth.MultiplyAdd(TWidth.Load(x + width), TWidth.Load(a + width), s1);
            s2 = TWidth.MultiplyAdd(TWidth.Load(x + (2 * width)), TWidth.Load(a + (2 * width)), s2);
            s3 = TWidth.MultiplyAdd(TWidth.Load(x + (3 * width)), TWidth.Load(a + (3 * width)), s3);
            if (TVectors.Value > 4)
            {
                s4 = TWidth.MultiplyAdd(TWidth.Load(x + (4 * width)), TWidth.Load(a + (4 * width)), s4);
                s5 = TWidth.MultiplyAdd(TWidth.Load(x + (5 * width)), TWidth.Load(a + (5 * width)), s5);
                s6 = TWidth.MultiplyAdd(TWidth.Load(x + (6 * width)), TWidth.Load(a + (6 * width)), s6);
                s7 = TWidth.MultiplyAdd(TWidth.Load(x + (7 * width)), TWidth.Load(a + (7 * width)), s7);
            }
            x += TVectors.Value * width;
            a += TVectors.Value * width;
        }
        var sum =
            TVectors.Value > 4
                ? Finish<TVector, TWidth>(x, a, depth, s0, s1, s2, s3, s4, s5, s6, s7)
                : Finish<TVector, TWidth, TVectors>(x, a, depth, s0, s1, s2, s3);
        Put(sum, y, initial);
    }

    [MethodImpl(Compilation.Loop)]
    private static void Together<TVector, TWidth, TColumns, TVectors>(
        T* x,
        T* a,
        nint column,
        nint depth,
        T* y,
        nint yStep,
        T* initial,
        nint initialStep
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
        where TColumns : struct, INatural
        where TVectors : struct, INatural
    {
        nint width = TWidth.Count;
        T* b = TColumns.Value > 1 ? a + column : a,
            c = TColumns.Value > 2 ? b + column : a,
            d = TColumns.Value > 2 ? c + column : a;
        var (a0, a1, a2, a3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (b0, b1, b2, b3) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        var (c0, c1, d0, d1) = (TWidth.Zero, TWidth.Zero, TWidth.Zero, TWidth.Zero);
        for (; depth >= TVectors.Value * width; depth -= TVectors.Value * width)
        {
            var (x0, x1) = (TWidth.Load(x), TWidth.Load(x + width));
            a0 = TWidth.MultiplyAdd(x0, TWidth.Load(a), a0);
            a1 = TWidth.MultiplyAdd(x1, TWidth.Load(a + width), a1);
            if (TColumns.Value > 1)
            {
                b0 = TWidth.MultiplyAdd(x0, TWidth.Load(b), b0);
                b1 = TWidth.MultiplyAdd(x1, TWidth.Load(b + width), b1);
            }
            if (TColumns.Value > 2)
            {
                c0 = TWidth.MultiplyAdd(x0, TWidth.Load(c), c0);
                c1 = TWidth.MultiplyAdd(x1, TWidth.Load(c + width), c1);
                d0 = TWidth.MultiplyAdd(x0, TWidth.Load(d), d0);
                d1 = TWidth.MultiplyAdd(x1, TWidth.Load(d + width), d1);
            }
            if (TVectors.Value > 2)
            {
                var (x2, x3) = (TWidth.Load(x + (2 * width)), TWidth.Load(x + (3 * width)));
                a2 = TWidth.MultiplyAdd(x2, TWidth.Load(a + (2 * width)), a2);
                a3 = TWidth.MultiplyAdd(x3, TWidth.Load(a + (3 * width)), a3);
                if (TColumns.Value > 1)
                {
                    b2 = TWidth.MultiplyAdd(x2, TWidth.Load(b + (2 * width)), b2);
                    b3 = TWidth.MultiplyAdd(x3, TWidth.Load(b + (3 * width)), b3);
                }
            }
            x += TVectors.Value * width;
            a += TVectors.Value * width;
            if (TColumns.Value > 1)
                b += TVectors.Value * width;
            if (TColumns.Value > 2)
            {
                c += TVectors.Value * width;
                d += TVectors.Value * width;
            }
        }
        Put(Finish<TVector, TWidth, TVectors>(x, a, depth, a0, a1, a2, a3), y, initial);
        if (TColumns.Value > 1)
            Put(Finish<TVector, TWidth, TVectors>(x, b, depth, b0, b1, b2, b3), y += yStep, initial += initialStep);
        if (TColumns.Value > 2)
        {
            Put(Finish<TVector, TWidth, TVectors>(x, c, depth, c0, c1, a2, a3), y += yStep, initial += initialStep);
            Put(Finish<TVector, TWidth, TVectors>(x, d, depth, d0, d1, a2, a3), y += yStep, initial += initialStep);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(T sum, T* y, T* initial) => *y = initial == null ? sum : *initial + sum;

    /// <summary>Adds the last terms to the first lanes, then the lanes to each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Finish<TVector, TWidth, TVectors>(T* x, T* a, nint rest, TVector s0, TVector s1, TVector s2, TVector s3)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
        where TVectors : struct, INatural
    {
        nint width = TWidth.Count;
        if (rest > 0)
        {
            s0 = Last<TVector, TWidth>(x, a, rest, s0);
            if (rest > width)
                s1 = Last<TVector, TWidth>(x + width, a + width, rest - width, s1);
            if (TVectors.Value > 2 && rest > 2 * width)
                s2 = Last<TVector, TWidth>(x + (2 * width), a + (2 * width), rest - (2 * width), s2);
            if (TVectors.Value > 2 && rest > 3 * width)
                s3 = Last<TVector, TWidth>(x + (3 * width), a + (3 * width), rest - (3 * width), s3);
        }
        if (TVectors.Value > 2)
            (s0, s1) = (TWidth.Add(s0, s2), TWidth.Add(s1, s3));
        return TWidth.Sum(TWidth.Add(s0, s1));
    }

    /// <summary>The same for eight vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Finish<TVector, TWidth>(
        T* x,
        T* a,
        nint rest,
        TVector s0,
        TVector s1,
        TVector s2,
        TVector s3,
        TVector s4,
        TVector s5,
        TVector s6,
        TVector s7
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        nint width = TWidth.Count;
        if (rest > 4 * width)
        {
            var (y, b, more) = ((nint)(x + (4 * width)), (nint)(a + (4 * width)), rest - (4 * width));
            s4 = Last<TVector, TWidth>((T*)y, (T*)b, more, s4);
            s5 = Last<TVector, TWidth>((T*)y + width, (T*)b + width, more - width, s5);
            s6 = Last<TVector, TWidth>((T*)y + (2 * width), (T*)b + (2 * width), more - (2 * width), s6);
            s7 = Last<TVector, TWidth>((T*)y + (3 * width), (T*)b + (3 * width), more - (3 * width), s7);
        }
        if (rest > 0)
        {
            s0 = Last<TVector, TWidth>(x, a, rest, s0);
            s1 = Last<TVector, TWidth>(x + width, a + width, rest - width, s1);
        }
        if (rest > 2 * width)
        {
            s2 = Last<TVector, TWidth>(x + (2 * width), a + (2 * width), rest - (2 * width), s2);
            s3 = Last<TVector, TWidth>(x + (3 * width), a + (3 * width), rest - (3 * width), s3);
        }
        (s0, s1, s2, s3) = (TWidth.Add(s0, s4), TWidth.Add(s1, s5), TWidth.Add(s2, s6), TWidth.Add(s3, s7));
        return TWidth.Sum(TWidth.Add(TWidth.Add(s0, s2), TWidth.Add(s1, s3)));
    }

    /// <summary>A vector's terms of which only the first <paramref name="rest"/> exist, or all; zeros stand for the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Last<TVector, TWidth>(T* x, T* a, nint rest, TVector sum)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        if (rest >= TWidth.Count)
            return TWidth.MultiplyAdd(TWidth.Load(x), TWidth.Load(a), sum);
        var count = (int)Math.Max(rest, 0);
        var mask = TWidth.Mask(count);
        return TWidth.MultiplyAdd(TWidth.Load(x, mask, count), TWidth.Load(a, mask, count), sum);
    }
}
