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
    /// <param name="a">The square operator A; one that is not symmetric must know its transposed product.</param>
    /// <param name="key">What the vectors are drawn from; signs unless the options say otherwise.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the diagonal's norm. Two products give an estimate, four its error.</param>
    /// <remarks>Half of the m products are with A and half with Aᵀ. About m²n multiply-adds besides, and 3m/2 vectors in memory.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    /// <exception cref="InvalidOperationException">The operator is not symmetric and does not say how to multiply by its transpose.</exception>
    public static DiagonalEstimate Diagonal(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireSquare("XDiag", a, key);
        return new LeaveOneOutSampler(a, key, options ?? new()).Run();
    }

    private sealed class LeaveOneOutSampler(LinearOperator a, Key key, EstimatorOptions options) : DiagonalSampler("XDiag", a, options)
    {
        private const int Stretch = 1024;

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
            var added = _sketch.Extend(y, count, Part);
            var images = ApplyTransposed(added, added.Length / Math.Max(Size, 1));
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
            _sketch.Truncate(Samples);
            if (Samples > 0 && _found?.Samples != Samples)
                _found = Estimated();
            return _found is { } found ? (found.Diagonal, found.Errors) : (Unknown(), Unknown());
        }

        private (int Samples, double[] Diagonal, double[] Errors) Estimated()
        {
            var rank = _sketch.Rank;
            var leftOut = _sketch.LeftOut();
            var (s, along) = (new double[Samples * rank], new double[Samples]);
            for (var i = 0; i < Samples; i++)
            {
                leftOut[i].CopyTo(s, i * rank);
                for (var j = 0; j < rank; j++)
                    along[i] += leftOut[i][j] * _sketch.R(j, i);
            }
            var largest = Enumerable.Range(0, rank).Max(j => (double?)VectorLoops.Largest(_sketch.Image(j))) ?? 0;
            var exponent = largest > 0 ? Math.ILogB(largest) : 0;
            var (diagonal, errors) = (new double[Size], new double[Size]);
            Work.Share(
                (Size + Stretch - 1) / Stretch,
                part =>
                {
                    var start = part * Stretch;
                    var length = Math.Min(Stretch, Size - start);
                    Estimate(s, along, exponent, start, diagonal.AsSpan(start, length), errors.AsSpan(start, length));
                },
                Part
            );
            return (Samples, diagonal, errors);
        }

        /// <summary>The elements from <paramref name="start"/> on.</summary>
        private void Estimate(double[] s, double[] along, int exponent, int start, Span<double> diagonal, Span<double> errors)
        {
            var (rank, length) = (_sketch.Rank, diagonal.Length);
            var (basis, images) = (new double[rank * length], new double[rank * length]);
            Sketch.Copy(j => _sketch.Basis[j], rank, start, length, basis);
            Sketch.Copy(_sketch.Image, rank, start, length, images);
            for (var j = 0; j < rank; j++)
            {
                for (var e = 0; e < length; e++)
                    diagonal[e] += basis[(j * length) + e] * images[(j * length) + e];
            }
            var (q, z) = (new double[Samples * length], new double[Samples * length]);
            if (rank > 0)
            {
                Numerics.Products.Multiply(s, basis, q, Samples, rank, length);
                Numerics.Products.Multiply(s, images, z, Samples, rank, length);
            }
            // The mean of what samples have beyond it, and the sum of squares about the mean as it goes (Welford 1962), scaled to stay in range.
            var mean = new double[length];
            for (var i = 0; i < Samples; i++)
            {
                var omega = _omega[i].AsSpan(start, length);
                for (var e = 0; e < length; e++)
                {
                    var at = (i * length) + e;
                    var value = Math.ScaleB(q[at] * ((along[i] * omega[e]) - z[at]), -exponent);
                    var distance = value - mean[e];
                    mean[e] += distance / (i + 1);
                    errors[e] += distance * (value - mean[e]);
                }
            }
            for (var e = 0; e < length; e++)
            {
                diagonal[e] += Math.ScaleB(mean[e], exponent);
                errors[e] =
                    Samples == 1
                        ? double.NaN
                        : Math.ScaleB(Math.Sqrt(errors[e] / (Samples * (Samples - 1.0))) * Sketch.LeftOutDependence, exponent);
            }
        }
    }
}
