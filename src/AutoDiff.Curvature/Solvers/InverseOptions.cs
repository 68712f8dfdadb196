namespace AutoDiff.Curvature;

/// <summary>How an <see cref="InverseOperator"/> solves; limits of iterations and products are for each solve.</summary>
/// <remarks>Of threads, progress and cancellation only the last is used: the block says how many threads share it.</remarks>
public sealed record InverseOptions : IterationOptions
{
    /// <summary>The method; <see cref="InverseMethod.Minres"/> by default, which needs no definite operator.</summary>
    public InverseMethod Method { get; init; } = InverseMethod.Minres;

    /// <summary>The residual ‖b − Ax‖₂ that every product x of a vector b keeps to, relative to ‖b‖₂; 1e-10 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("InverseOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-10;
}
