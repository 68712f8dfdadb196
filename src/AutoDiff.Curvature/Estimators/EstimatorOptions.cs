namespace AutoDiff.Curvature;

/// <summary>When an estimator stops: at a standard error, or after so many products; and what its probes are.</summary>
/// <remarks>
/// With neither tolerance nor budget the standard error wanted is 1 % of the value. With a tolerance the estimator draws until it is met, and turns to the exact value where that
/// needs no more products; without <see cref="MaxProducts"/> it draws max(n, 4,096) samples at most, since no number of them meets a relative tolerance of what cancels to 0. With <see cref="MaxProducts"/> alone all of them are spent, unless the exact value needs no more.
/// </remarks>
public record EstimatorOptions : RunOptions
{
    /// <summary>The standard error accepted, in the quantity's units; null for none.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? Tolerance
    {
        get;
        init
        {
            Require.NonNegative("EstimatorOptions", "a tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>The standard error accepted, relative to the magnitude of the estimate; null for none. Where both are given, either will do.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? RelativeTolerance
    {
        get;
        init
        {
            Require.NonNegative("EstimatorOptions", "a relative tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>The budget: the number of products with the operator that is not exceeded; null for none.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int? MaxProducts
    {
        get;
        init
        {
            Require.NonNegative("EstimatorOptions", "a maximum of products", value ?? 0);
            field = value;
        }
    }

    /// <summary>How probes are distributed; null for the method's own.</summary>
    public ProbeDistribution? Distribution { get; init; }

    /// <summary>Whether there is a standard error to reach, rather than a budget to spend.</summary>
    internal bool HasGoal => Tolerance is not null || RelativeTolerance is not null || MaxProducts is null;

    /// <summary>The standard error accepted of an estimate of a magnitude.</summary>
    internal double Goal(double magnitude) => Math.Max(Tolerance ?? 0, (RelativeTolerance ?? (Tolerance is null ? 0.01 : 0)) * magnitude);
}
