using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>How the eigenvalues of a symmetric operator are distributed: a density that is ready to plot, with its errors, and the quadratures that it was made of.</summary>
/// <remarks>
/// Stochastic Lanczos quadrature (Lin, Saad, Yang 2016; Ubaru, Chen, Saad 2017): every node is a normal bump of its weight and of standard deviation 2/((m − 1)·√(8 ln κ))
/// where the nodes and their margin are scaled to [−1, 1] (Papyan 2020, section D.2). A cell holds the mean of the density over it, and the two at the ends all that is
/// beyond, so that Σ density·spacing = 1 up to rounding.
/// </remarks>
public sealed record SpectralDensity
{
    /// <summary>The number n of eigenvalues.</summary>
    public required int Size { get; init; }

    /// <summary>The middles of the cells on the axis [points], equally spaced: λ, or asinh(λ/c); empty where the products allowed gave no sample.</summary>
    public required ImmutableArray<double> Axis { get; init; }

    /// <summary>The eigenvalues λ [points] at the middles of the cells.</summary>
    public required ImmutableArray<double> Grid { get; init; }

    /// <summary>The width of a cell on the axis.</summary>
    public required double Spacing { get; init; }

    /// <summary>The density [points] per unit of the axis.</summary>
    public required ImmutableArray<double> Density { get; init; }

    /// <summary>The standard error [points] of the density over the probes; 0 where the spectrum is exact, NaN where one probe tells nothing.</summary>
    public required ImmutableArray<double> StandardErrors { get; init; }

    /// <summary>The standard deviation of the bumps, on the axis.</summary>
    public required double Width { get; init; }

    /// <summary>c of the axis asinh(λ/c); null where it is linear.</summary>
    public required double? LinearPart { get; init; }

    /// <summary>The eigenvalues [k] deflated as outliers, ascending, of mass 1/n each.</summary>
    public required ImmutableArray<double> Outliers { get; init; }

    /// <summary>The quadrature of each probe, whose weights share the mass 1 − k/n that the outliers leave; the eigenvalues themselves where the spectrum is exact.</summary>
    public required ImmutableArray<QuadratureRule> Rules { get; init; }

    /// <summary>How the estimation ended, as <see cref="Estimate.Outcome"/>; an outlier that did not converge is <see cref="Outcome.MaxIterations"/>.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>How many products with the operator it took, those that found the outliers included.</summary>
    public required int Products { get; init; }

    /// <summary>Whether the eigenvalues are all known, so that nothing is random.</summary>
    public required bool IsExact { get; init; }

    /// <summary>∫ standard error: the share of the mass that may be misplaced.</summary>
    public double IntegratedError => StandardErrors.Sum() * Spacing;

    /// <summary>Estimates the density of <paramref name="a"/>'s eigenvalues.</summary>
    /// <param name="a">The symmetric operator A, of at least one row.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Nodes, probes, axis, outliers, tolerance or budget; null for 10 probes of 80 nodes and a linear axis.</param>
    /// <remarks>
    /// m products a probe, about 4nm² multiply-adds to keep its basis orthogonal, and m vectors in memory for each of the probes that run side by side. Outliers are looked for by
    /// <see cref="Lanczos"/>, on half of a budget, and a search under way there may end beyond that half; probes then run in the complement of their eigenvectors. An operator of up to 2,048 rows for which the probes would take n products or more is diagonalized.
    /// </remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the density of the probes that were done.</exception>
    /// <exception cref="ArgumentException">The operator is not symmetric, has no rows or fewer than the outliers and one more, or outliers have vectors of another length.</exception>
    public static SpectralDensity Of(LinearOperator a, Key key, SpectralDensityOptions? options = null)
    {
        Arguments.RequireSymmetric("SpectralDensity", a, key);
        Require.Positive("SpectralDensity", "a size of", a.Size);
        options ??= new();
        if (options.Outliers is { } outliers)
        {
            foreach (var pair in outliers.Value)
                Require.Length("SpectralDensity", "an eigenvector", pair.Vector.Length, a.Size);
        }
        var count = options.Outliers?.Value.Length ?? ((long)options.DeflateSmallest + options.DeflateLargest);
        Require.That(count < a.Size, $"[SpectralDensity] got {count} outliers of {a.Size} eigenvalues; expected fewer");
        return new DensitySampler(a, key, options).Run();
    }

    /// <summary>tr f(A)/n, with its standard error over the probes.</summary>
    /// <remarks>Of polynomials up to degree 2m − 1 without any other error than that of the probes and of the outliers' values.</remarks>
    public Estimate Mean(Func<double, double> f)
    {
        Require.NotNull(f, "SpectralDensity.Mean");
        var bulk = (double)(Size - Outliers.Length) / Size;
        var known = Outliers.Sum(value => f(value) / Size);
        var (mean, error) = SampleMean.Of([.. Rules.Select(rule => known + (bulk * rule.Mean(f)))]);
        return IsExact
            ? new(mean, 0, Products) { Outcome = Outcome }
            : new(mean, error, Products) { Outcome = Outcome, Samples = Rules.Length };
    }

    /// <summary>The share of the eigenvalues in [<paramref name="low"/>, <paramref name="high"/>], with its standard error over the probes.</summary>
    /// <remarks>The quadrature of a step is as good as nodes are dense: within the weights of the nodes next to the bounds. <see cref="Cumulative"/> says how far that is.</remarks>
    /// <exception cref="ArgumentException">A bound is NaN, or they are not in order.</exception>
    public Estimate Mass(double low, double high)
    {
        Require.That(low <= high, $"[SpectralDensity.Mass] got bounds {low} and {high}; expected two in order");
        return Mean(x => x >= low && x <= high ? 1 : 0);
    }

    /// <summary>Bounds on the share of the eigenvalues of at most <paramref name="x"/>, each averaged over the probes, with the larger one's standard error.</summary>
    /// <remarks>
    /// Chebyshev, Markov and Stieltjes (Szegő 1939, section 3.41): the distribution of a rule's measure at x is at least the weights of the nodes up to x but for the last of them, and at
    /// most these with that last and the next. The sampling error is on top.
    /// </remarks>
    /// <exception cref="ArgumentException">x is NaN.</exception>
    public (double Low, double High, double StandardError) Cumulative(double x)
    {
        Require.That(!double.IsNaN(x), $"[SpectralDensity.Cumulative] got NaN; expected a number");
        var bulk = (double)(Size - Outliers.Length) / Size;
        var known = (double)Outliers.Count(value => value <= x) / Size;
        var bounds = Rules.Select(rule => Bounds(rule, x)).ToArray();
        var (low, lowError) = SampleMean.Of([.. bounds.Select(bound => known + (bulk * bound.Low))]);
        var (high, highError) = SampleMean.Of([.. bounds.Select(bound => known + (bulk * bound.High))]);
        return (low, high, IsExact ? 0 : Math.Max(lowError, highError));
    }

    private (double Low, double High) Bounds(QuadratureRule rule, double x)
    {
        var (below, count) = (0.0, 0);
        for (; count < rule.Nodes.Length && rule.Nodes[count] <= x; count++)
            below += rule.Weights[count];
        if (IsExact)
            return (below, below);
        var low = count == 0 ? 0 : below - rule.Weights[count - 1];
        return (low, count == rule.Nodes.Length ? 1 : Math.Min(below + rule.Weights[count], 1));
    }
}
