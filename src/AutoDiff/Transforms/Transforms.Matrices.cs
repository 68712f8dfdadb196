namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The Hessian matrix of a scalar function, as a function of the point.</summary>
    public static Func<T, Tensor> Hessian<T>(Func<T, Tensor> function)
        where T : ITensorTree<T> => point => Hessian(function, point);

    /// <summary>The Hessian matrix [n, n] of a scalar function at a point; n counts all elements of all leaves, in order.</summary>
    /// <param name="function">A function with a scalar result.</param>
    /// <param name="point">Where.</param>
    /// <param name="chunk">The most directions that are batched at a time: fewer take less memory, more make a smaller graph; by default, 4 to 32 by the sizes of the graph and of this machine's cache.</param>
    /// <remarks>Forward over reverse, linearized once and batched over unit directions, so that its work is matrix products. Differentiable like everything else.</remarks>
    /// <exception cref="ArgumentException">The result is not a scalar, or the chunk is not positive.</exception>
    public static Tensor Hessian<T>(Func<T, Tensor> function, T point, int? chunk = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(function, nameof(Hessian));
        RequireChunk(chunk, nameof(Hessian));
        return Columns(Linearize(nameof(Hessian), (T x) => Grad(nameof(Hessian), function, x), point), point, chunk, nameof(Hessian));
    }

    /// <summary>The Jacobian matrix, as a function of the point.</summary>
    public static Func<TIn, Tensor> Jacobian<TIn, TOut>(Func<TIn, TOut> function, JacobianMode mode = JacobianMode.Automatic)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => point => Jacobian(function, point, mode);

    /// <summary>The Jacobian matrix [m, n] at a point: row i is the derivative of result element i, column j that with respect to input element j, leaves in order.</summary>
    /// <param name="function">The function.</param>
    /// <param name="point">Where.</param>
    /// <param name="mode">Forward costs a tangent for each of n inputs, reverse a cotangent for each of m results; automatic takes the fewer.</param>
    /// <param name="chunk">The most directions that are batched at a time; by default as for <see cref="Hessian{T}(Func{T, Tensor}, T, int?)"/>.</param>
    /// <exception cref="ArgumentException">The chunk is not positive.</exception>
    public static Tensor Jacobian<TIn, TOut>(
        Func<TIn, TOut> function,
        TIn point,
        JacobianMode mode = JacobianMode.Automatic,
        int? chunk = null
    )
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.That(Enum.IsDefined(mode), $"[Jacobian] got mode {(int)mode}; expected a member of {nameof(JacobianMode)}");
        RequireChunk(chunk, nameof(Jacobian));
        var linear = Linearize(nameof(Jacobian), function, point);
        var (inputs, results) = (
            Tree.Size(Tree.Leaves(point, nameof(Jacobian)), nameof(Jacobian)),
            Tree.Size(Tree.Leaves(linear.Value, nameof(Jacobian)), nameof(Jacobian))
        );
        var forward = mode == JacobianMode.Forward || (mode == JacobianMode.Automatic && inputs <= results);
        return forward
            ? Ops.Transpose(Columns(linear, point, chunk, nameof(Jacobian)))
            : Columns(linear.Transposed(), linear.Value, chunk, nameof(Jacobian));
    }

    /// <summary>Row i: the linear map of unit direction i, ravelled.</summary>
    private static Tensor Columns<TIn, TOut>(Linearized<TIn, TOut> linear, TIn like, int? chunk, string operation)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        var leaves = Tree.Leaves(like, operation);
        var values = Tree.Leaves(linear.Value, operation);
        var (size, rows) = (Tree.Size(leaves, operation), Tree.Size(values, operation));
        _ = Shape.Result(operation, [size, rows], Array.ConvertAll([.. leaves, .. values], leaf => leaf.Shape));
        var most = Math.Min(chunk ?? linear.Rows, Math.Max(1, size));
        foreach (var leaf in leaves)
            _ = Shape.Result(operation, [most, .. leaf.Shape], leaf.Shape);
        if (size == 0 || rows == 0)
            return Tensor.Zeros([size, rows]);
        var chunks = new List<Tensor>();
        foreach (var block in UnitBlock.Of(leaves.Select(leaf => leaf.Shape.Size)))
        {
            var count = block.RowsOf(most);
            for (var start = 0; start < block.Size; start += count)
            {
                // A last batch that is not full begins among the directions before it: its results then have the bits that they have in a full one.
                var skipped = Math.Max(0, start + count - block.Size);
                var results = linear.ApplyToUnits(block, Positions(start - skipped, count));
                var chunkRows = Ops.Concatenate([.. results.Select(result => Ops.Reshape(result, count, result.Shape.Size / count))], 1);
                chunks.Add(Ops.Slice(chunkRows, 0, skipped));
            }
        }
        return Ops.Concatenate(chunks);
    }

    private static Tensor Positions(int start, int count)
    {
        var positions = new double[count];
        for (var i = 0; i < count; i++)
            positions[i] = start + i;
        return Tensor.Of(positions);
    }

    private static void RequireChunk(int? chunk, string operation) =>
        Require.That(chunk is not <= 0, $"[{operation}] got chunk {chunk}; expected at least 1");
}
