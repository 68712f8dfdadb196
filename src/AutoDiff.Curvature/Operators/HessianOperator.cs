namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, by exact products: forward over reverse, linearized once, so that a product costs the tangent's part only.</summary>
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
        var matrix = new double[Size * Size];
        if (Size == 0)
            return matrix;
        // Every batch has the same size, so that one executable serves all; rows past the last stay unused.
        var chunks = (Size + _plans.Rows - 1) / _plans.Rows;
        if (threads == 1 || chunks == 1)
            OnOneThread(matrix, chunks, progress, cancellation);
        else
            OnThreads(matrix, chunks, threads, progress, cancellation);
        return matrix;
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? new Arrays(_plans, _known, 1);
        var offset = 0;
        foreach (var leaf in arrays.Directions)
        {
            x.Slice(offset, leaf.Length).CopyTo(leaf);
            offset += leaf.Length;
        }
        _plans.Single.Run(arrays.Inputs, arrays.Outputs);
        arrays.CopyRow(0, y);
        Volatile.Write(ref _spare, arrays);
    }

    private void OnOneThread(double[] matrix, int chunks, IProgress<double>? progress, CancellationToken cancellation)
    {
        var arrays = Interlocked.Exchange(ref _spareBatch, null) ?? new Arrays(_plans, _known, _plans.Rows);
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            cancellation.ThrowIfCancellationRequested();
            Rows(matrix, chunk, arrays);
            progress?.Report((chunk + 1.0) / chunks);
        }
        Volatile.Write(ref _spareBatch, arrays);
    }

    private void OnThreads(double[] matrix, int chunks, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var done = 0;
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new Arrays(_plans, _known, _plans.Rows),
            (chunk, _, arrays) =>
            {
                Rows(matrix, chunk, arrays);
                progress?.Report((double)Interlocked.Increment(ref done) / chunks);
                return arrays;
            },
            _ => { }
        );
    }

    private void Rows(double[] matrix, int chunk, Arrays arrays)
    {
        var (start, count) = (chunk * _plans.Rows, Math.Min(_plans.Rows, Size - (chunk * _plans.Rows)));
        arrays.SetUnits(start, count, 1);
        _plans.Batch.Run(arrays.Inputs, arrays.Outputs);
        arrays.SetUnits(start, count, 0);
        for (var row = 0; row < count; row++)
            arrays.CopyRow(row, matrix.AsSpan((start + row) * Size, Size));
    }

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
            {
                var (from, to) = (Math.Max(start, offset), Math.Min(start + count, offset + _sizes[leaf]));
                for (var i = from; i < to; i++)
                    Directions[leaf][((i - start) * _sizes[leaf]) + (i - offset)] = value;
            }
        }

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
