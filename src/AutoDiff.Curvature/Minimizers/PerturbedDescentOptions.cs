namespace AutoDiff.Curvature;

/// <summary>How <see cref="PerturbedDescent"/> leaves saddles.</summary>
public sealed record PerturbedDescentOptions : MinimizerOptions
{
    /// <summary>r, the radius of the ball that a perturbation is drawn from; where null, 1e-3 of the point's 2-norm, at least 1e-3.</summary>
    /// <exception cref="ArgumentException">It is not positive, or not finite.</exception>
    public double? Radius
    {
        get;
        init
        {
            Require.Positive("PerturbedDescentOptions", "a radius", value ?? 1);
            Require.NonNegative("PerturbedDescentOptions", "a radius", value ?? 1);
            field = value;
        }
    }

    /// <summary>t_thres, the steps after a perturbation in which the loss must fall; 500 by default: a curvature of a fiftieth of the largest, downwards, then grows a parameter by e¹⁰.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Steps
    {
        get;
        init
        {
            Require.Positive("PerturbedDescentOptions", "a number of steps of", value);
            field = value;
        }
    } = 500;
}
