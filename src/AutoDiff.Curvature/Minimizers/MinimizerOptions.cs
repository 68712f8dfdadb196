namespace AutoDiff.Curvature;

/// <summary>When a minimizer that leaves saddles stops: at a second-order stationary point, ‖g‖ ≤ ε_g and λmin ≥ −ε_H; after 1,000 steps, of plain gradients 100,000, unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
public record MinimizerOptions : IterationOptions
{
    /// <summary>The gradient's 2-norm that counts as zero, relative to the largest met on the way; 1e-8 by default, about √ε of double precision.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("MinimizerOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>ε_g in the loss's and the parameters' own units, in place of <see cref="Tolerance"/>; null by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? GradientTolerance
    {
        get;
        init
        {
            Require.NonNegative("MinimizerOptions", "a gradient tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>ε_H in the same units; where null, √<see cref="Tolerance"/> of the largest curvature met (ε_H = √ε_g as in Royer, O'Neill, Wright 2020). Never below 10·max(n, 10)·ε of that curvature, which is rounding.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double? CurvatureTolerance
    {
        get;
        init
        {
            Require.NonNegative("MinimizerOptions", "a curvature tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>The most products that a look for negative curvature takes, from a random vector; 200 by default. For as many vectors [n] there is room, up to a gibibyte.</summary>
    /// <remarks>What they may miss is in <see cref="MinimizerResult{T}.CurvatureFloor"/>.</remarks>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int CurvatureProducts
    {
        get;
        init
        {
            Require.Positive("MinimizerOptions", "a number of products of", value);
            field = value;
        }
    } = 200;

    /// <summary>The key that random vectors are drawn from.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Key Key
    {
        get;
        init
        {
            Require.NotNull(value, "MinimizerOptions");
            field = value;
        }
    } = Key.Of(0);

    /// <summary>Where to go on: the <see cref="MinimizerResult{T}.State"/> of a run that ended at the start; null for a new run.</summary>
    public MinimizerState? State { get; init; }
}
