using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Numerics;

/// <summary>y ← y + Ax for a symmetric A of which four rows at a time are read, once for both of their parts.</summary>
/// <remarks>
/// A's lower triangle is stored by rows with the 4×4 blocks on the diagonal in full, so that all work is on whole vectors. The rows and columns that fill the
/// last group of four are multiplied by zeros that the vectors must end in: what is stored there stays as it is.
/// </remarks>
internal static class RowQuad
{
    /// <summary>Rows in a group, and doubles in a vector: lengths are rounded up to a multiple of it.</summary>
    public const int Width = 4;

    /// <summary>The smallest multiple of <see cref="Width"/> that is at least <paramref name="n"/>.</summary>
    public static int Padded(int n) => (n + Width - 1) & -Width;

    /// <summary>y ← y + Ax for the leading <paramref name="n"/> rows.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Multiply(Span<double> matrix, int stride, int n, ReadOnlySpan<double> x, Span<double> y)
    {
        var padded = Padded(n);
        if (padded == 0)
            return;
        ref var px = ref MemoryMarshal.GetReference(x[..padded]);
        ref var py = ref MemoryMarshal.GetReference(y[..padded]);
        for (var first = 0; first < padded; first += Width)
        {
            ref var a0 = ref MemoryMarshal.GetReference(matrix.Slice(first * stride, (3 * stride) + first + Width));
            ref var a1 = ref Unsafe.Add(ref a0, stride);
            ref var a2 = ref Unsafe.Add(ref a0, 2 * stride);
            ref var a3 = ref Unsafe.Add(ref a0, 3 * stride);
            var (f0, f1, f2, f3) = (Spread(ref px, first), Spread(ref px, first + 1), Spread(ref px, first + 2), Spread(ref px, first + 3));
            var s0 = Vector256<double>.Zero;
            var (s1, s2, s3) = (s0, s0, s0);
            for (nuint j = 0; j < (nuint)first; j += Width)
            {
                var (r0, r1, r2, r3) = (Load(ref a0, j), Load(ref a1, j), Load(ref a2, j), Load(ref a3, j));
                var along = Load(ref px, j);
                s0 = Fma(r0, along, s0);
                s1 = Fma(r1, along, s1);
                s2 = Fma(r2, along, s2);
                s3 = Fma(r3, along, s3);
                var sum = Fma(r1, f1, Fma(r0, f0, Load(ref py, j)));
                (sum + Fma(r3, f3, r2 * f2)).StoreUnsafe(ref py, j);
            }
            var at = (nuint)first;
            var corner = Fma(Load(ref a1, at), f1, Load(ref a0, at) * f0) + Fma(Load(ref a3, at), f3, Load(ref a2, at) * f2);
            (Load(ref py, at) + (corner + Sums(s0, s1, s2, s3))).StoreUnsafe(ref py, at);
        }
    }

    /// <summary>A ← A − vwᵀ − wvᵀ and y ← y + Ax with the new A, in one pass over the leading <paramref name="n"/> rows.</summary>
    /// <remarks>As the combined products of Howell, Demmel, Fulton, Hammarling and Marmol (2008): each element is loaded once and stored once for both.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void UpdateAndMultiply(
        Span<double> matrix,
        int stride,
        int n,
        ReadOnlySpan<double> v,
        ReadOnlySpan<double> w,
        ReadOnlySpan<double> x,
        Span<double> y
    )
    {
        var padded = Padded(n);
        if (padded == 0)
            return;
        ref var pv = ref MemoryMarshal.GetReference(v[..padded]);
        ref var pw = ref MemoryMarshal.GetReference(w[..padded]);
        ref var px = ref MemoryMarshal.GetReference(x[..padded]);
        ref var py = ref MemoryMarshal.GetReference(y[..padded]);
        for (var first = 0; first < padded; first += Width)
        {
            ref var a = ref MemoryMarshal.GetReference(matrix.Slice(first * stride, (3 * stride) + first + Width));
            ref var low = ref Unsafe.Add(ref a, 2 * stride);
            var (s0, s1) = Two(ref a, stride, first, 0, ref pv, ref pw, ref px, ref py);
            var (s2, s3) = Two(ref low, stride, first, 2, ref pv, ref pw, ref px, ref py);
            var at = (nuint)first;
            var (rowV, rowW, corner) = (Load(ref pv, at), Load(ref pw, at), Vector256<double>.Zero);
            for (var k = 0; k < Width; k++)
            {
                ref var row = ref Unsafe.Add(ref a, k * stride);
                var value = Fma(Spread(ref pw, first + k), rowV, Spread(ref pv, first + k) * rowW);
                value = Load(ref row, at) - value;
                value.StoreUnsafe(ref row, at);
                corner = Fma(value, Spread(ref px, first + k), corner);
            }
            (Load(ref py, at) + (corner + Sums(s0, s1, s2, s3))).StoreUnsafe(ref py, at);
        }
    }

    /// <summary>Rows first + k and first + k + 1 of a group, columns 0 … first − 1. Two rows' factors and sums fit sixteen registers, four rows' do not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> First, Vector256<double> Second) Two(
        ref double a0,
        int stride,
        int first,
        int k,
        ref double v,
        ref double w,
        ref double x,
        ref double y
    )
    {
        ref var a1 = ref Unsafe.Add(ref a0, stride);
        var (v0, v1) = (-Spread(ref v, first + k), -Spread(ref v, first + k + 1));
        var (w0, w1) = (-Spread(ref w, first + k), -Spread(ref w, first + k + 1));
        var (x0, x1) = (Spread(ref x, first + k), Spread(ref x, first + k + 1));
        var (s0, s1) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint j = 0; j < (nuint)first; j += Width)
        {
            var (alongV, alongW) = (Load(ref v, j), Load(ref w, j));
            var r0 = Fma(w0, alongV, Fma(v0, alongW, Load(ref a0, j)));
            var r1 = Fma(w1, alongV, Fma(v1, alongW, Load(ref a1, j)));
            r0.StoreUnsafe(ref a0, j);
            r1.StoreUnsafe(ref a1, j);
            var along = Load(ref x, j);
            s0 = Fma(r0, along, s0);
            s1 = Fma(r1, along, s1);
            Fma(r1, x1, Fma(r0, x0, Load(ref y, j))).StoreUnsafe(ref y, j);
        }
        return (s0, s1);
    }

    /// <summary>The sums of each vector's elements, (x₀ + x₁) + (x₂ + x₃).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sums(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        if (!Avx.IsSupported)
            return Vector256.Create(Vector256.Sum(a), Vector256.Sum(b), Vector256.Sum(c), Vector256.Sum(d));
        var (ab, cd) = (Avx.HorizontalAdd(a, b), Avx.HorizontalAdd(c, d));
        return Avx.Permute2x128(ab, cd, 0x21) + Avx.Blend(ab, cd, 0b1100);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, nuint offset) => Vector256.LoadUnsafe(ref start, offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Spread(ref double start, int offset) => Vector256.Create(Unsafe.Add(ref start, offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Fma(Vector256<double> x, Vector256<double> y, Vector256<double> z) =>
        Vector256.FusedMultiplyAdd(x, y, z);
}
