namespace AutoDiff.Nets;

/// <summary>The distribution that weights of a given variance are drawn from.</summary>
public enum WeightDistribution
{
    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Uniform: of the standard deviation σ in ±√3 σ.</summary>
    Uniform,

    /// <summary>Normal under the condition of being within two of its own standard deviations, and scaled so that it has the variance asked for.</summary>
    TruncatedNormal,
}
