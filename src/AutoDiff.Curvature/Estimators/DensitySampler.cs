using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Collects the rules of a spectral density, in the complement of the outliers.</summary>
/// <param name="a">The operator.</param>
/// <param name="key">What is drawn from.</param>
/// <param name="options">What the caller wants.</param>
internal sealed class DensitySampler(LinearOperator a, Key key, SpectralDensityOptions options)
    : SpectralSampler<SpectralDensity>("SpectralDensity", a, key.FoldIn(0), options.NodesFor(a.Size), options.WithBudget(a.Size))
{
    private readonly List<QuadratureRule> _rules = [];
    private OutlierBasis? _outliers;
    private int _search;
    private bool _found = true;
    private double[] _exact = [];

    protected override IReadOnlyList<double[]> Deflated => _outliers!.Vectors;

    protected override void Prepare() => _outliers = Outliers();

    protected override void Add(QuadratureRule rule) => _rules.Add(rule);

    protected override bool Exactly(QuadratureRule rule)
    {
        _exact = [.. rule.Nodes];
        return true;
    }

    protected override (double Error, double Magnitude) Measure() =>
        _rules.Count == 0 ? (double.NaN, double.NaN) : (Result(Outcome.Converged, isExact: false).IntegratedError, 1);

    protected override SpectralDensity Result(Outcome outcome, bool isExact)
    {
        var (outliers, rules) = isExact ? Split() : (_outliers?.Values ?? [], [.. _rules]);
        if (outcome == Outcome.Converged && !isExact && !_found)
            outcome = Outcome.MaxIterations;
        return DensityAxis.Density(Size, outliers, rules, isExact, outcome, Products + _search, options);
    }

    private OutlierBasis Outliers()
    {
        if (options.Outliers is { } given)
            return OutlierBasis.Of(Size, given.Value);
        var search = new EigenOptions
        {
            Key = key.FoldIn(1),
            Threads = options.Threads,
            Cancellation = options.Cancellation,
            // The other half is the probes'.
            MaxProducts = options.MaxProducts / 2,
        };
        var pairs = new List<RitzPair>();
        if (options.DeflateSmallest > 0 && options.DeflateLargest > 0)
        {
            var (smallest, largest) = Lanczos.BothEnds(A, options.DeflateSmallest, options.DeflateLargest, search);
            pairs.AddRange(smallest.Value);
            Take(largest);
        }
        else if (options.DeflateSmallest > 0)
            Take(Lanczos.Smallest(A, options.DeflateSmallest, search));
        else if (options.DeflateLargest > 0)
            Take(Lanczos.Largest(A, options.DeflateLargest, search));
        return OutlierBasis.Of(Size, pairs);

        void Take(EigenPairs found)
        {
            pairs.AddRange(found.Value);
            _found &= found.Outcome == Outcome.Converged;
            // The number of probes that takes a budget's place is theirs alone.
            if (options.MaxProducts is null)
                _search += found.Products;
            else
                Charge(found.Products);
        }
    }

    /// <summary>The outliers among all eigenvalues, and the rest as a rule.</summary>
    private (ImmutableArray<double> Outliers, ImmutableArray<QuadratureRule> Rules) Split()
    {
        var rest = _exact.ToList();
        var outliers = new List<double>();
        foreach (var pair in options.Outliers?.Value ?? [])
            Move(Enumerable.Range(0, rest.Count).MinBy(i => Math.Abs(rest[i] - pair.Value)));
        for (var i = 0; options.Outliers is null && i < options.DeflateSmallest; i++)
            Move(0);
        for (var i = 0; options.Outliers is null && i < options.DeflateLargest; i++)
            Move(rest.Count - 1);
        return ([.. outliers.Order()], [new([.. rest], [.. rest.Select(_ => 1.0 / rest.Count)])]);

        void Move(int index)
        {
            outliers.Add(rest[index]);
            rest.RemoveAt(index);
        }
    }
}
