namespace AutoDiff.Curvature;

/// <summary>When <see cref="ConjugateGradient"/> stops; after 10·n iterations unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
/// <remarks>Exact arithmetic takes n iterations, rounding a few times that where A is ill-conditioned.</remarks>
public sealed record ConjugateGradientOptions : IterationOptions
{
    /// <summary>The residual ‖b − Ax‖₂ accepted, relative to ‖b‖₂; 1e-10 by default, some digits above what rounding allows a well-conditioned operator.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("ConjugateGradientOptions", "tolerance", value);
            field = value;
        }
    } = 1e-10;

    /// <summary>Whether to stop at the first direction of negative curvature, as truncated Newton methods want; on by default.</summary>
    /// <remarks>Otherwise the iteration goes on, still solving Ax = b where it does not break down, and the first such direction is returned all the same.</remarks>
    public bool StopAtNegativeCurvature { get; init; } = true;
}
