using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Products of a vector with a few long rows, four rows a pass.</summary>
internal static class RowSums
{
    /// <summary>products[k] = row k · x for rows that start <paramref name="stride"/> elements apart.</summary>
    public static void Dots(ReadOnlySpan<double> rows, int stride, ReadOnlySpan<double> x, Span<double> products)
    {
        var k = 0;
        for (; k + 4 <= products.Length; k += 4)
            FourDots(rows[(k * stride)..], stride, x, products.Slice(k, 4));
        for (; k < products.Length; k++)
            products[k] = VectorLoops.Dot(x, rows.Slice(k * stride, x.Length));
    }

    /// <summary>y ← y + Σ factors[k] · row k.</summary>
    public static void Add(ReadOnlySpan<double> factors, ReadOnlySpan<double> rows, int stride, Span<double> y)
    {
        var k = 0;
        for (; k + 4 <= factors.Length; k += 4)
            AddFour(factors.Slice(k, 4), rows[(k * stride)..], stride, y);
        for (; k < factors.Length; k++)
            VectorLoops.AddScaled(factors[k], rows.Slice(k * stride, y.Length), y);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void FourDots(ReadOnlySpan<double> rows, int stride, ReadOnlySpan<double> x, Span<double> products)
    {
        ref var a0 = ref MemoryMarshal.GetReference(rows[..((3 * stride) + x.Length)]);
        ref var a1 = ref Unsafe.Add(ref a0, stride);
        ref var a2 = ref Unsafe.Add(ref a0, 2 * stride);
        ref var a3 = ref Unsafe.Add(ref a0, 3 * stride);
        ref var px = ref MemoryMarshal.GetReference(x);
        var s0 = Vector256<double>.Zero;
        var (s1, s2, s3) = (s0, s0, s0);
        nuint j = 0,
            count = (nuint)x.Length;
        for (; j + 4 <= count; j += 4)
        {
            var along = Vector256.LoadUnsafe(ref px, j);
            s0 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a0, j), along, s0);
            s1 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a1, j), along, s1);
            s2 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a2, j), along, s2);
            s3 = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a3, j), along, s3);
        }
        (products[0], products[1], products[2], products[3]) = (Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));
        for (; j < count; j++)
        {
            for (var k = 0; k < 4; k++)
                products[k] += rows[(k * stride) + (int)j] * x[(int)j];
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddFour(ReadOnlySpan<double> factors, ReadOnlySpan<double> rows, int stride, Span<double> y)
    {
        ref var a0 = ref MemoryMarshal.GetReference(rows[..((3 * stride) + y.Length)]);
        ref var a1 = ref Unsafe.Add(ref a0, stride);
        ref var a2 = ref Unsafe.Add(ref a0, 2 * stride);
        ref var a3 = ref Unsafe.Add(ref a0, 3 * stride);
        ref var py = ref MemoryMarshal.GetReference(y);
        var (f0, f1, f2, f3) = (
            Vector256.Create(factors[0]),
            Vector256.Create(factors[1]),
            Vector256.Create(factors[2]),
            Vector256.Create(factors[3])
        );
        nuint j = 0,
            count = (nuint)y.Length;
        for (; j + 4 <= count; j += 4)
        {
            var first = Vector256.FusedMultiplyAdd(
                Vector256.LoadUnsafe(ref a1, j),
                f1,
                Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a0, j), f0, Vector256.LoadUnsafe(ref py, j))
            );
            var second = Vector256.FusedMultiplyAdd(Vector256.LoadUnsafe(ref a3, j), f3, Vector256.LoadUnsafe(ref a2, j) * f2);
            (first + second).StoreUnsafe(ref py, j);
        }
        for (; j < count; j++)
        {
            for (var k = 0; k < 4; k++)
                y[(int)j] += factors[k] * rows[(k * stride) + (int)j];
        }
    }
}
