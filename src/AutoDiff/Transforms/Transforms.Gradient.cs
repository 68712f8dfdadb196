namespace AutoDiff;

/// <summary>Transforms of functions over trees: each takes a function and gives another that builds graph, so they nest to any order.</summary>
public static partial class Transforms
{
    /// <summary>The gradient of a scalar function, as a function of the point.</summary>
    /// <typeparam name="T">The tree of parameters.</typeparam>
    /// <exception cref="ArgumentException">When called: the function's result is not a scalar.</exception>
    public static Func<T, T> Grad<T>(Func<T, Tensor> function)
        where T : ITensorTree<T> => point => Grad(function, point);

    /// <summary>The gradient of a scalar function at a point: a tree of the point's structure.</summary>
    /// <exception cref="ArgumentException">The function's result is not a scalar.</exception>
    public static T Grad<T>(Func<T, Tensor> function, T point)
        where T : ITensorTree<T> => Grad(nameof(Grad), function, point);

    /// <summary>The gradient in the name of another operation.</summary>
    internal static T Grad<T>(string operation, Func<T, Tensor> function, T point)
        where T : ITensorTree<T>
    {
        using var traced = Traced<T, Tensor>.At(operation, function, point);
        return traced.Gradient();
    }

    /// <summary>Value and gradient of a scalar function, sharing one forward pass.</summary>
    public static Func<T, (Tensor Value, T Gradient)> ValueAndGrad<T>(Func<T, Tensor> function)
        where T : ITensorTree<T> => point => ValueAndGrad(function, point);

    /// <summary>Value and gradient of a scalar function at a point, sharing one forward pass.</summary>
    /// <exception cref="ArgumentException">The function's result is not a scalar.</exception>
    public static (Tensor Value, T Gradient) ValueAndGrad<T>(Func<T, Tensor> function, T point)
        where T : ITensorTree<T> => ValueAndGrad(nameof(ValueAndGrad), function, point);

    /// <summary>Value and gradient in the name of another operation.</summary>
    internal static (Tensor Value, T Gradient) ValueAndGrad<T>(string operation, Func<T, Tensor> function, T point)
        where T : ITensorTree<T>
    {
        using var traced = Traced<T, Tensor>.At(operation, function, point);
        return (traced.Result, traced.Gradient());
    }

    /// <summary>Value, auxiliary output and gradient of a function that returns a scalar and something more.</summary>
    public static Func<T, (Tensor Value, TAuxiliary Auxiliary, T Gradient)> ValueAndGrad<T, TAuxiliary>(
        Func<T, (Tensor, TAuxiliary)> function
    )
        where T : ITensorTree<T> => point => ValueAndGrad(function, point);

    /// <summary>Value, auxiliary output and gradient at a point of a function that returns a scalar and something more, which is not differentiated.</summary>
    /// <exception cref="ArgumentException">The first result is not a scalar.</exception>
    public static (Tensor Value, TAuxiliary Auxiliary, T Gradient) ValueAndGrad<T, TAuxiliary>(
        Func<T, (Tensor, TAuxiliary)> function,
        T point
    )
        where T : ITensorTree<T>
    {
        Require.NotNull(function, nameof(ValueAndGrad));
        TAuxiliary auxiliary = default!;
        var (value, gradient) = ValueAndGrad(
            x =>
            {
                (var result, auxiliary) = function(x);
                return result;
            },
            point
        );
        return (value, auxiliary, gradient);
    }

    /// <summary>Value and directional derivative: the function at x, and its tangent along v.</summary>
    public static Func<TIn, TIn, (TOut Value, TOut Tangent)> Jvp<TIn, TOut>(Func<TIn, TOut> function)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => (point, tangent) => Jvp(function, point, tangent);

    /// <summary>Value at a point and the tangent J·v along <paramref name="tangent"/>: forward mode.</summary>
    /// <exception cref="ArgumentException">The tangent's shapes are not the point's.</exception>
    public static (TOut Value, TOut Tangent) Jvp<TIn, TOut>(Func<TIn, TOut> function, TIn point, TIn tangent)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => Jvp(nameof(Jvp), function, point, tangent);

    private static (TOut Value, TOut Tangent) Jvp<TIn, TOut>(string operation, Func<TIn, TOut> function, TIn point, TIn tangent)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        using var traced = Traced<TIn, TOut>.At(operation, function, point);
        var tangents = Tree.Leaves(tangent, operation);
        Tree.RequireSameShapes(point, traced.Inputs, tangents, operation);
        return (traced.Result, Tree.Rebuild(traced.Result, traced.Push(tangents)));
    }

    /// <summary>Value at a point, and the function that maps a cotangent w of the result to Jᵀ·w: reverse mode.</summary>
    public static Func<TIn, (TOut Value, Func<TOut, TIn> Pullback)> Vjp<TIn, TOut>(Func<TIn, TOut> function)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => point => Vjp(function, point);

    /// <summary>Value at a point, and the function that maps a cotangent w of the result to Jᵀ·w: reverse mode.</summary>
    /// <remarks>The pullback throws an <see cref="ArgumentException"/> when the cotangent's shapes are not the result's.</remarks>
    public static (TOut Value, Func<TOut, TIn> Pullback) Vjp<TIn, TOut>(Func<TIn, TOut> function, TIn point)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        using var traced = Traced<TIn, TOut>.At(nameof(Vjp), function, point);
        // Pulled back here and now: values that are asked for later let go of the graph that this walks.
        Input[] placeholders = [.. traced.Outputs.Select(output => new Input(output.Shape, "cotangent"))];
        var pulled = traced.Pull([.. placeholders]);
        return (traced.Result, Pullback);

        TIn Pullback(TOut cotangent)
        {
            var cotangents = Tree.Leaves(cotangent, nameof(Vjp));
            Tree.RequireSameShapes(traced.Result, traced.Outputs, cotangents, nameof(Vjp));
            return Tree.Rebuild(point, Rewriting.Substitute(pulled, placeholders, cotangents));
        }
    }

    /// <summary>The product of a scalar function's Hessian with a vector, H·v, as a function of point and vector.</summary>
    public static Func<T, T, T> Hvp<T>(Func<T, Tensor> function)
        where T : ITensorTree<T> => (point, vector) => Hvp(function, point, vector);

    /// <summary>The product of a scalar function's Hessian at a point with a vector: forward over reverse, without forming H.</summary>
    /// <exception cref="ArgumentException">The result is not a scalar, or the vector's shapes are not the point's.</exception>
    public static T Hvp<T>(Func<T, Tensor> function, T point, T vector)
        where T : ITensorTree<T>
    {
        Require.NotNull(function, nameof(Hvp));
        return Jvp(nameof(Hvp), (T x) => Grad(nameof(Hvp), function, x), point, vector).Tangent;
    }
}
