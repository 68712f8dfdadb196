namespace AutoDiff.Curvature;

/// <summary>When <see cref="Newton"/> stops, and whom it tells.</summary>
public sealed record NewtonOptions
{
    /// <summary>The gradient's 2-norm to reach; 1e-8 by default.</summary>
    public double GradientTolerance
    {
        get;
        init
        {
            Check.NonNegative("NewtonOptions", "a gradient tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>The number of steps allowed; 100 by default.</summary>
    public int MaxIterations
    {
        get;
        init
        {
            Check.NonNegative("NewtonOptions", "a maximum of iterations", value);
            field = value;
        }
    } = 100;

    /// <summary>Told of every step.</summary>
    public IProgress<NewtonProgress>? Progress { get; init; }

    /// <summary>Stops the work with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}
