namespace AutoDiff.Curvature;

/// <summary>How <see cref="TrustRegion"/> steps.</summary>
public sealed record TrustRegionOptions : MinimizerOptions
{
    /// <summary>The largest dimension of a Krylov space that a step is sought in; 200 by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Dimension
    {
        get;
        init
        {
            Require.Positive("TrustRegionOptions", "a dimension of", value);
            field = value;
        }
    } = 200;

    /// <summary>The first radius; where null, the start's 2-norm, or 1 at the origin.</summary>
    /// <exception cref="ArgumentException">It is not positive, or not finite.</exception>
    public double? Radius
    {
        get;
        init
        {
            Require.Positive("TrustRegionOptions", "a radius", value ?? 1);
            Require.NonNegative("TrustRegionOptions", "a radius", value ?? 1);
            field = value;
        }
    }
}
