namespace AutoDiff.Curvature;

/// <summary>Searches that came to one point.</summary>
/// <param name="First">The end of the first.</param>
/// <param name="Canonical">What its point is compared by [n].</param>
internal sealed record PointGroup(SearchEnd First, double[] Canonical)
{
    /// <summary>All ends with the numbers of their starts.</summary>
    public List<(int Start, SearchEnd End)> Members { get; } = [];
}
