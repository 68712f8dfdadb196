namespace AutoDiff.Curvature;

/// <summary>The plan of products with some directions at a time, made when it is first asked for.</summary>
internal sealed class LinearBatch(int rows, Func<SplitGraph> split)
{
    private readonly Lazy<SplitPlan> _plan = new(() => new(split()));

    /// <summary>How many directions there are.</summary>
    public int Rows => rows;

    /// <summary>The directions' leaves → the products' leaves, each a batch [rows, …] where there are several.</summary>
    public SplitPlan Plan => _plan.Value;
}
