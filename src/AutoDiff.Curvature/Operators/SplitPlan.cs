namespace AutoDiff.Curvature;

/// <summary>The plans of a function that is split: what a point alone gives is computed once for it.</summary>
internal sealed class SplitPlan(SplitGraph split)
{
    private readonly Executable _before = Executable.Of(split.Before);

    /// <summary>What is known, and the directions → the results.</summary>
    public Executable After { get; } = Executable.Of(split.After);

    /// <summary>What each residual is: plans of one map that read the same have the same nodes.</summary>
    public Tensor[] Residuals { get; } = [.. split.Before.Outputs.ToArray().Select(id => split.Before.Nodes[id])];

    /// <summary>The point's leaves, which are kept, and the residuals there.</summary>
    public double[][] Known(double[][] leaves) => [.. leaves, .. Compute(leaves)];

    /// <summary>The residuals at the point's leaves.</summary>
    public double[][] Compute(double[][] leaves)
    {
        var residuals = Array.ConvertAll(Residuals, residual => new double[residual.Shape.Size]);
        _before.Run(leaves, residuals);
        return residuals;
    }
}
