namespace AutoDiff.Curvature;

/// <summary>How an <see cref="InverseOperator"/> solves.</summary>
public enum InverseMethod
{
    /// <summary>By <see cref="ConjugateGradient"/>: for a positive definite operator.</summary>
    ConjugateGradient,

    /// <summary>By <see cref="MinresQlp"/>: for any symmetric operator that is not singular.</summary>
    Minres,
}
