namespace AutoDiff.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix by cyclic plane rotations.</summary>
/// <remarks>Jacobi 1846; an element is left where it is below ε/2 of √|aᵢᵢaⱼⱼ|, or of ‖A‖ below 1e-140 (Demmel, Veselić 1992).</remarks>
internal static class PlaneRotations
{
    /// <summary>Sweeps allowed; five to eight are usual.</summary>
    private const int MaxSweeps = 40;

    private const double Negligible = 1e-140;

    /// <summary>Overwrites <paramref name="a"/> [n, n], of elements of about 1 at most; writes its eigenvalues, ascending, and eigenvectors, row by row.</summary>
    public static bool Diagonalize(Span<double> a, int n, Span<double> values, Span<double> vectors)
    {
        vectors.Clear();
        for (var i = 0; i < n; i++)
            vectors[i * (n + 1)] = 1;
        for (var sweep = 0; Sweep(a, n, vectors); sweep++)
        {
            if (sweep == MaxSweeps)
                return false;
        }
        for (var i = 0; i < n; i++)
        {
            values[i] = a[i * (n + 1)];
            var v = vectors.Slice(i * n, n);
            VectorLoops.Scale(1 / VectorLoops.Norm(v), v);
        }
        Sort(n, values, vectors);
        return true;
    }

    private static bool Sweep(Span<double> a, int n, Span<double> vectors)
    {
        var turned = false;
        for (var p = 0; p < n; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                var (x, y, off) = (a[p * (n + 1)], a[q * (n + 1)], a[(p * n) + q]);
                if (!(Math.Abs(off) > Math.Max(Negligible, Roundoff.Unit * Math.Sqrt(Math.Abs(x)) * Math.Sqrt(Math.Abs(y)))))
                    continue;
                turned = true;
                var z = (y - x) / (2 * off);
                var tangent = Math.Abs(z) > 1e8 ? 0.5 / z : Math.CopySign(1, z) / (Math.Abs(z) + Math.Sqrt(1 + (z * z)));
                var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                Turn(a, n, p, q, cosine, -tangent * cosine);
                (a[p * (n + 1)], a[q * (n + 1)]) = (x - (tangent * off), y + (tangent * off));
                a[(p * n) + q] = a[(q * n) + p] = 0;
                Rotations.Turn(vectors.Slice(p * n, n), vectors.Slice(q * n, n), cosine, -tangent * cosine);
            }
        }
        return turned;
    }

    /// <summary>Turns rows p and q, and columns likewise; the elements where they meet are left to the caller.</summary>
    private static void Turn(Span<double> a, int n, int p, int q, double cosine, double sine)
    {
        var first = a.Slice(p * n, n);
        var second = a.Slice(q * n, n);
        Rotations.Turn(first, second, cosine, sine);
        for (var k = 0; k < n; k++)
            (a[(k * n) + p], a[(k * n) + q]) = (first[k], second[k]);
    }

    private static void Sort(int n, Span<double> values, Span<double> vectors)
    {
        for (var i = 0; i < n; i++)
        {
            var least = i;
            for (var j = i + 1; j < n; j++)
                least = values[j] < values[least] ? j : least;
            (values[i], values[least]) = (values[least], values[i]);
            for (var k = 0; least != i && k < n; k++)
                (vectors[(i * n) + k], vectors[(least * n) + k]) = (vectors[(least * n) + k], vectors[(i * n) + k]);
        }
    }
}
