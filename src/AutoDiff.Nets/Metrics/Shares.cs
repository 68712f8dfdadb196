namespace AutoDiff.Nets;

/// <summary>What the shares in a confusion matrix are of.</summary>
public enum Shares
{
    /// <summary>Of each true class: rows add up to 1.</summary>
    OfActual,

    /// <summary>Of each predicted class: columns add up to 1.</summary>
    OfPredicted,

    /// <summary>Of all examples.</summary>
    OfAll,
}
