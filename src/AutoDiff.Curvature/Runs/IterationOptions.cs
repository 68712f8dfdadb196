namespace AutoDiff.Curvature;

/// <summary>What may be said of any iteration besides: how long it may go on.</summary>
public record IterationOptions : RunOptions
{
    /// <summary>The number of steps allowed; null for the method's own.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int? MaxIterations
    {
        get;
        init
        {
            Require.NonNegative("IterationOptions", "a maximum of iterations", value ?? 0);
            field = value;
        }
    }

    /// <summary>The number of products with the operator after which no step begins; null for no limit. A step under way, and what checks its result, may exceed it.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int? MaxProducts
    {
        get;
        init
        {
            Require.NonNegative("IterationOptions", "a maximum of products", value ?? 0);
            field = value;
        }
    }
}
