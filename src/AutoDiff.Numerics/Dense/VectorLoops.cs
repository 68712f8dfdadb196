using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Loops over vectors [n] of doubles, on registers of 256 bits on every machine, in an order that depends on the length alone: equal inputs give equal bits.</summary>
public static class VectorLoops
{
    private const int LongestChain = 256;

    // Sixteen chains side by side.
    private const int Block = 16 * LongestChain;

    /// <summary>xᵀy, of more than a block the sum of its halves: its rounding grows with the logarithm of their number.</summary>
    /// <exception cref="ArgumentException">y is shorter than x; so for every loop over several vectors here.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length > Block)
        {
            var half = Halves.First(x.Length, Block);
            return Dot(x[..half], y[..half]) + Dot(x[half..], y[half..]);
        }
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector256<double>.Count;
        Vector256<double> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        var i = 0;
        for (; i <= x.Length - (4 * width); i += 4 * width)
        {
            s0 = Vector256.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), s0);
            s1 = Vector256.FusedMultiplyAdd(Load(ref a, i + width), Load(ref b, i + width), s1);
            s2 = Vector256.FusedMultiplyAdd(Load(ref a, i + (2 * width)), Load(ref b, i + (2 * width)), s2);
            s3 = Vector256.FusedMultiplyAdd(Load(ref a, i + (3 * width)), Load(ref b, i + (3 * width)), s3);
        }
        for (; i <= x.Length - width; i += width)
            s0 = Vector256.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), s0);
        var sum = Width256<double>.Sum(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y ← y + s·x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddScaled(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector256<double>.Count;
        var factor = Vector256.Create(s);
        var i = 0;
        for (; i <= x.Length - width; i += width)
            Store(Vector256.FusedMultiplyAdd(factor, Load(ref a, i), Load(ref b, i)), ref b, i);
        for (; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(s, x[i], y[i]);
    }

    /// <summary>y ← y + s·x + t·z.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void AddScaled(double s, ReadOnlySpan<double> x, double t, ReadOnlySpan<double> z, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(z[..x.Length]);
        ref var c = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector256<double>.Count;
        var (first, second) = (Vector256.Create(s), Vector256.Create(t));
        var i = 0;
        for (; i <= x.Length - width; i += width)
            Store(
                Vector256.FusedMultiplyAdd(second, Load(ref b, i), Vector256.FusedMultiplyAdd(first, Load(ref a, i), Load(ref c, i))),
                ref c,
                i
            );
        for (; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(t, z[i], Math.FusedMultiplyAdd(s, x[i], y[i]));
    }

    /// <summary>yᵢ ← yᵢ·xᵢ/(zᵢ − s).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void MultiplyByRatio(ReadOnlySpan<double> x, ReadOnlySpan<double> z, double s, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x[..y.Length]);
        ref var b = ref MemoryMarshal.GetReference(z[..y.Length]);
        ref var c = ref MemoryMarshal.GetReference(y);
        var width = Vector256<double>.Count;
        var shift = Vector256.Create(s);
        var i = 0;
        for (; i <= y.Length - width; i += width)
            Store(Load(ref c, i) * (Load(ref a, i) / (Load(ref b, i) - shift)), ref c, i);
        for (; i < y.Length; i++)
            y[i] *= x[i] / (z[i] - s);
    }

    /// <summary>x ← s·x.</summary>
    public static void Scale(double s, Span<double> x)
    {
        for (var i = 0; i < x.Length; i++)
            x[i] *= s;
    }

    /// <summary>‖x‖₂, free of overflow and underflow; NaN and ∞ pass through.</summary>
    public static double Norm(ReadOnlySpan<double> x)
    {
        var square = Dot(x, x);
        if (square is > 1e-280 and < 1e280)
            return Math.Sqrt(square);
        var largest = Largest(x);
        if (largest == 0 || !double.IsFinite(largest))
            return largest;
        return largest * Math.Sqrt(ScaledSquares(x, largest));
    }

    private static double ScaledSquares(ReadOnlySpan<double> x, double scale)
    {
        if (x.Length > LongestChain)
        {
            var half = Halves.First(x.Length, LongestChain);
            return ScaledSquares(x[..half], scale) + ScaledSquares(x[half..], scale);
        }
        var sum = 0.0;
        foreach (var value in x)
            sum += value / scale * (value / scale);
        return sum;
    }

    /// <summary>max |xᵢ|; 0 for none, NaN where one is NaN.</summary>
    public static double Largest(ReadOnlySpan<double> x)
    {
        var largest = 0.0;
        foreach (var value in x)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int offset) => Vector256.LoadUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<double> value, ref double start, int offset) => value.StoreUnsafe(ref start, (nuint)offset);
}
