using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The vector loops the dense kernels share, in an order that depends on the length alone, so that equal inputs give equal bits.</summary>
internal static class VectorLoops
{
    /// <summary>xᵀy.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector<double>.Count;
        Vector<double> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        var i = 0;
        for (; i <= x.Length - (4 * width); i += 4 * width)
        {
            s0 = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), s0);
            s1 = Vector.FusedMultiplyAdd(Load(ref a, i + width), Load(ref b, i + width), s1);
            s2 = Vector.FusedMultiplyAdd(Load(ref a, i + (2 * width)), Load(ref b, i + (2 * width)), s2);
            s3 = Vector.FusedMultiplyAdd(Load(ref a, i + (3 * width)), Load(ref b, i + (3 * width)), s3);
        }
        for (; i <= x.Length - width; i += width)
            s0 = Vector.FusedMultiplyAdd(Load(ref a, i), Load(ref b, i), s0);
        var sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++)
            sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y ← y + s·x.</summary>
    public static void AddScaled(double s, ReadOnlySpan<double> x, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector<double>.Count;
        var factor = new Vector<double>(s);
        var i = 0;
        for (; i <= x.Length - width; i += width)
            Store(Vector.FusedMultiplyAdd(factor, Load(ref a, i), Load(ref b, i)), ref b, i);
        for (; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(s, x[i], y[i]);
    }

    /// <summary>y ← y + s·x + t·z.</summary>
    public static void AddScaled(double s, ReadOnlySpan<double> x, double t, ReadOnlySpan<double> z, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(z[..x.Length]);
        ref var c = ref MemoryMarshal.GetReference(y[..x.Length]);
        var width = Vector<double>.Count;
        var (first, second) = (new Vector<double>(s), new Vector<double>(t));
        var i = 0;
        for (; i <= x.Length - width; i += width)
            Store(
                Vector.FusedMultiplyAdd(second, Load(ref b, i), Vector.FusedMultiplyAdd(first, Load(ref a, i), Load(ref c, i))),
                ref c,
                i
            );
        for (; i < x.Length; i++)
            y[i] = Math.FusedMultiplyAdd(t, z[i], Math.FusedMultiplyAdd(s, x[i], y[i]));
    }

    /// <summary>yᵢ ← yᵢ·xᵢ/(zᵢ − s).</summary>
    public static void MultiplyByRatio(ReadOnlySpan<double> x, ReadOnlySpan<double> z, double s, Span<double> y)
    {
        ref var a = ref MemoryMarshal.GetReference(x[..y.Length]);
        ref var b = ref MemoryMarshal.GetReference(z[..y.Length]);
        ref var c = ref MemoryMarshal.GetReference(y);
        var width = Vector<double>.Count;
        var shift = new Vector<double>(s);
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
        var sum = 0.0;
        foreach (var value in x)
            sum += value / largest * (value / largest);
        return largest * Math.Sqrt(sum);
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
    public static Vector<double> Load(ref double start, int offset) => Vector.LoadUnsafe(ref start, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector<double> value, ref double start, int offset) => value.StoreUnsafe(ref start, (nuint)offset);
}
