namespace AutoDiff.Curvature;

/// <summary>The plans of a symmetric map that depends on a point, as a loss's Hessian does, for points of one set of shapes: made once, used at any point.</summary>
internal sealed class HessianPlans
{
    private readonly Lazy<SplitGraph> _product;
    private readonly Lazy<SplitPlan> _single;
    private readonly Lazy<SplitPlan> _batch;
    private readonly Lazy<HessianBlock[]> _blocks;

    private HessianPlans(LinearParts parts, int[] sizes)
    {
        (Sizes, Size) = (sizes, sizes.Sum());
        Rows = UnitBlock.Rows(parts.LargestSize);
        _product = new(parts.Product);
        _single = new(() => new(_product.Value));
        _batch = new(() => new(parts.Batched(Rows)));
        _blocks = new(() => [.. UnitBlock.Of(sizes).Select(block => new HessianBlock(parts, block, block.RowsOf(Rows)))]);
    }

    /// <summary>The number of elements of each leaf.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of elements of all leaves.</summary>
    public int Size { get; }

    /// <summary>How many directions a batch has.</summary>
    public int Rows { get; }

    /// <summary>A direction's leaves → the product's leaves.</summary>
    public SplitPlan Single => _single.Value;

    /// <summary><see cref="Rows"/> directions → their products.</summary>
    public SplitPlan Batch => _batch.Value;

    /// <summary>The matrix's rows, those of some leaves at a time.</summary>
    public HessianBlock[] Blocks => _blocks.Value;

    /// <summary>The plans of (point, direction) → product, linear in the direction and symmetric, for points of the example's shapes.</summary>
    public static HessianPlans Of<T>(Func<T, T, T> product, T like)
        where T : ITensorTree<T> => new(LinearParts.Of(product, like), [.. TreeMath.Leaves(like).Select(leaf => leaf.Shape.Size)]);

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
}
