namespace AutoDiff.Curvature;

/// <summary>What an objective computes: by the plans of one function, or as a mean over batches.</summary>
internal abstract class LossPrograms
{
    /// <summary>The loss at x [n].</summary>
    public abstract double Value(ReadOnlySpan<double> x, RunOptions? options);

    /// <summary>The loss at x [n], with its gradient [n].</summary>
    public abstract double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient, RunOptions? options);

    /// <summary>The gradient [n] at x [n] in random rounding.</summary>
    public abstract double[] RoundedGradient(ReadOnlySpan<double> x, ulong seed);

    /// <summary>The Hessian at the leaves of a point.</summary>
    public abstract PointProducts Hessian(double[][] leaves);

    /// <summary>The Gauss-Newton matrix at the leaves of a point; null where the model is not known.</summary>
    public abstract PointProducts? GaussNewton(double[][] leaves);
}
