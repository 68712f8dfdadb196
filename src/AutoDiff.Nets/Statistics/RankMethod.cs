namespace AutoDiff.Nets;

/// <summary>How a rank test comes to its p-value.</summary>
public enum RankMethod
{
    /// <summary>Exact where the samples are small and have no ties, else asymptotic; each test states its rule.</summary>
    Auto,

    /// <summary>From the statistic's distribution over all orders, each equally likely; for samples without ties.</summary>
    Exact,

    /// <summary>From the normal distribution, its variance corrected for ties.</summary>
    Asymptotic,
}
