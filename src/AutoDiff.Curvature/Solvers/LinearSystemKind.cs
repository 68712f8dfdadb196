namespace AutoDiff.Curvature;

/// <summary>What a solution x of Ax = b turned out to solve.</summary>
public enum LinearSystemKind
{
    /// <summary>Not known: the iteration ended before either criterion was met.</summary>
    Undecided,

    /// <summary>Ax = b itself, to the tolerance.</summary>
    Compatible,

    /// <summary>b is not in the operator's range, to the tolerance: x makes ‖b − Ax‖ least.</summary>
    LeastSquares,
}
