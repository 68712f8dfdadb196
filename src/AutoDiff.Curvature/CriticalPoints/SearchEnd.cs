namespace AutoDiff.Curvature;

/// <summary>Where a search ended.</summary>
/// <param name="At">The last point.</param>
/// <param name="Outcome">Why; converged where Newton's step became short or the gradient is 0.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Products">Products with Hessians.</param>
/// <param name="Flatness">‖Hg‖ ⁄ (‖H‖‖g‖), as last seen.</param>
/// <param name="Scale">The length of the point or of the start, whichever is longer: what distances are relative to.</param>
/// <param name="FirstLoss">The loss at the start.</param>
internal sealed record SearchEnd(
    SearchPoint At,
    Outcome Outcome,
    int Iterations,
    int Products,
    double Flatness,
    double Scale,
    double FirstLoss
)
{
    /// <summary>Whether the place is one at which a critical point may be.</summary>
    public bool IsCandidate => Outcome is Outcome.Converged or Outcome.SmallStep or Outcome.FlatGradient;
}
