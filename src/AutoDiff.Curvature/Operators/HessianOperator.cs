namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, or its Gauss-Newton part, by exact products: linearized once, so that a product costs the tangent's part only.</summary>
/// <remarks>
/// Vectors are batched, so that a block's work is matrix products. A row of a block has the same bits in any block; those of a product on its own may differ from them in
/// rounding, where a sum of many terms runs in another order.
/// </remarks>
public sealed class HessianOperator : LinearOperator
{
    private readonly HessianPlans _plans;
    private readonly double[][] _leaves;
    private readonly double[][] _known;
    private Arrays? _spare;
    private Arrays? _spareBatch;

    internal HessianOperator(HessianPlans plans, double[][] leaves)
        : base(plans.Size) => (_plans, _leaves, _known) = (plans, leaves, plans.Known(leaves));

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
    /// <remarks>A batch of unit vectors at a time.</remarks>
    public override double[] ToMatrix(RunOptions? options = null)
    {
        options ??= new();
        var matrix = NewMatrix();
        if (Size == 0)
            return matrix;
        Batches(
            Size,
            (start, count, arrays) =>
            {
                arrays.SetUnits(start, count, 1);
                _plans.Batch.Run(arrays.Inputs, arrays.Outputs);
                arrays.SetUnits(start, count, 0);
                for (var row = 0; row < count; row++)
                    arrays.CopyRow(row, matrix.AsSpan((start + row) * Size, Size));
            },
            options
        );
        return matrix;
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? new Arrays(_plans, _known, 1);
        arrays.SetRow(0, x);
        _plans.Single.Run(arrays.Inputs, arrays.Outputs);
        arrays.CopyRow(0, y);
        Volatile.Write(ref _spare, arrays);
    }

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Batches(
            count,
            (start, rows, arrays) =>
            {
                for (var row = 0; row < rows; row++)
                    arrays.SetRow(row, x.Span.Slice((start + row) * Size, Size));
                _plans.Batch.Run(arrays.Inputs, arrays.Outputs);
                arrays.Clear();
                for (var row = 0; row < rows; row++)
                    arrays.CopyRow(row, y.Span.Slice((start + row) * Size, Size));
            },
            options
        );

    /// <summary>Runs the batches that so many directions make: (first direction, how many, arrays whose directions are 0 before and after).</summary>
    private void Batches(int directions, Action<int, int, Arrays> run, RunOptions options)
    {
        // Every batch has the same size, so that one executable serves all; rows past the last stay unused.
        var batches = (directions + _plans.Rows - 1) / _plans.Rows;
        if (options.Threads == 1 || batches == 1)
            OnOneThread(directions, batches, run, options);
        else
            OnThreads(directions, batches, run, options);
    }

    private void OnOneThread(int directions, int batches, Action<int, int, Arrays> run, RunOptions options)
    {
        var arrays = Interlocked.Exchange(ref _spareBatch, null) ?? new Arrays(_plans, _known, _plans.Rows);
        for (var batch = 0; batch < batches; batch++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            Run(batch, directions, run, arrays);
            options.Progress?.Report(new("Hessian", (batch + 1.0) / batches));
        }
        Volatile.Write(ref _spareBatch, arrays);
    }

    private void OnThreads(int directions, int batches, Action<int, int, Arrays> run, RunOptions options)
    {
        var done = 0;
        Parallel.For(
            0,
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.Cancellation },
            () => new Arrays(_plans, _known, _plans.Rows),
            (batch, _, arrays) =>
            {
                Run(batch, directions, run, arrays);
                options.Progress?.Report(new("Hessian", (double)Interlocked.Increment(ref done) / batches));
                return arrays;
            },
            _ => { }
        );
    }

    private void Run(int batch, int directions, Action<int, int, Arrays> run, Arrays arrays) =>
        run(batch * _plans.Rows, Math.Min(_plans.Rows, directions - (batch * _plans.Rows)), arrays);

    /// <summary>The arrays of one running product: what is known, directions [rows, …] and products [rows, …] of each leaf.</summary>
    private sealed class Arrays
    {
        public readonly double[][] Inputs;
        public readonly double[][] Directions;
        public readonly double[][] Outputs;
        private readonly int[] _sizes;

        public Arrays(HessianPlans plans, double[][] known, int rows)
        {
            _sizes = plans.Sizes;
            Directions = Array.ConvertAll(_sizes, size => new double[rows * size]);
            Outputs = Array.ConvertAll(_sizes, size => new double[rows * size]);
            Inputs = [.. known, .. Directions];
        }

        /// <summary>Sets the element that makes each of the rows a unit direction; all others are 0.</summary>
        public void SetUnits(int start, int count, double value)
        {
            var offset = 0;
            for (var leaf = 0; leaf < _sizes.Length; offset += _sizes[leaf++])
                UnitRows.Set(Directions[leaf], offset, _sizes[leaf], start, count, value);
        }

        /// <summary>Sets a direction.</summary>
        public void SetRow(int row, ReadOnlySpan<double> from)
        {
            for (var leaf = 0; leaf < _sizes.Length; leaf++)
            {
                from[.._sizes[leaf]].CopyTo(Directions[leaf].AsSpan(row * _sizes[leaf]));
                from = from[_sizes[leaf]..];
            }
        }

        /// <summary>Sets all directions to 0.</summary>
        public void Clear() => Array.ForEach(Directions, Array.Clear);

        public void CopyRow(int row, Span<double> to)
        {
            for (var leaf = 0; leaf < _sizes.Length; leaf++)
            {
                Outputs[leaf].AsSpan(row * _sizes[leaf], _sizes[leaf]).CopyTo(to);
                to = to[_sizes[leaf]..];
            }
        }
    }
}
