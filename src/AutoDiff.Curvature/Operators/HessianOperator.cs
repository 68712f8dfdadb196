namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, or its Gauss-Newton part, by exact products: linearized once, so that a product costs the tangent's part only.</summary>
/// <remarks>
/// Vectors are batched, so that a block's work is matrix products. A row of a block has the same bits in any block; those of a product on its own, and of
/// <see cref="ToMatrix"/>, may differ from them in rounding, where a sum of many terms runs in another order.
/// </remarks>
public sealed class HessianOperator : LinearOperator
{
    private readonly HessianPlans _plans;
    private readonly double[][] _leaves;
    private readonly HessianProducts _single;
    private readonly HessianProducts[] _batches;
    private readonly Lazy<HessianRows[]> _rows;
    private Arrays?[]? _spareRows;

    internal HessianOperator(HessianPlans plans, double[][] leaves)
        : base(plans.Size)
    {
        (_plans, _leaves, _single) = (plans, leaves, new(plans.Single, leaves, plans.Sizes));
        _batches = Array.ConvertAll(plans.Batches, batch => new HessianProducts(batch, leaves, plans.Sizes));
        _rows = new(() => Array.ConvertAll(plans.Blocks, block => new HessianRows(block, leaves, plans.Sizes)));
    }

    /// <summary>The Hessian operator of <paramref name="loss"/> at <paramref name="point"/>; n counts all elements of all leaves, in order.</summary>
    /// <remarks>At several points an objective makes the plans once.</remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static HessianOperator Of<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        Require.NotNull(point, "Hessian");
        var scalar = ScalarLoss.Of("Hessian", loss);
        return new(HessianPlans.Of("Hessian", (x, direction) => Transforms.Hvp(scalar, x, direction), point), LeafArrays.Of(point));
    }

    /// <summary>The product with <paramref name="x"/> [n] in random rounding.</summary>
    internal double[] RoundedProduct(ReadOnlySpan<double> x, ulong seed) => _plans.RoundedProduct(_leaves, x, seed);

    /// <inheritdoc/>
    /// <remarks>A batch of unit vectors of one leaf at a time: what is 0 for all of them is not multiplied.</remarks>
    public override double[] ToMatrix(RunOptions? options = null)
    {
        options ??= new();
        var (matrix, rows, done) = (NewMatrix(), _rows.Value, 0);
        (int Block, int Batch)[] batches =
        [
            .. rows.SelectMany((block, i) => Enumerable.Range(0, block.Batches).Select(batch => (i, batch))),
        ];
        Work.Share(batches.Length, ref _spareRows, () => new Arrays?[rows.Length], Write, options);
        return matrix;

        void Write(int i, Arrays?[] arrays)
        {
            var (block, batch) = batches[i];
            var count = rows[block].Write(batch, matrix, arrays[block] ??= rows[block].NewArrays());
            options.Progress?.Report(new("Hessian", (double)Interlocked.Add(ref done, count) / Size));
        }
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y) => _single.Apply(x, y);

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        // The smallest batch that holds a thread's share, else the largest.
        var share = ((count - 1) / options.Threads) + 1;
        var smallest = Array.FindIndex(_plans.Batches, batch => batch.Rows >= share);
        (smallest < 0 ? _batches[^1] : _batches[smallest]).Apply(x, y, count, options);
    }
}
