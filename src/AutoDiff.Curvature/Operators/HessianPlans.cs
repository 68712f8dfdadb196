namespace AutoDiff.Curvature;

/// <summary>The plans of a symmetric map that depends on a point, as a loss's Hessian does, for points of one set of shapes: made once, used at any point.</summary>
internal sealed class HessianPlans
{
    // From three on the size of a batch changes no bit.
    private const int FewestRows = 4;

    private readonly Lazy<SplitGraph> _product;
    private readonly Lazy<HessianBlock[]> _blocks;

    private HessianPlans(LinearParts parts, int[] sizes)
    {
        (Sizes, Size) = (sizes, sizes.Sum());
        _product = new(parts.Product);
        Single = new(1, () => _product.Value);
        Batches = [.. BatchSizes(parts.Rows).Select(rows => new HessianBatch(rows, () => parts.Batched(rows)))];
        _blocks = new(() => [.. parts.Units(parts.Rows).Select(units => new HessianBlock(units))]);
    }

    /// <summary>The number of elements of each leaf.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of elements of all leaves.</summary>
    public int Size { get; }

    /// <summary>A direction → its product.</summary>
    public HessianBatch Single { get; }

    /// <summary>Directions → their products, in batches of few, of twice as many, and so on.</summary>
    public HessianBatch[] Batches { get; }

    /// <summary>The matrix's rows, those of some leaves at a time.</summary>
    public HessianBlock[] Blocks => _blocks.Value;

    /// <summary>The plans of (point, direction) → product, linear in the direction and symmetric, for points of the example's shapes.</summary>
    public static HessianPlans Of<T>(string operation, Func<T, T, T> product, T like)
        where T : ITensorTree<T> =>
        new(LinearParts.Of(product, like, operation), [.. TreeMath.Leaves(like).Select(leaf => leaf.Shape.Size)]);

    /// <summary>The map at the point's leaves times a vector, all in random rounding of one seed.</summary>
    public double[] RoundedProduct(double[][] leaves, ReadOnlySpan<double> direction, ulong seed)
    {
        var inputs = new List<double[]>(leaves);
        inputs.AddRange(RoundedEvaluation.Evaluate(_product.Value.Before, leaves, seed));
        foreach (var size in Sizes)
        {
            inputs.Add(direction[..size].ToArray());
            direction = direction[size..];
        }
        return [.. RoundedEvaluation.Evaluate(_product.Value.After, inputs.ToArray(), seed).SelectMany(leaf => leaf)];
    }

    private static IEnumerable<int> BatchSizes(int most)
    {
        for (var rows = FewestRows; rows < most; rows *= 2)
            yield return rows;
        yield return most;
    }
}
