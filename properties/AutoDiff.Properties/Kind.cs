namespace AutoDiff.Properties;

/// <summary>Which laws a case obeys.</summary>
public enum Kind
{
    /// <summary>All.</summary>
    Differentiable,

    /// <summary>All, and the derivative is 0.</summary>
    PiecewiseConstant,

    /// <summary>The derivative is 0 by decree, whatever a difference says.</summary>
    Stopped,
}
