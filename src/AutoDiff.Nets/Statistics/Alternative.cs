namespace AutoDiff.Nets;

/// <summary>What a test holds against its null hypothesis.</summary>
public enum Alternative
{
    /// <summary>The first sample is either smaller or larger.</summary>
    TwoSided,

    /// <summary>The first sample is smaller.</summary>
    Less,

    /// <summary>The first sample is larger.</summary>
    Greater,
}
