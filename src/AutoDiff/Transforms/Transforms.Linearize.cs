namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The derivative as a linear map, as a function of the point.</summary>
    public static Func<TIn, Linearized<TIn, TOut>> Linearize<TIn, TOut>(Func<TIn, TOut> function)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => point => Linearize(function, point);

    /// <summary>The derivative at a point as a linear map of the tangent.</summary>
    /// <remarks>
    /// The graph is split by dependence on the tangent. Where the point's values are known, the part that does not depend on it is computed here, once;
    /// inside another transform or <see cref="Compile{TIn, TOut}(Func{TIn, TOut}, CompileOptions?)"/> it stays graph.
    /// </remarks>
    public static Linearized<TIn, TOut> Linearize<TIn, TOut>(Func<TIn, TOut> function, TIn point)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => Linearize(nameof(Linearize), function, point);

    private static Linearized<TIn, TOut> Linearize<TIn, TOut>(string operation, Func<TIn, TOut> function, TIn point)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        using var traced = Traced<TIn, TOut>.At(operation, function, point);
        Tensor[] tangents = [.. traced.Inputs.Select(input => new Input(input.Shape, "tangent"))];
        var results = traced.Push(tangents);
        if (LinearParts.SettledResiduals([.. results, .. traced.Outputs], tangents) is not { } residuals)
            return new(point, traced.Result, tangents, results);
        Tensor[] values = [.. Evaluation.Evaluate([.. residuals, .. traced.Outputs], operation)];
        return new(
            point,
            Tree.Rebuild(traced.Result, values[residuals.Count..]),
            tangents,
            Rewriting.Substitute(results, residuals, values[..residuals.Count])
        );
    }
}
