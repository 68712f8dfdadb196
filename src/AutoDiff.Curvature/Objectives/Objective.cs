namespace AutoDiff.Curvature;

/// <summary>Objectives of losses.</summary>
public static class Objective
{
    /// <summary>The objective of a loss at points like <paramref name="like"/>; the loss is called here, once.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="like">A point of the structure, settings and shapes that the objective is for; its values do not matter.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    public static Objective<T> Of<T>(Func<T, Tensor> loss, T like)
        where T : ITensorTree<T> => Of(nameof(Objective), loss, like);

    /// <summary>The objective x ↦ loss(model(x)), which has a Gauss-Newton matrix besides; each function is called here, once.</summary>
    /// <param name="model">The outputs, of any shape.</param>
    /// <param name="loss">A scalar function of the outputs, convex in them if the Gauss-Newton matrix is to be semidefinite.</param>
    /// <param name="like">A point of the structure, settings and shapes that the objective is for; its values do not matter.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar.</exception>
    /// <exception cref="InvalidOperationException">A function uses a value that is being differentiated or traced.</exception>
    public static Objective<T> Of<T>(Func<T, Tensor> model, Func<Tensor, Tensor> loss, T like)
        where T : ITensorTree<T>
    {
        Require.NotNull(model, nameof(Objective));
        Require.NotNull(like, nameof(Objective));
        var outputs = Transforms.Trace(model, like, nameof(Objective));
        var outer = Transforms.Trace(ScalarLoss.Of(nameof(Objective), loss), Tensor.Zeros(outputs(like).Shape), nameof(Objective));
        return new(x => outer(outputs(x)), like, GaussNewton);

        // Jᵀ·(H·(J·v)), H the Hessian of the loss in the outputs.
        T GaussNewton(T x, T direction)
        {
            var jacobian = Transforms.Linearize(outputs, x);
            return jacobian.Transposed().Apply(Transforms.Hvp(outer, jacobian.Value, jacobian.Apply(direction)));
        }
    }

    /// <summary>The objective of a loss that is a mean over examples, which come in batches, at points like <paramref name="like"/>.</summary>
    /// <param name="loss">A scalar function of the tree and a batch: the mean over the batch's examples.</param>
    /// <param name="like">A point of the structure, settings and shapes that the objective is for; its values do not matter.</param>
    /// <param name="batches">The batches in their order, the last as small as it may be. Each is read anew whenever it is needed, one at a time, and must be the same then: a list that loads them holds none in memory.</param>
    /// <param name="regularizer">A scalar function of the tree alone, as weight decay is, added once; null for none.</param>
    /// <param name="weight">A batch's weight, finite and not negative: weights need not sum to one, and a batch of weight 0 does not count. Null for its number of examples, the length of its first leaf's first axis.</param>
    /// <param name="options">Threads where a call does not say, and what an operator may keep.</param>
    /// <remarks>
    /// <para>f(x) = r(x) + Σ w·loss(x, batch) ⁄ Σ w, and its derivatives likewise. Sums run in pairs by the batches' places: the same bits for any number of threads, and for
    /// another size of batches the same but for rounding.</para>
    /// <para>The loss is called once for each set of shapes and settings of a batch, for the first batch and the last one here. A gradient takes one pass over the batches,
    /// a product with one vector or a block another, and a product of the Hessian's residuals one more where they are not kept (<see cref="BatchOptions.KeptBytes"/>). Memory, beside that: a few
    /// results for each thread and log₂ of the number of batches.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">The loss or the regularizer is not a scalar, there is no batch, or one has no such weight.</exception>
    /// <exception cref="InvalidOperationException">A function uses a value that is being differentiated or traced.</exception>
    public static Objective<T> Of<T, TBatch>(
        Func<T, TBatch, Tensor> loss,
        T like,
        IReadOnlyList<TBatch> batches,
        Func<T, Tensor>? regularizer = null,
        Func<TBatch, double>? weight = null,
        BatchOptions? options = null
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(loss, nameof(Objective));
        return OverBatches(
            like,
            batches,
            (x, batch) => BatchFunctions<T, TBatch>.Of(nameof(Objective), loss, x, batch),
            regularizer,
            weight,
            options
        );
    }

    /// <summary>The objective of a model's loss over batches, which has a Gauss-Newton matrix besides.</summary>
    /// <param name="model">The outputs, of any shape, as a function of the tree and a batch.</param>
    /// <param name="loss">A scalar function of the outputs and the batch, the mean over its examples; convex in the outputs if the Gauss-Newton matrix is to be semidefinite.</param>
    /// <param name="like">A point of the structure, settings and shapes that the objective is for; its values do not matter.</param>
    /// <param name="batches">The batches, as of <see cref="Of{T, TBatch}(Func{T, TBatch, Tensor}, T, IReadOnlyList{TBatch}, Func{T, Tensor}, Func{TBatch, double}, BatchOptions)"/>.</param>
    /// <param name="regularizer">A scalar function of the tree alone, added once; null for none. Its whole Hessian is part of the Gauss-Newton matrix.</param>
    /// <param name="weight">A batch's weight; null for its number of examples.</param>
    /// <param name="options">Threads where a call does not say, and what an operator may keep.</param>
    /// <exception cref="ArgumentException">The loss or the regularizer is not a scalar, there is no batch, or one has no such weight.</exception>
    /// <exception cref="InvalidOperationException">A function uses a value that is being differentiated or traced.</exception>
    public static Objective<T> Of<T, TBatch>(
        Func<T, TBatch, Tensor> model,
        Func<Tensor, TBatch, Tensor> loss,
        T like,
        IReadOnlyList<TBatch> batches,
        Func<T, Tensor>? regularizer = null,
        Func<TBatch, double>? weight = null,
        BatchOptions? options = null
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(model, nameof(Objective));
        Require.NotNull(loss, nameof(Objective));
        return OverBatches(
            like,
            batches,
            (x, batch) => BatchFunctions<T, TBatch>.Of(nameof(Objective), model, loss, x, batch),
            regularizer,
            weight,
            options
        );
    }

    /// <summary>The objective of a loss, in the name of an operation.</summary>
    internal static Objective<T> Of<T>(string operation, Func<T, Tensor> loss, T like)
        where T : ITensorTree<T>
    {
        Require.NotNull(like, operation);
        return new(Transforms.Trace(ScalarLoss.Of(operation, loss), like, operation), like);
    }

    private static Objective<T> OverBatches<T, TBatch>(
        T like,
        IReadOnlyList<TBatch> batches,
        Func<T, TBatch, BatchFunctions<T, TBatch>> functions,
        Func<T, Tensor>? regularizer,
        Func<TBatch, double>? weight,
        BatchOptions? options
    )
        where T : ITensorTree<T>
        where TBatch : ITensorTree<TBatch>
    {
        Require.NotNull(like, nameof(Objective));
        return new(
            like,
            point => new BatchLoss(
                LeafArrays.Sizes(point),
                new BatchReader<TBatch, BatchPlans>(
                    nameof(Objective),
                    batches,
                    weight,
                    batch => functions(point, batch).Plans(point, batch)
                ),
                regularizer is null
                    ? null
                    : new WholeLoss<T>(
                        Transforms.Trace(ScalarLoss.Of(nameof(Objective), regularizer), point, nameof(Objective)),
                        point,
                        null
                    ),
                options ?? new()
            )
        );
    }
}
