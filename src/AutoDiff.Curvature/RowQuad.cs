using System.Numerics;
using System.Runtime.InteropServices;
using static AutoDiff.Curvature.VectorLoops;

namespace AutoDiff.Curvature;

/// <summary>Four rows of a symmetric matrix, read once for both of their parts in a product.</summary>
internal static class RowQuad
{
    /// <summary>For rows first … first + 3 and columns 0 … first − 1: adds A·x to y's rows and Aᵀ·x to its columns; each row starts a stride after the one before.</summary>
    public static void Accumulate(ReadOnlySpan<double> rows, int stride, ReadOnlySpan<double> x, Span<double> y, int first)
    {
        var width = Vector<double>.Count;
        ref var a0 = ref MemoryMarshal.GetReference(rows[..first]);
        ref var a1 = ref MemoryMarshal.GetReference(rows.Slice(stride, first));
        ref var a2 = ref MemoryMarshal.GetReference(rows.Slice(2 * stride, first));
        ref var a3 = ref MemoryMarshal.GetReference(rows.Slice(3 * stride, first));
        ref var px = ref MemoryMarshal.GetReference(x[..first]);
        ref var py = ref MemoryMarshal.GetReference(y[..first]);
        var (x0, x1, x2, x3) = (x[first], x[first + 1], x[first + 2], x[first + 3]);
        var (f0, f1, f2, f3) = (new Vector<double>(x0), new Vector<double>(x1), new Vector<double>(x2), new Vector<double>(x3));
        Vector<double> s0 = default,
            s1 = default,
            s2 = default,
            s3 = default;
        var j = 0;
        for (; j <= first - width; j += width)
        {
            var (r0, r1, r2, r3) = (Load(ref a0, j), Load(ref a1, j), Load(ref a2, j), Load(ref a3, j));
            var along = Load(ref px, j);
            s0 = Vector.FusedMultiplyAdd(r0, along, s0);
            s1 = Vector.FusedMultiplyAdd(r1, along, s1);
            s2 = Vector.FusedMultiplyAdd(r2, along, s2);
            s3 = Vector.FusedMultiplyAdd(r3, along, s3);
            var sum = Vector.FusedMultiplyAdd(r0, f0, Load(ref py, j));
            var other = Vector.FusedMultiplyAdd(r3, f3, r2 * f2);
            Store(Vector.FusedMultiplyAdd(r1, f1, sum) + other, ref py, j);
        }
        var (t0, t1, t2, t3) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
        for (; j < first; j++)
        {
            var (e0, e1, e2, e3) = (rows[j], rows[stride + j], rows[(2 * stride) + j], rows[(3 * stride) + j]);
            t0 += e0 * x[j];
            t1 += e1 * x[j];
            t2 += e2 * x[j];
            t3 += e3 * x[j];
            y[j] += (e0 * x0) + (e1 * x1) + (e2 * x2) + (e3 * x3);
        }
        y[first] += t0;
        y[first + 1] += t1;
        y[first + 2] += t2;
        y[first + 3] += t3;
    }
}
