namespace AutoDiff;

/// <summary>The reductions over axes that are primitives.</summary>
public enum Reduction
{
    /// <summary>Σ x; 0 over no elements.</summary>
    Sum,

    /// <summary>The largest element; NaN where any is. Ties share the derivative equally. At least one element.</summary>
    Max,

    /// <summary>The smallest element; NaN where any is. Ties share the derivative equally. At least one element.</summary>
    Min,

    /// <summary>ln Σ eˣ, without overflow; −∞ over elements that are all −∞, where its derivative is 0.</summary>
    LogSumExp,
}
