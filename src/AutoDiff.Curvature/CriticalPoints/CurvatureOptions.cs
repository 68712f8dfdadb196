namespace AutoDiff.Curvature;

/// <summary>How a critical point is examined.</summary>
public sealed record CurvatureOptions : RunOptions
{
    /// <summary>How far away a critical point may be in each parameter, relative to max(1, |xᵢ|), for the point to count as it; 1e-4 by default.</summary>
    /// <remarks>The unit 1 beside |xᵢ| is what a parameter near 0 is measured by: parameters of a typical size s below 1e-3 want a tolerance of 1e-4·s.</remarks>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double DisplacementTolerance
    {
        get;
        init
        {
            Require.NonNegative("CurvatureOptions", "a displacement tolerance", value);
            field = value;
        }
    } = 1e-4;

    /// <summary>The gradient norm up to which a point counts as critical, in place of <see cref="DisplacementTolerance"/>; null by default, since it means little without the loss's own scale.</summary>
    public double? GradientTolerance
    {
        get;
        init
        {
            Require.NonNegative("CurvatureOptions", "a gradient tolerance", value ?? 0);
            field = value;
        }
    }

    /// <summary>τ, the magnitude up to which an eigenvalue counts as zero; where null, what rounding and the gradient left can explain, see <see cref="CriticalPoint.Classify{T}(Objective{T}, T, CurvatureOptions)"/>. A τ given here alone decides the kind; whether it is above what is certain, <see cref="CriticalPoint{T}.IndexConfirmed"/> says.</summary>
    public double? ZeroTolerance
    {
        get;
        init
        {
            Require.NonNegative("CurvatureOptions", "a zero tolerance", value ?? 0);
            field = value;
        }
    }
}
