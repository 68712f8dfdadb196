namespace AutoDiff.Curvature;

/// <summary>When <see cref="Newton"/> stops; after 100 steps unless <see cref="IterationOptions.MaxIterations"/> says otherwise, some times what smooth problems take from an ordinary start.</summary>
public sealed record NewtonOptions : IterationOptions
{
    /// <summary>τ, to which the parameters or the loss are to be right, relative to their size; 1e-8 by default.</summary>
    /// <remarks>
    /// About √ε of double precision. The decrease left is of second order: τ² of the loss is then below its rounding (Gill, Murray, Wright 1981, section 8.2.3), and
    /// the step left, a relative τ, is an error that one more step would square.
    /// </remarks>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("NewtonOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>What the gradient's 2-norm must come down to as well, in the loss's and the parameters' own units; nothing where null, the default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? GradientTolerance
    {
        get;
        init
        {
            Require.NonNegative("NewtonOptions", "a gradient tolerance", value ?? 0);
            field = value;
        }
    }
}
