namespace AutoDiff;

/// <summary>A function of a point and of directions there as two graphs: the residuals, which depend on the point alone, and the rest, which reads them.</summary>
public sealed class SplitGraph
{
    private SplitGraph(Graph before, Graph after) => (Before, After) = (before, after);

    /// <summary>The point's leaves → the residuals.</summary>
    public Graph Before { get; }

    /// <summary>The point's leaves, the residuals and the directions → the results.</summary>
    public Graph After { get; }

    /// <summary>The split of the results by their dependence on the directions.</summary>
    /// <param name="point">The point's leaves.</param>
    /// <param name="directions">What the residuals do not depend on.</param>
    /// <param name="results">Functions of both.</param>
    /// <param name="at">The directions' values where they are known once and for all, and no inputs of <see cref="After"/>; else null.</param>
    internal static SplitGraph Of(Input[] point, Input[] directions, Tensor[] results, Tensor[]? at = null)
    {
        var residuals = Residuals.Of(results, directions);
        var stored = residuals.ConvertAll(residual => new Input(residual.Shape, "residual"));
        var rest = Rewriting.Substitute(results, [.. residuals, .. at is null ? [] : directions], [.. stored, .. at ?? []]);
        return new(Graph.Of(point, residuals), Graph.Of([.. point, .. stored, .. at is null ? directions : []], rest));
    }
}
