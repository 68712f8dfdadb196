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

    /// <summary>The number of parameters up to which all eigenvalues are computed; 4,096 by default: 128 MiB a matrix, of which there are three at most, and half a minute on two cores.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int MostDense
    {
        get;
        init
        {
            Require.NonNegative("CurvatureOptions", "a most of parameters", value);
            field = value;
        }
    } = 4096;

    /// <summary>The number of parameters up to which the index is counted by factorizations, where it is beyond <see cref="MostDense"/>; 8,192 by default: 512 MiB a matrix, of which there are two and one more a factorization that runs at once (four).</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int MostFactored
    {
        get;
        init
        {
            Require.NonNegative("CurvatureOptions", "a most of parameters", value);
            field = value;
        }
    } = 8192;

    /// <summary>How many eigenpairs at each end are given, fewer where there are not so many; 10 by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Pairs
    {
        get;
        init
        {
            Require.Positive("CurvatureOptions", "a number of pairs of", value);
            field = value;
        }
    } = 10;

    /// <summary>How <see cref="Lanczos"/> finds the ends beyond <see cref="MostDense"/>; threads, progress and cancellation are those of the classification.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public EigenOptions Ends
    {
        get;
        init
        {
            Require.NotNull(value, "CurvatureOptions");
            field = value;
        }
    } = new();

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
