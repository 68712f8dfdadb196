namespace AutoDiff.Curvature;

/// <summary>The plans of a function that is split: what a point alone gives is computed once for it.</summary>
internal sealed class SplitPlan(SplitGraph split)
{
    private readonly Executable _before = Executable.Of(split.Before);
    private readonly int[] _sizes = [.. split.Before.Outputs.ToArray().Select(id => split.Before.Nodes[id].Shape.Size)];

    /// <summary>What is known, and the directions → the results.</summary>
    public Executable After { get; } = Executable.Of(split.After);

    /// <summary>The point's leaves, which are kept, and the residuals there.</summary>
    public double[][] Known(double[][] leaves)
    {
        var residuals = Array.ConvertAll(_sizes, size => new double[size]);
        _before.Run(leaves, residuals);
        return [.. leaves, .. residuals];
    }
}
