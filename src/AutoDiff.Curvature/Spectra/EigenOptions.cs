namespace AutoDiff.Curvature;

/// <summary>How <see cref="Lanczos"/> looks for eigenpairs.</summary>
public sealed record EigenOptions : IterationOptions
{
    /// <summary>The residual ‖Av − λv‖₂ of a unit vector v that is accepted, relative to the estimate of ‖A‖₂; 1e-8 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("EigenOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>The key that the starting vectors are drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);
}
