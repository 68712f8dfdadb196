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

    /// <summary>The objective of a loss, in the name of an operation.</summary>
    internal static Objective<T> Of<T>(string operation, Func<T, Tensor> loss, T like)
        where T : ITensorTree<T>
    {
        Require.NotNull(like, operation);
        return new(Transforms.Trace(ScalarLoss.Of(operation, loss), like, operation), like);
    }
}
