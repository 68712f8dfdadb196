namespace AutoDiff.Curvature;

/// <summary>The plans of a symmetric map that depends on a point, as a loss's Hessian does, for points of one set of shapes: made once, used at any point.</summary>
internal sealed class HessianPlans
{
    // Directions are batched while the largest of their values stays in a first-level cache: a larger net's products are large enough by themselves.
    private const int CacheElements = 2048;
    private const int MostRows = 64;

    private readonly LinearParts _parts;
    private readonly Graph _beforeGraph;
    private readonly Executable _before;
    private readonly Lazy<Graph> _product;
    private readonly Lazy<Executable> _single;
    private readonly Lazy<Executable> _batch;

    private HessianPlans(LinearParts parts, int[] sizes)
    {
        (_parts, Sizes, Size) = (parts, sizes, sizes.Sum());
        Rows = Math.Min(Size, Math.Clamp(CacheElements / Math.Max(parts.LargestSize, 1), 1, MostRows));
        _beforeGraph = parts.Before();
        _before = Executable.Of(_beforeGraph);
        _product = new(parts.Product);
        _single = new(() => Executable.Of(_product.Value));
        _batch = Rows == 1 ? _single : new(() => Executable.Of(parts.Batched(Rows)));
    }

    /// <summary>The number of elements of each leaf.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of elements of all leaves.</summary>
    public int Size { get; }

    /// <summary>How many directions a batch has.</summary>
    public int Rows { get; }

    /// <summary>What is known, and a direction's leaves → the product's leaves.</summary>
    public Executable Single => _single.Value;

    /// <summary>What is known, and <see cref="Rows"/> directions → their products.</summary>
    public Executable Batch => _batch.Value;

    /// <summary>The plans of (point, direction) → product, linear in the direction and symmetric, for points of the example's shapes.</summary>
    public static HessianPlans Of<T>(Func<T, T, T> product, T like)
        where T : ITensorTree<T> => new(LinearParts.Of(product, like), [.. TreeMath.Leaves(like).Select(leaf => leaf.Shape.Size)]);

    /// <summary>The point's leaves, which are kept, and the residuals there.</summary>
    public double[][] Known(double[][] leaves)
    {
        var known = new double[_parts.Known.Length][];
        for (var i = 0; i < known.Length; i++)
            known[i] = i < leaves.Length ? leaves[i] : new double[_parts.Known[i].Shape.Size];
        _before.Run(leaves, known.AsSpan(leaves.Length));
        return known;
    }

    /// <summary>The map at the point's leaves times a vector, all in random rounding of one seed.</summary>
    public double[] RoundedProduct(double[][] leaves, ReadOnlySpan<double> direction, ulong seed)
    {
        var inputs = new List<double[]>(leaves);
        inputs.AddRange(RoundedEvaluation.Evaluate(_beforeGraph, leaves, seed));
        foreach (var size in Sizes)
        {
            inputs.Add(direction[..size].ToArray());
            direction = direction[size..];
        }
        return [.. RoundedEvaluation.Evaluate(_product.Value, inputs.ToArray(), seed).SelectMany(leaf => leaf)];
    }
}
