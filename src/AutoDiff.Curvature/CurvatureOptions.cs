namespace AutoDiff.Curvature;

/// <summary>How a critical point is examined.</summary>
public sealed record CurvatureOptions
{
    /// <summary>How many threads may work; the results do not depend on it. All processors by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Threads
    {
        get;
        init
        {
            Check.Positive("CurvatureOptions", "threads", value);
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>The gradient norm up to which a point counts as critical; 1e-6·(1 + |loss|) where null.</summary>
    public double? GradientTolerance
    {
        get;
        init
        {
            Check.NonNegative("CurvatureOptions", "a gradient tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>The magnitude up to which an eigenvalue counts as zero; where null, the larger of ten times the eigenvalues' error bound and √(‖H‖·‖g‖), g the gradient left.</summary>
    public double? ZeroTolerance
    {
        get;
        init
        {
            Check.NonNegative("CurvatureOptions", "a zero tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>Told what is being done and how far it has come.</summary>
    public IProgress<CurvatureProgress>? Progress { get; init; }

    /// <summary>Stops the work with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
