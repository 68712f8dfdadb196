namespace AutoDiff.Curvature;

/// <summary>tr A by Hutch++: the trace on the range of a random sketch is exact, and only that of the rest is sampled.</summary>
/// <remarks>
/// Meyer, Musco, Musco, Woodruff 2021 (2010.09649): tr QᵀAQ plus the mean of gᵀ(I − QQᵀ)A(I − QQᵀ)g with Q an orthonormal basis of the range of AS; S, AQ and g take a third of the
/// products each. The error falls as 1/products where the eigenvalues decay, and is rounding where the rank is at most a third of the products. Given Q the samples are independent,
/// so that intervals keep their level. As products are added sketch and samples grow together, and none is spent twice.
/// </remarks>
public static class HutchPlusPlus
{
    /// <summary>tr A.</summary>
    /// <param name="a">The square operator A, symmetric or not.</param>
    /// <param name="key">What sketch and probes are drawn from; signs unless the options say otherwise.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the trace. Three products give an estimate, six its error.</param>
    /// <remarks>For m products about m²n/3 multiply-adds besides, and 4m/3 vectors in memory.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    public static Estimate Trace(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireSquare("HutchPlusPlus", a, key);
        return new SketchedSampler(a, key, options ?? new()).Run();
    }

    private sealed class SketchedSampler(LinearOperator a, Key key, EstimatorOptions options) : SketchSampler("HutchPlusPlus", a, options)
    {
        private readonly (Key Sketch, Key Probes) _keys = key.Split();
        private readonly List<(double[] Probe, double[] Product)> _probes = [];

        protected override int Cost => 3;

        protected override int Draw(int first, int count)
        {
            if (!Grow(Probe(_keys.Sketch, ProbeDistribution.Rademacher, first, count), count))
                return 0;
            var probes = Probe(_keys.Probes, ProbeDistribution.Rademacher, first, count);
            var products = Apply(probes, count);
            if (!double.IsFinite(VectorLoops.Largest(products)))
                return 0;
            for (var i = 0; i < count; i++)
                _probes.Add((Row(probes, i), Row(products, i)));
            return count;
        }

        protected override double[] Values()
        {
            var h = Sketch.Compressed(Part);
            var known = Enumerable.Range(0, Sketch.Rank).Sum(i => h[i * (Sketch.Rank + 1)]);
            var (probes, products) = (_probes.ConvertAll(pair => pair.Probe), _probes.ConvertAll(pair => pair.Product));
            var (w, t) = (Sketch.AlongBasis(probes, Part), Sketch.AlongImages(probes, Part));
            var (r, rank) = (Sketch.AlongBasis(products, Part), Sketch.Rank);
            var values = new double[_probes.Count];
            for (var i = 0; i < values.Length; i++)
            {
                var along = w.AsSpan(i * rank, rank);
                values[i] =
                    known
                    + VectorLoops.Dot(probes[i], products[i])
                    - VectorLoops.Dot(along, r.AsSpan(i * rank, rank))
                    - VectorLoops.Dot(along, t.AsSpan(i * rank, rank))
                    + Sketch.Quadratic(h, along);
            }
            return values;
        }
    }
}
