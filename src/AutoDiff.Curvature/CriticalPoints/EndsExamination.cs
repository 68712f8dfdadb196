using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A point classified by both ends of its Hessian's spectrum and, where it fits, by factorizations.</summary>
internal sealed class EndsExamination<T>(Objective<T> objective, double[] x, double value, double[] gradient, CurvatureOptions options)
    where T : ITensorTree<T>
{
    private const int RangeSteps = 128; // the most that an eigenvalue could be missed by is then about a hundredth of the range

    private readonly HessianOperator _hessian = objective.Hessian(x);
    private readonly int _size = x.Length;

    public CriticalPoint<T> Point()
    {
        var factored = _size <= options.MostFactored;
        var matrix = factored ? Matrix(out var asymmetry) : NoMatrix(out asymmetry);
        var (error, frobenius) = factored
            ? (Math.Max(asymmetry, RoundingError.OfHessian(_hessian, matrix, options)), VectorLoops.Norm(matrix))
            : RoundingError.OfProducts(_hessian, options);
        var gradientError = RoundingError.OfGradient(objective, x, gradient, options);
        options.Progress?.Report(new("eigenvalues", 0));
        var (lowest, highest, outcome) = Ends();
        var range = SpectralRange.Of(_hessian, options.Ends.Key.FoldIn(1), RangeSteps, (_, _) => false, options);
        Require.Finite("CriticalPoint.Classify", "the Hessian", [range.Lowest]);
        options.Progress?.Report(new("eigenvalues", 1));
        if (lowest.IsEmpty)
            lowest = [Seen(range)];
        RitzPair[] pairs = [.. lowest.Concat(highest).OrderBy(pair => pair.Value)];
        var norm = VectorLoops.Norm(gradient);
        var rounding = NewtonModel.Rounding(_size, frobenius, error);
        var newton = KrylovNewton.From(_hessian, gradient, gradientError, rounding, options);
        var displacement = newton is null ? double.NaN : NewtonModel.Displacement(newton.Certain, x);
        var critical = options.GradientTolerance is { } tolerance ? norm <= tolerance : displacement <= options.DisplacementTolerance;
        var threshold = options.ZeroTolerance ?? (critical ? Threshold(rounding, newton, gradientError) : rounding);
        options.Progress?.Report(new("inertia", 0));
        var inertia = factored
            ? Inertia.Certify(matrix, _size, threshold, error, options.Threads, options.Cancellation)
            : Unknown(threshold);
        options.Progress?.Report(new("inertia", 1));
        ImmutableArray<double> values = [.. pairs.Select(pair => pair.Value)];
        return new()
        {
            Point = objective.Unravel(x),
            Size = _size,
            Examination = factored ? Examination.Inertia : Examination.Ends,
            Loss = value,
            GradientNorm = norm,
            GradientError = gradientError,
            Displacement = displacement,
            IsCritical = critical,
            HessianError = error,
            Eigenvalues = values,
            ErrorBounds = [.. pairs.Select(pair => pair.ErrorBound + error)],
            Outcome = outcome,
            Statistics = SpectrumStatistics.Of(values.AsSpan(), threshold),
            Inertia = inertia,
            LowestPairs = Trees(lowest, error),
            HighestPairs = Trees(highest, error),
            SmallestPossible = Math.Min(range.Floor, values[0]) - error,
            LargestPossible = Math.Max(range.Ceiling, values[^1]) + error,
        };
    }

    private double[] Matrix(out double asymmetry)
    {
        var matrix = _hessian.ToMatrix(options);
        Require.Finite("CriticalPoint.Classify", "the Hessian", matrix);
        asymmetry = SymmetricMatrix.Symmetrize(matrix, _size);
        return matrix;
    }

    private static double[] NoMatrix(out double asymmetry)
    {
        asymmetry = 0;
        return [];
    }

    /// <summary>The pairs at both ends, none of them twice, and the worse of the two outcomes.</summary>
    private (ImmutableArray<RitzPair> Lowest, ImmutableArray<RitzPair> Highest, Outcome Outcome) Ends()
    {
        var run = options.Ends with { Threads = options.Threads, Cancellation = options.Cancellation };
        var (low, high) = (Math.Min(options.Pairs, (_size + 1) / 2), Math.Min(options.Pairs, _size / 2));
        if (high == 0)
        {
            var only = Lanczos.Smallest(_hessian, low, run);
            return (only.Value, [], only.Outcome);
        }
        var (lowest, highest) = Lanczos.BothEnds(_hessian, low, high, run);
        return (lowest.Value, highest.Value, lowest.Outcome == Outcome.Converged ? highest.Outcome : lowest.Outcome);
    }

    /// <summary>The lowest Ritz pair of the range, for where Lanczos was allowed too little for one.</summary>
    private RitzPair Seen(SpectralRange range)
    {
        var residual = _hessian.Apply(range.Vector).ToArray();
        VectorLoops.AddScaled(-range.Lowest, range.Vector, residual);
        var norm = VectorLoops.Norm(residual);
        return new(range.Lowest, [.. range.Vector], norm, norm + (_size * Roundoff.Epsilon * range.Norm));
    }

    private ImmutableArray<EigenPair<T>> Trees(ImmutableArray<RitzPair> pairs, double error) =>
        [
            .. pairs.Select(pair => new EigenPair<T>(
                pair.Value,
                objective.Unravel(pair.Vector.AsSpan()),
                pair.Residual,
                pair.ErrorBound + error
            )),
        ];

    /// <summary>What counts as zero at a critical point: rounding, what the gradient's error hides, and three times the Hessian's change over Newton's step.</summary>
    private double Threshold(double rounding, KrylovNewton? newton, double gradientError)
    {
        if (newton is null)
            return rounding;
        var there = (double[])x.Clone();
        VectorLoops.AddScaled(1, newton.Step, there);
        var change = there.AsSpan().SequenceEqual(x) ? 0 : RoundingError.Change(_hessian, objective.Hessian(there), options);
        var hidden = options.GradientTolerance is null && gradientError > 0 ? gradientError / options.DisplacementTolerance : 0;
        var threshold = rounding + hidden + (3 * change);
        return Math.Min(double.IsNaN(threshold) ? double.MaxValue : threshold, double.MaxValue);
    }

    /// <summary>The counts where nothing was factored: none is known.</summary>
    private InertiaBand Unknown(double threshold) =>
        new(0, _size, 0)
        {
            Threshold = threshold,
            Uncertain = _size,
            Uncertainty = double.PositiveInfinity,
        };
}
