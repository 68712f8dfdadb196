namespace AutoDiff.Curvature;

/// <summary>How an iteration ended.</summary>
public enum Outcome
{
    /// <summary>The tolerance was met.</summary>
    Converged,

    /// <summary>The iterations allowed were used up; the value is the last iterate.</summary>
    MaxIterations,

    /// <summary>A direction p with pᵀAp &lt; 0 was met: the operator is indefinite, and the direction is part of the answer.</summary>
    NegativeCurvature,

    /// <summary>The iteration cannot go on: a direction of no curvature, no further progress in double precision, or a product that is not finite.</summary>
    Breakdown,
}
