namespace AutoDiff.Curvature;

/// <summary>Sums over all eigenvalues of a symmetric operator by stochastic Lanczos quadrature.</summary>
/// <remarks>
/// <para>
/// Ubaru, Chen, Saad 2017: tr f(A) = n·E[Σ ωᵢf(θᵢ)] over Gauss rules (<see cref="QuadratureRule"/>) of random vectors, uniform on the sphere unless the options say otherwise. m products a
/// probe, about 4nm² multiply-adds to keep its basis orthogonal, and m vectors in memory for each of the probes that run side by side. Samples are independent.
/// </para>
/// <para>
/// The standard error is that of the probes. The quadrature's own error, none for polynomials of degree up to 2m − 1, falls as (1 − 2/√κ)²ᵐ for a function that is analytic but for a point at
/// a distance λmax/κ from the spectrum, and is not in it: more nodes are the remedy. Operators of up to 2,048 rows for which all of this costs more than n products are diagonalized, and the value is exact.
/// </para>
/// </remarks>
public static class StochasticLanczos
{
    /// <summary>tr f(A) = Σ f(λᵢ).</summary>
    /// <param name="a">The symmetric operator A.</param>
    /// <param name="f">The function; what is NaN or infinite ends in <see cref="Outcome.NotFinite"/>.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Nodes, tolerance or budget; null for 80 nodes and a standard error of 1 %.</param>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric.</exception>
    public static Estimate Trace(LinearOperator a, Func<double, double> f, Key key, QuadratureOptions? options = null)
    {
        Arguments.RequireSymmetric("StochasticLanczos.Trace", a, key);
        Require.NotNull(f, "StochasticLanczos.Trace");
        return Sum("StochasticLanczos.Trace", a, rule => rule.Mean(f), a.Size, key, options);
    }

    /// <summary>ln det A = Σ ln λᵢ of a positive definite operator, or Σ ln max(λᵢ, floor).</summary>
    /// <param name="a">The symmetric operator A.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Nodes, tolerance or budget; null for 80 nodes and a standard error of 1 %.</param>
    /// <param name="floor">What smaller eigenvalues count as; 0 for none.</param>
    /// <remarks>
    /// Without a floor, a Ritz value below 0 proves that A is not positive definite: <see cref="Outcome.NegativeCurvature"/>. One that rounding does not tell from 0 is
    /// <see cref="Outcome.Breakdown"/>. The value is NaN in both cases.
    /// </remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric, or the floor is negative or not finite.</exception>
    public static Estimate LogDeterminant(LinearOperator a, Key key, QuadratureOptions? options = null, double floor = 0)
    {
        Arguments.RequireSymmetric("StochasticLanczos.LogDeterminant", a, key);
        Require.NonNegative("StochasticLanczos.LogDeterminant", "a floor", floor);
        Func<double, double> log = floor > 0 ? x => Math.Log(Math.Max(x, floor)) : Math.Log;
        return Bounded("StochasticLanczos.LogDeterminant", a, log, floor > 0 ? double.NegativeInfinity : 0, key, options);
    }

    /// <summary>The effective dimension Σ λᵢ/(λᵢ + γ): how many directions are determined against a prior of precision γ (Gull 1989; MacKay 1992).</summary>
    /// <param name="a">The symmetric operator A, usually positive semidefinite.</param>
    /// <param name="damping">γ, above 0.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Nodes, tolerance or budget; null for 80 nodes and a standard error of 1 %.</param>
    /// <remarks>Negative eigenvalues above −γ count negatively; a Ritz value of −γ or less ends in <see cref="Outcome.NegativeCurvature"/>, or <see cref="Outcome.Breakdown"/> where rounding decides, with NaN.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric, or the damping is not positive or not finite.</exception>
    public static Estimate EffectiveDimension(LinearOperator a, double damping, Key key, QuadratureOptions? options = null)
    {
        Arguments.RequireSymmetric("StochasticLanczos.EffectiveDimension", a, key);
        Require.Positive("StochasticLanczos.EffectiveDimension", "a damping of", damping);
        Require.Finite("StochasticLanczos.EffectiveDimension", "the damping", [damping]);
        return Bounded("StochasticLanczos.EffectiveDimension", a, x => x / (x + damping), -damping, key, options);
    }

    /// <summary>The moment tr(Aᵏ)/n of the spectrum.</summary>
    /// <param name="a">The symmetric operator A, of at least one row.</param>
    /// <param name="order">k, at least 1.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 %.</param>
    /// <remarks>With ⌈(k + 1)/2⌉ nodes, whose quadrature has no error, or as many as the options say where that is fewer.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric or has no rows, or the order is not positive.</exception>
    public static Estimate Moment(LinearOperator a, int order, Key key, QuadratureOptions? options = null)
    {
        Arguments.RequireSymmetric("StochasticLanczos.Moment", a, key);
        Require.Positive("StochasticLanczos.Moment", "a size of", a.Size);
        Require.Positive("StochasticLanczos.Moment", "an order of", order);
        options ??= new();
        options = options with { Nodes = Math.Min(options.Nodes, (order / 2) + 1) };
        return Sum("StochasticLanczos.Moment", a, rule => rule.Mean(x => Math.Pow(x, order)), 1, key, options);
    }

    private static Estimate Bounded(
        string operation,
        LinearOperator a,
        Func<double, double> f,
        double bound,
        Key key,
        QuadratureOptions? options
    )
    {
        Outcome? problem = null;
        var estimate = Sum(operation, a, Value, a.Size, key, options);
        return problem is { } outcome ? estimate with { Value = double.NaN, StandardError = double.NaN, Outcome = outcome } : estimate;

        double Value(QuadratureRule rule)
        {
            var smallest = rule.Nodes[0] - bound;
            var rounding = a.Size * Roundoff.Epsilon * Math.Max(Math.Abs(rule.Nodes[0]), Math.Abs(rule.Nodes[^1]));
            if (smallest > rounding)
                return rule.Mean(f);
            problem = smallest < -rounding || problem == Outcome.NegativeCurvature ? Outcome.NegativeCurvature : Outcome.Breakdown;
            return double.NaN;
        }
    }

    private static Estimate Sum(
        string operation,
        LinearOperator a,
        Func<QuadratureRule, double> f,
        double factor,
        Key key,
        QuadratureOptions? options
    ) => new SumSampler(operation, a, f, factor, key, options ?? new()).Run();

    private sealed class SumSampler(
        string operation,
        LinearOperator a,
        Func<QuadratureRule, double> f,
        double factor,
        Key key,
        QuadratureOptions options
    ) : SpectralSampler<Estimate>(operation, a, key, options.NodesFor(a.Size), options)
    {
        private readonly List<double> _samples = [];
        private double _exact;

        protected override void Add(QuadratureRule rule) => _samples.Add(factor * f(rule));

        protected override bool Exactly(QuadratureRule rule) => double.IsFinite(_exact = Size == 0 ? 0 : factor * f(rule));

        protected override (double Error, double Magnitude) Measure()
        {
            var (mean, error) = SampleMean.Of([.. _samples]);
            return (error, Math.Abs(mean));
        }

        protected override Estimate Result(Outcome outcome, bool isExact)
        {
            if (isExact)
                return new(_exact, 0, Products);
            var finite = _samples.TakeWhile(double.IsFinite).ToArray();
            var (mean, error) = SampleMean.Of(finite);
            return new(mean, error, Products) { Outcome = outcome, Samples = finite.Length };
        }
    }
}
