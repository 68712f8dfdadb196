namespace AutoDiff.Curvature;

/// <summary>When <see cref="MinresQlp"/> stops; after 10·n iterations, at least 100, unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
/// <remarks>Exact arithmetic takes as many iterations as b has parts along eigenvectors of distinct eigenvalues, at most n; rounding a few times that where A is ill-conditioned.</remarks>
public sealed record MinresOptions : IterationOptions
{
    /// <summary>The residual ‖b − Ax‖₂ accepted, relative to ‖b‖₂; 1e-10 by default, some digits above what rounding allows a well-conditioned operator.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("MinresOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-10;

    /// <summary>Where the residual r = b − Ax stays: ‖Ar‖₂ accepted, relative to ‖A‖₂·‖r‖₂, for x to count as a least-squares solution; 1e-10 by default.</summary>
    /// <remarks>So eigenvalues of magnitude up to this share of the largest may count as zero. The norm of A is the iteration's estimate, from below.</remarks>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double NormalTolerance
    {
        get;
        init
        {
            Require.NonNegative("MinresOptions", "a tolerance for least squares", value);
            field = value;
        }
    } = 1e-10;

    /// <summary>Whether to stop at the first residual r with rᵀAr ≤ 0, as Newton's methods that minimize want; off by default.</summary>
    /// <remarks>The first such direction is returned all the same. Before it every residual has positive curvature and xᵀAx &gt; 0, bᵀx &gt; 0 (Liu, Roosta 2022).</remarks>
    public bool StopAtNonpositiveCurvature { get; init; }
}
