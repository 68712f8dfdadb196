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
    private readonly Lazy<double[][]> _known;
    private readonly Lazy<double[][]> _knownOfBatch;
    private readonly Lazy<HessianRows[]> _rows;
    private Arrays? _spare;
    private Arrays? _spareBatch;
    private Arrays?[]? _spareRows;

    internal HessianOperator(HessianPlans plans, double[][] leaves)
        : base(plans.Size)
    {
        (_plans, _leaves) = (plans, leaves);
        _known = new(() => plans.Single.Known(leaves));
        _knownOfBatch = new(() => plans.Batch.Known(leaves));
        _rows = new(() => Array.ConvertAll(plans.Blocks, block => new HessianRows(block, leaves, plans.Sizes)));
    }

    /// <summary>The Hessian operator of <paramref name="loss"/> at <paramref name="point"/>; n counts all elements of all leaves, in order.</summary>
    /// <remarks>At several points an objective makes the plans once.</remarks>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static HessianOperator Of<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        Require.NotNull(loss, "Hessian");
        var scalar = ScalarLoss.Of("Hessian", loss);
        return new(HessianPlans.Of((x, direction) => Transforms.Hvp(scalar, x, direction), point), LeafArrays.Of(point));
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
        if (options.Threads == 1 || batches.Length == 1)
        {
            var arrays = Interlocked.Exchange(ref _spareRows, null) ?? new Arrays?[rows.Length];
            foreach (var (block, batch) in batches)
                Write(block, batch, arrays);
            Volatile.Write(ref _spareRows, arrays);
        }
        else
            InParallel(
                batches.Length,
                () => new Arrays?[rows.Length],
                (i, arrays) => Write(batches[i].Block, batches[i].Batch, arrays),
                options
            );
        return matrix;

        void Write(int block, int batch, Arrays?[] arrays)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var count = rows[block].Write(batch, matrix, arrays[block] ??= rows[block].NewArrays());
            options.Progress?.Report(new("Hessian", (double)Interlocked.Add(ref done, count) / Size));
        }
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? Arrays.Of(_known.Value, _plans.Sizes, 1);
        arrays.SetRow(0, _plans.Sizes, x);
        _plans.Single.After.Run(arrays.Inputs, arrays.Outputs);
        arrays.CopyRow(0, _plans.Sizes, y);
        Volatile.Write(ref _spare, arrays);
    }

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options)
    {
        // Every batch has the same size, so that one executable serves all; rows past the last are those of an earlier one, and unused.
        var (batches, done) = ((count + _plans.Rows - 1) / _plans.Rows, 0);
        if (options.Threads == 1 || batches == 1)
        {
            var arrays = Interlocked.Exchange(ref _spareBatch, null) ?? NewArrays();
            for (var batch = 0; batch < batches; batch++)
                Run(batch, arrays);
            Volatile.Write(ref _spareBatch, arrays);
        }
        else
            InParallel(batches, NewArrays, Run, options);

        Arrays NewArrays() => Arrays.Of(_knownOfBatch.Value, _plans.Sizes, _plans.Rows);

        void Run(int batch, Arrays arrays)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var start = batch * _plans.Rows;
            var rows = Math.Min(_plans.Rows, count - start);
            for (var row = 0; row < rows; row++)
                arrays.SetRow(row, _plans.Sizes, x.Span.Slice((start + row) * Size, Size));
            _plans.Batch.After.Run(arrays.Inputs, arrays.Outputs);
            for (var row = 0; row < rows; row++)
                arrays.CopyRow(row, _plans.Sizes, y.Span.Slice((start + row) * Size, Size));
            options.Progress?.Report(new("Hessian", (double)Interlocked.Increment(ref done) / batches));
        }
    }

    private static void InParallel<TArrays>(int count, Func<TArrays> make, Action<int, TArrays> run, RunOptions options) =>
        Parallel.For(
            0,
            count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.Cancellation },
            make,
            (i, _, arrays) =>
            {
                run(i, arrays);
                return arrays;
            },
            _ => { }
        );
}
