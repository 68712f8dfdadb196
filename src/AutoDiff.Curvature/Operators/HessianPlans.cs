namespace AutoDiff.Curvature;

/// <summary>The plans of a loss's Hessian for points of one set of shapes: made once, used at any point.</summary>
internal sealed class HessianPlans
{
    private readonly Lazy<SplitGraph> _product;
    private readonly Lazy<SplitPlan> _single;
    private readonly Lazy<HessianBlock[]> _blocks;

    private HessianPlans(LinearParts parts, int[] sizes)
    {
        (Sizes, Size) = (sizes, sizes.Sum());
        _product = new(parts.Product);
        _single = new(() => new(_product.Value));
        _blocks = new(() =>
        {
            var rows = UnitBlock.Rows(parts.LargestSize);
            return [.. UnitBlock.Of(sizes).Select(block => new HessianBlock(parts, block, block.RowsOf(rows)))];
        });
    }

    /// <summary>The number of elements of each leaf.</summary>
    public int[] Sizes { get; }

    /// <summary>The number of elements of all leaves.</summary>
    public int Size { get; }

    /// <summary>A direction's leaves → the product's leaves.</summary>
    public SplitPlan Single => _single.Value;

    /// <summary>The Hessian's rows, those of some leaves at a time.</summary>
    public HessianBlock[] Blocks => _blocks.Value;

    /// <summary>The plans of a loss for points of the example's shapes.</summary>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static HessianPlans Of<T>(Func<T, Tensor> loss, T like)
        where T : ITensorTree<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        var parts =
            LinearParts.Of((T point) => Transforms.Grad(nameof(Transforms.Hessian), loss, point), like, nameof(Transforms.Hessian))
            ?? throw new InvalidOperationException(
                "[Hessian] the loss uses a value that is being differentiated or traced; use Transforms.Hessian"
            );
        return new(parts, [.. TreeMath.Leaves(like).Select(leaf => leaf.Shape.Size)]);
    }

    /// <summary>The Hessian at the point's leaves times a vector, all in random rounding of one seed.</summary>
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
