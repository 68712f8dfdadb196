namespace AutoDiff.Curvature;

/// <summary>What of a Hessian's spectrum a point was classified by.</summary>
public enum Examination
{
    /// <summary>All n eigenvalues, and factorizations beside them.</summary>
    All,

    /// <summary>The numbers of negative, zero and positive eigenvalues by factorizations, and some eigenvalues at both ends.</summary>
    Inertia,

    /// <summary>Some eigenvalues at both ends: the numbers of negative, zero and positive ones are at least those seen.</summary>
    Ends,
}
