namespace AutoDiff.Nets;

/// <summary>How resampled statistics become an interval.</summary>
public enum BootstrapMethod
{
    /// <summary>Bias-corrected and accelerated percentiles (Efron 1987).</summary>
    BCa,

    /// <summary>The percentiles of the resampled statistics.</summary>
    Percentile,

    /// <summary>The percentiles mirrored at the sample's statistic: 2·estimate − percentile.</summary>
    Basic,
}
