namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The Hessian matrix of a scalar function, as a function of the point.</summary>
    public static Func<T, Tensor> Hessian<T>(Func<T, Tensor> function)
        where T : ITensorTree<T> => point => Hessian(function, point);

    /// <summary>The Hessian matrix [n, n] of a scalar function at a point; n counts all elements of all leaves, in order.</summary>
    /// <param name="function">A function with a scalar result.</param>
    /// <param name="point">Where.</param>
    /// <param name="chunk">How many directions are batched at a time: fewer take less memory, more make a smaller graph.</param>
    /// <remarks>Forward over reverse, linearized once and batched over unit directions, so that its work is matrix products. Differentiable like everything else.</remarks>
    /// <exception cref="ArgumentException">The result is not a scalar, or the chunk is not positive.</exception>
    public static Tensor Hessian<T>(Func<T, Tensor> function, T point, int chunk = 64)
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
    /// <param name="chunk">How many directions are batched at a time.</param>
    /// <exception cref="ArgumentException">The chunk is not positive.</exception>
    public static Tensor Jacobian<TIn, TOut>(
        Func<TIn, TOut> function,
        TIn point,
        JacobianMode mode = JacobianMode.Automatic,
        int chunk = 64
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
    private static Tensor Columns<TIn, TOut>(Linearized<TIn, TOut> linear, TIn like, int chunk, string operation)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        var leaves = Tree.Leaves(like, operation);
        var values = Tree.Leaves(linear.Value, operation);
        var (size, rows) = (Tree.Size(leaves, operation), Tree.Size(values, operation));
        _ = Shape.Result(operation, [size, rows], Array.ConvertAll([.. leaves, .. values], leaf => leaf.Shape));
        chunk = Math.Min(chunk, Math.Max(1, size));
        foreach (var leaf in leaves)
            _ = Shape.Result(operation, [chunk, .. leaf.Shape], leaf.Shape);
        if (size == 0 || rows == 0)
            return Tensor.Zeros([size, rows]);
        var chunks = new List<Tensor>();
        for (var (start, count) = (0, 0); start < size; start += count)
        {
            count = Math.Min(chunk, size - start);
            var directions = Directions(leaves, start, count, operation);
            var results = linear.ApplyBatched(directions, count);
            chunks.Add(Ops.Concatenate([.. results.Select(result => Ops.Reshape(result, count, result.Shape.Size / count))], 1));
        }
        return Ops.Concatenate(chunks);
    }

    /// <summary>Unit directions <paramref name="start"/> … as a batch [count, …] of each leaf; leaves that none of them touches are one broadcast zero.</summary>
    internal static Tensor[] Directions(IReadOnlyList<Tensor> leaves, int start, int count, string operation)
    {
        var batches = new Tensor[leaves.Count];
        for (int leaf = 0, offset = 0; leaf < batches.Length; offset += leaves[leaf++].Shape.Size)
        {
            var (shape, size) = (leaves[leaf].Shape.Insert(0, count), leaves[leaf].Shape.Size);
            if (start >= offset + size || start + count <= offset || size == 0)
            {
                batches[leaf] = Tensor.Zeros(shape);
                continue;
            }
            var values = Allocation.Of<double>(operation, shape.Size);
            UnitRows.Set(values, offset, size, start, count);
            batches[leaf] = Constant.Owning(values, shape);
        }
        return batches;
    }

    private static void RequireChunk(int chunk, string operation) =>
        Require.That(chunk > 0, $"[{operation}] got chunk {chunk}; expected at least 1");
}
