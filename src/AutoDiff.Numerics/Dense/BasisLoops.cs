using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Loops over a stretch of many vectors and of one more, on registers of 256 bits on every machine: equal inputs give equal bits.</summary>
/// <remarks>Four vectors are read beside each other, so that the one more is read once for four; a stretch that fits the first-level cache stays there.</remarks>
public static class BasisLoops
{
    private const int Together = 4;

    /// <summary>sumsᵢ ← sumsᵢ + Σₚ vᵢ[start + p]·w[p] for each of the vectors.</summary>
    /// <exception cref="ArgumentException">A vector ends before the stretch, or there are fewer sums than vectors.</exception>
    public static void AddDots(ReadOnlySpan<double[]> vectors, int start, ReadOnlySpan<double> w, Span<double> sums)
    {
        Require.That(
            sums.Length >= vectors.Length,
            $"[BasisLoops.AddDots] got {sums.Length} sums of {vectors.Length} vectors; expected as many"
        );
        for (var i = 0; i < vectors.Length; i += Together)
        {
            // What is missing of four is the last one again, whose sum is not read.
            var last = vectors.Length - 1;
            var (s0, s1, s2, s3) = Dots(
                vectors[i].AsSpan(start, w.Length),
                vectors[Math.Min(i + 1, last)].AsSpan(start, w.Length),
                vectors[Math.Min(i + 2, last)].AsSpan(start, w.Length),
                vectors[Math.Min(i + 3, last)].AsSpan(start, w.Length),
                w
            );
            sums[i] += s0;
            if (i + 1 <= last)
                sums[i + 1] += s1;
            if (i + 2 <= last)
                sums[i + 2] += s2;
            if (i + 3 <= last)
                sums[i + 3] += s3;
        }
    }

    /// <summary>w[p] ← w[p] − Σᵢ cᵢ·vᵢ[start + p].</summary>
    /// <exception cref="ArgumentException">A vector ends before the stretch, or there are fewer coefficients than vectors.</exception>
    public static void Subtract(ReadOnlySpan<double[]> vectors, int start, ReadOnlySpan<double> coefficients, Span<double> w)
    {
        Require.That(
            coefficients.Length >= vectors.Length,
            $"[BasisLoops.Subtract] got {coefficients.Length} coefficients of {vectors.Length} vectors; expected as many"
        );
        var i = 0;
        for (; i <= vectors.Length - Together; i += Together)
            Subtract(
                vectors[i].AsSpan(start, w.Length),
                vectors[i + 1].AsSpan(start, w.Length),
                vectors[i + 2].AsSpan(start, w.Length),
                vectors[i + 3].AsSpan(start, w.Length),
                coefficients.Slice(i, Together),
                w
            );
        for (; i < vectors.Length; i++)
            VectorLoops.AddScaled(-coefficients[i], vectors[i].AsSpan(start, w.Length), w);
    }

    [MethodImpl(Compilation.Loop)]
    private static (double, double, double, double) Dots(
        ReadOnlySpan<double> x0,
        ReadOnlySpan<double> x1,
        ReadOnlySpan<double> x2,
        ReadOnlySpan<double> x3,
        ReadOnlySpan<double> w
    )
    {
        ref var a = ref MemoryMarshal.GetReference(x0);
        ref var b = ref MemoryMarshal.GetReference(x1);
        ref var c = ref MemoryMarshal.GetReference(x2);
        ref var d = ref MemoryMarshal.GetReference(x3);
        ref var y = ref MemoryMarshal.GetReference(w);
        Vector256<double> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default,
            t0 = default,
            t1 = default,
            t2 = default,
            t3 = default;
        var width = Vector256<double>.Count;
        var i = 0;
        for (; i <= w.Length - (2 * width); i += 2 * width)
        {
            var (u, v) = (Load(ref y, i), Load(ref y, i + width));
            s0 = Vector256.FusedMultiplyAdd(Load(ref a, i), u, s0);
            s1 = Vector256.FusedMultiplyAdd(Load(ref b, i), u, s1);
            s2 = Vector256.FusedMultiplyAdd(Load(ref c, i), u, s2);
            s3 = Vector256.FusedMultiplyAdd(Load(ref d, i), u, s3);
            t0 = Vector256.FusedMultiplyAdd(Load(ref a, i + width), v, t0);
            t1 = Vector256.FusedMultiplyAdd(Load(ref b, i + width), v, t1);
            t2 = Vector256.FusedMultiplyAdd(Load(ref c, i + width), v, t2);
            t3 = Vector256.FusedMultiplyAdd(Load(ref d, i + width), v, t3);
        }
        var (r0, r1, r2, r3) = (
            Width256<double>.Sum(s0 + t0),
            Width256<double>.Sum(s1 + t1),
            Width256<double>.Sum(s2 + t2),
            Width256<double>.Sum(s3 + t3)
        );
        for (; i < w.Length; i++)
        {
            r0 += x0[i] * w[i];
            r1 += x1[i] * w[i];
            r2 += x2[i] * w[i];
            r3 += x3[i] * w[i];
        }
        return (r0, r1, r2, r3);
    }

    [MethodImpl(Compilation.Loop)]
    private static void Subtract(
        ReadOnlySpan<double> x0,
        ReadOnlySpan<double> x1,
        ReadOnlySpan<double> x2,
        ReadOnlySpan<double> x3,
        ReadOnlySpan<double> factors,
        Span<double> w
    )
    {
        ref var a = ref MemoryMarshal.GetReference(x0);
        ref var b = ref MemoryMarshal.GetReference(x1);
        ref var c = ref MemoryMarshal.GetReference(x2);
        ref var d = ref MemoryMarshal.GetReference(x3);
        ref var y = ref MemoryMarshal.GetReference(w);
        var (f0, f1, f2, f3) = (-factors[0], -factors[1], -factors[2], -factors[3]);
        var (v0, v1, v2, v3) = (Vector256.Create(f0), Vector256.Create(f1), Vector256.Create(f2), Vector256.Create(f3));
        var i = 0;
        for (; i <= w.Length - Vector256<double>.Count; i += Vector256<double>.Count)
        {
            var sum = Vector256.FusedMultiplyAdd(v0, Load(ref a, i), Load(ref y, i));
            sum = Vector256.FusedMultiplyAdd(v1, Load(ref b, i), sum);
            sum = Vector256.FusedMultiplyAdd(v2, Load(ref c, i), sum);
            sum = Vector256.FusedMultiplyAdd(v3, Load(ref d, i), sum);
            sum.StoreUnsafe(ref y, (nuint)i);
        }
        for (; i < w.Length; i++)
        {
            var sum = Math.FusedMultiplyAdd(f0, x0[i], w[i]);
            sum = Math.FusedMultiplyAdd(f1, x1[i], sum);
            sum = Math.FusedMultiplyAdd(f2, x2[i], sum);
            w[i] = Math.FusedMultiplyAdd(f3, x3[i], sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int offset) => Vector256.LoadUnsafe(ref start, (nuint)offset);
}
