namespace AutoDiff.Curvature;

/// <summary>What the gradient and the Hessian's eigenvalues say of a point.</summary>
public enum CriticalPointKind
{
    /// <summary>The gradient is not zero.</summary>
    NotCritical,

    /// <summary>Every eigenvalue is certainly positive: a strict local minimum.</summary>
    Minimum,

    /// <summary>Every eigenvalue is certainly negative: a strict local maximum.</summary>
    Maximum,

    /// <summary>Some eigenvalue is certainly negative and some certainly positive, whatever the rest.</summary>
    Saddle,

    /// <summary>Some eigenvalues cannot be told from zero and the rest have one sign: second derivatives do not decide.</summary>
    Degenerate,
}
