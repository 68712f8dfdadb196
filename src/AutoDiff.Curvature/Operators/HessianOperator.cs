namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, by exact products: forward over reverse, linearized once, so that a product costs the tangent's part only.</summary>
public sealed class HessianOperator : LinearOperator
{
    private readonly HessianPlans _plans;
    private readonly double[][] _leaves;
    private readonly Lazy<double[][]> _known;
    private readonly Lazy<HessianRows[]> _rows;
    private Arrays? _spare;
    private Arrays?[]? _spareRows;

    internal HessianOperator(HessianPlans plans, double[][] leaves)
        : base(plans.Size)
    {
        (_plans, _leaves) = (plans, leaves);
        _known = new(() => plans.Single.Known(leaves));
        _rows = new(() => Array.ConvertAll(plans.Blocks, block => new HessianRows(block, leaves, plans.Sizes)));
    }

    /// <summary>The Hessian operator of <paramref name="loss"/> at <paramref name="point"/>; n counts all elements of all leaves, in order.</summary>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static HessianOperator Of<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        var at = Transforms.Evaluate(point);
        return new(HessianPlans.Of(loss, at), [.. TreeMath.Leaves(at).Select(leaf => leaf.ToArray())]);
    }

    /// <summary>The operator at another point, with the same plans.</summary>
    internal HessianOperator At(double[][] leaves) => new(_plans, leaves);

    /// <summary>The product with <paramref name="x"/> [n] in random rounding.</summary>
    internal double[] RoundedProduct(ReadOnlySpan<double> x, ulong seed) => _plans.RoundedProduct(_leaves, x, seed);

    /// <summary>All n² elements [n, n], row-major, from products with unit vectors, a batch of them at a time.</summary>
    /// <param name="threads">How many batches may run at once; the result does not depend on it.</param>
    /// <param name="progress">Told the fraction done.</param>
    /// <param name="cancellation">Stops the work between two batches.</param>
    /// <exception cref="ArgumentException">There is not at least one thread.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public double[] ToMatrix(int threads = 1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        Check.Positive("HessianOperator.ToMatrix", "threads", threads);
        if ((long)Size * Size > Array.MaxLength)
            Check.Fail(
                $"[HessianOperator.ToMatrix] {Size} parameters give a matrix of {(long)Size * Size} elements; expected no more than {Array.MaxLength}"
            );
        var matrix = GC.AllocateUninitializedArray<double>(Size * Size); // every element is written
        var (rows, done) = (_rows.Value, 0);
        if (threads == 1)
        {
            var arrays = Interlocked.Exchange(ref _spareRows, null) ?? new Arrays?[rows.Length];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var batch = 0; batch < rows[i].Batches; batch++)
                    Write(i, batch, arrays);
            }
            Volatile.Write(ref _spareRows, arrays);
            return matrix;
        }
        (int Block, int Batch)[] batches =
        [
            .. rows.SelectMany((block, i) => Enumerable.Range(0, block.Batches).Select(batch => (i, batch))),
        ];
        Parallel.For(
            0,
            batches.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new Arrays?[rows.Length],
            (i, _, arrays) =>
            {
                Write(batches[i].Block, batches[i].Batch, arrays);
                return arrays;
            },
            _ => { }
        );
        return matrix;

        void Write(int block, int batch, Arrays?[] arrays)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = rows[block].Write(batch, matrix, arrays[block] ??= rows[block].NewArrays());
            progress?.Report((double)Interlocked.Add(ref done, count) / Size);
        }
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? NewArrays();
        var rest = arrays.Inputs.AsSpan()[^_plans.Sizes.Length..];
        foreach (var leaf in rest)
        {
            x[..leaf.Length].CopyTo(leaf);
            x = x[leaf.Length..];
        }
        _plans.Single.After.Run(arrays.Inputs, arrays.Outputs);
        foreach (var leaf in arrays.Outputs)
        {
            leaf.CopyTo(y);
            y = y[leaf.Length..];
        }
        Volatile.Write(ref _spare, arrays);
    }

    private Arrays NewArrays() =>
        new([.. _known.Value, .. _plans.Sizes.Select(size => new double[size])], Array.ConvertAll(_plans.Sizes, size => new double[size]));
}
