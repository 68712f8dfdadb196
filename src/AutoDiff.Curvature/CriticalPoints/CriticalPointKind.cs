namespace AutoDiff.Curvature;

/// <summary>What the gradient and the Hessian's eigenvalues say of a point.</summary>
public enum CriticalPointKind
{
    /// <summary>The gradient is not zero.</summary>
    NotCritical,

    /// <summary>Every eigenvalue is certainly positive, but for a chance of one in a million where <see cref="CriticalPoint{T}.IndexIsExact"/> is false: a strict local minimum.</summary>
    Minimum,

    /// <summary>Every eigenvalue is certainly negative, with the same reserve: a strict local maximum.</summary>
    Maximum,

    /// <summary>Some eigenvalue is certainly negative and some certainly positive, whatever the rest.</summary>
    Saddle,

    /// <summary>Some eigenvalues cannot be told from zero and the rest have one sign: second derivatives do not decide.</summary>
    Degenerate,

    /// <summary>Only some eigenvalues are known and they do not make it a saddle: others may, or may make it another kind.</summary>
    /// <remarks>Only where <see cref="CriticalPoint{T}.IndexIsExact"/> is false. What is known is in <see cref="CriticalPoint{T}.Lowest"/> and <see cref="CriticalPoint{T}.SmallestPossible"/>.</remarks>
    Undecided,
}
