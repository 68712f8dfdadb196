namespace AutoDiff.Curvature;

/// <summary>How stochastic Lanczos quadrature works.</summary>
public record QuadratureOptions : EstimatorOptions
{
    /// <summary>m, the nodes a probe, each of which takes a product; 80 by default, as usual for Hessians of nets (Ghorbani, Krishnan, Xiao 2019; Papyan 2020 has more).</summary>
    /// <remarks>No more than n are used; where the budget does not reach for two probes, half the budget.</remarks>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Nodes
    {
        get;
        init
        {
            Require.Positive("QuadratureOptions", "a number of nodes of", value);
            field = value;
        }
    } = 80;

    /// <summary>The nodes that are used for an operator of a size.</summary>
    internal int NodesFor(int size) => Math.Max(1, Math.Min(Math.Min(Nodes, size), Math.Max((MaxProducts ?? int.MaxValue) / 2, 1)));
}
