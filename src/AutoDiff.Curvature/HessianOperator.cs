namespace AutoDiff.Curvature;

/// <summary>The Hessian of a scalar loss at a point, by exact products: forward over reverse, linearized once, so that a product costs the tangent's part only.</summary>
public sealed class HessianOperator : LinearOperator
{
    /// <summary>Directions a batch: few, so that its intermediate values stay in the cache.</summary>
    private const int Chunk = 4;

    private readonly Func<Tensor, Tensor> _product;
    private readonly Executable _single;
    private Arrays? _spare;

    private HessianOperator(Func<Tensor, Tensor> product, int size)
        : base(size)
    {
        _product = product;
        _single = Transforms.Compile(product).For(Tensor.Zeros([size]));
    }

    /// <summary>The Hessian operator of <paramref name="loss"/> at <paramref name="point"/>; n counts all elements of all leaves, in order.</summary>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    public static HessianOperator Of<T>(Func<T, Tensor> loss, T point)
        where T : ITensorTree<T>
    {
        ArgumentNullException.ThrowIfNull(loss);
        var at = Transforms.Evaluate(point);
        var linear = Transforms.Linearize(Transforms.Grad(loss), at);
        return new(v => TreeMath.Ravel(linear.Apply(TreeMath.Unravel(at, v))), TreeMath.Size(at));
    }

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
        // Every batch has the same size, so that one executable serves all; rows past the last stay unused.
        var rows = Math.Min(Chunk, Size);
        var batch = Transforms.Compile(Transforms.Vmap(_product)).For(Tensor.Zeros([rows, Size]));
        var matrix = new double[Size * Size];
        var (chunks, done) = ((Size + rows - 1) / rows, 0);
        Parallel.For(
            0,
            chunks,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            () => new Arrays(rows * Size),
            (chunk, _, arrays) =>
            {
                var (start, count) = (chunk * rows, Math.Min(rows, Size - (chunk * rows)));
                Array.Clear(arrays.X);
                for (var i = 0; i < count; i++)
                    arrays.X[(i * Size) + start + i] = 1;
                batch.Run(arrays.Inputs, arrays.Outputs);
                arrays.Y.AsSpan(0, count * Size).CopyTo(matrix.AsSpan(start * Size));
                progress?.Report((double)Interlocked.Increment(ref done) / chunks);
                return arrays;
            },
            _ => { }
        );
        return matrix;
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        var arrays = Interlocked.Exchange(ref _spare, null) ?? new Arrays(Size);
        x.CopyTo(arrays.X);
        _single.Run(arrays.Inputs, arrays.Outputs);
        arrays.Y.CopyTo(y);
        Volatile.Write(ref _spare, arrays);
    }

    private sealed class Arrays
    {
        public readonly double[] X;
        public readonly double[] Y;
        public readonly double[][] Inputs;
        public readonly double[][] Outputs;

        public Arrays(int length)
        {
            (X, Y) = (new double[length], new double[length]);
            (Inputs, Outputs) = ([X], [Y]);
        }
    }
}
