namespace AutoDiff.Curvature;

/// <summary>The diagonal by XDiag: every product serves both a sketch and, in the sketch of all others, a sample.</summary>
/// <remarks>
/// Epperly, Tropp, Webber 2024 (2301.07825), section 2.4: for each of the k = m/2 vectors ω of m products the diagonal of QQᵀA, with Q a basis of A times the others, plus
/// ω⊙(I − QQᵀ)Aω; the mean over the k. The error is rounding where the rank is at most m/2 − 1. The estimate has no bias. The k samples are exchangeable,
/// not independent: as for <see cref="XTrace"/> the standard error is that of independent ones times √2.
/// </remarks>
public static class XDiag
{
    /// <summary>The diagonal [n] of A.</summary>
    /// <param name="a">The symmetric operator A.</param>
    /// <param name="key">What the vectors are drawn from; signs unless the options say otherwise.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the diagonal's norm. Two products give an estimate, four its error.</param>
    /// <remarks>For m products about m²n multiply-adds besides, and 3m/2 vectors in memory.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric.</exception>
    public static DiagonalEstimate Diagonal(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireSymmetric("XDiag", a, key);
        return new LeaveOneOutSampler(a, key, options ?? new()).Run();
    }

    private sealed class LeaveOneOutSampler(LinearOperator a, Key key, EstimatorOptions options) : DiagonalSampler("XDiag", a, options)
    {
        private readonly Sketch _sketch = new(a.Size);
        private readonly List<double[]> _omega = [];
        private (int Samples, double[] Diagonal, double[] Errors)? _found;

        protected override int Cost => 2;

        protected override double Rate => 1;

        protected override int Draw(int first, int count)
        {
            var omega = Probe(key, ProbeDistribution.Rademacher, first, count);
            var y = Apply(omega, count);
            if (!double.IsFinite(VectorLoops.Largest(y)))
                return 0;
            var added = _sketch.Extend(y, count);
            var images = Apply(added, added.Length / Math.Max(Size, 1));
            if (!double.IsFinite(VectorLoops.Largest(images)))
                return 0;
            _sketch.AddImages(images);
            for (var i = 0; i < count; i++)
                _omega.Add(omega[(i * Size)..((i + 1) * Size)]);
            return count;
        }

        protected override (double[] Diagonal, double[] Errors) Found()
        {
            // Where drawing was broken off the sketch has more than the samples.
            if (Samples > 0 && _sketch.Count == Samples && _found?.Samples != Samples)
                _found = Estimated();
            return _found is { } found ? (found.Diagonal, found.Errors) : (Unknown(), Unknown());
        }

        private (int Samples, double[] Diagonal, double[] Errors) Estimated()
        {
            var rank = _sketch.Rank;
            var diagonal = new double[Size];
            for (var j = 0; j < rank; j++)
                AddProduct(1, _sketch.Basis[j], _sketch.Image(j), diagonal);
            // The mean of what samples have beyond it, and the sum of squares about the mean as it goes (Welford 1962), scaled to stay in range.
            var (mean, squares, x) = (new double[Size], new double[Size], new double[Size]);
            var (q, z) = (new double[Size], new double[Size]);
            var leftOut = _sketch.LeftOut();
            var largest = Enumerable.Range(0, rank).Max(j => (double?)VectorLoops.Largest(_sketch.Image(j))) ?? 0;
            var exponent = largest > 0 ? Math.ILogB(largest) : 0;
            for (var i = 0; i < Samples; i++)
            {
                var s = leftOut[i];
                var along = 0.0;
                for (var j = 0; j < rank; j++)
                    along += s[j] * _sketch.R(j, i);
                _sketch.Basis.Combine(s, q);
                z.AsSpan().Clear();
                for (var j = 0; j < rank; j++)
                    VectorLoops.AddScaled(s[j], _sketch.Image(j), z);
                x.AsSpan().Clear();
                AddProduct(-1, q, z, x);
                AddProduct(along, q, _omega[i], x);
                for (var e = 0; e < x.Length; e++)
                {
                    var value = Math.ScaleB(x[e], -exponent);
                    var distance = value - mean[e];
                    mean[e] += distance / (i + 1);
                    squares[e] += distance * (value - mean[e]);
                }
            }
            for (var e = 0; e < x.Length; e++)
            {
                diagonal[e] += Math.ScaleB(mean[e], exponent);
                squares[e] =
                    Samples == 1
                        ? double.NaN
                        : Math.ScaleB(Math.Sqrt(squares[e] / (Samples * (Samples - 1.0))) * Sketch.LeftOutDependence, exponent);
            }
            return (Samples, diagonal, squares);
        }

        private static void AddProduct(double factor, ReadOnlySpan<double> x, ReadOnlySpan<double> y, double[] sum)
        {
            for (var i = 0; i < sum.Length; i++)
                sum[i] += factor * x[i] * y[i];
        }
    }
}
