namespace AutoDiff.Numerics;

/// <summary>Numbers of eigenvalues below, within and above a band around zero.</summary>
/// <param name="Below">Eigenvalues less than −τ.</param>
/// <param name="Within">Eigenvalues from −τ to τ.</param>
/// <param name="Above">Eigenvalues greater than τ.</param>
public sealed record InertiaBand(int Below, int Within, int Above)
{
    /// <summary>The band's half width τ.</summary>
    public required double Threshold { get; init; }

    /// <summary>How many eigenvalues could not be told from −τ or from τ; they count as within.</summary>
    public required int Uncertain { get; init; }

    /// <summary>An eigenvalue farther than this from both −τ and τ is counted rightly: rounding's level and the error of the matrix.</summary>
    public required double Uncertainty { get; init; }

    /// <summary>Whether every eigenvalue could be told from −τ and from τ, and the band is wider than the uncertainty.</summary>
    public bool IsCertain => Uncertain == 0 && Threshold > Uncertainty;
}
