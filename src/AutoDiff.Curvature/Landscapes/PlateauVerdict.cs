namespace AutoDiff.Curvature;

/// <summary>What a training that does not seem to get on is at.</summary>
public enum PlateauVerdict
{
    /// <summary>Some sign of a plateau is missing: the training goes on.</summary>
    NoPlateau,

    /// <summary>All signs are there, and the Hessian has certainly negative curvature at the critical point: leave it by <see cref="CriticalPoint.Classify{T}(Objective{T}, T, CurvatureOptions)"/> and <see cref="Saddle"/>.</summary>
    Saddle,

    /// <summary>All signs are there, and the Hessian is certainly positive definite: the training has arrived.</summary>
    Minimum,

    /// <summary>All signs are there, nothing curves down, and some curvature cannot be told from zero: a valley of minima, or a degenerate saddle that second derivatives do not show.</summary>
    Flat,

    /// <summary>All signs are there, but no critical point within reach: a slope so gentle that it looks like a plateau, as where units are saturated.</summary>
    Undecided,

    /// <summary>Steps turn back and forth along the sharpest direction and do not shrink: the rate is at the edge of stability, not the point at a plateau. Lower the rate.</summary>
    Oscillation,
}
