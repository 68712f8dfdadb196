namespace AutoDiff;

/// <summary>A function's graph over inputs of its own, once and for all: what calls, plans and linear parts of it are made from.</summary>
/// <param name="Example">The input that was traced.</param>
/// <param name="Inputs">Its leaves.</param>
/// <param name="Result">The result.</param>
/// <param name="Outputs">Its leaves.</param>
internal sealed record Settled<TIn, TOut>(TIn Example, Input[] Inputs, TOut Result, Tensor[] Outputs)
    where TIn : ITensorTree<TIn>
    where TOut : ITensorTree<TOut>
{
    /// <summary>Calls the function, once; null where it uses a value that is being differentiated or traced.</summary>
    /// <remarks>What it computes of constants is computed here, unless a check is to see how it comes about: it has the value that it has everywhere else.</remarks>
    public static Settled<TIn, TOut>? Of(string operation, Func<TIn, TOut> function, TIn like, bool checks = false)
    {
        var leaves = Tree.Leaves(like, operation);
        var names = Tree.Names(like);
        var inputs = new Input[leaves.Length];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = new Input(leaves[i].Shape, names[i].Length == 0 ? "x" : names[i], checks);
        var example = Tree.Rebuild(like, [.. inputs]);
        var result = function(example);
        var outputs = Tree.Leaves(result, operation);
        if (LinearParts.SettledResiduals(outputs, inputs) is not { } residuals)
            return null;
        if (!checks)
            Evaluation.Evaluate(residuals);
        return new(example, inputs, result, outputs);
    }

    /// <summary>The same where there is nothing else to fall back on.</summary>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public static Settled<TIn, TOut> Required(string operation, Func<TIn, TOut> function, TIn like) =>
        Of(operation, function, like)
        ?? throw new InvalidOperationException(
            $"[{operation}] the function uses a value that is being differentiated or traced; expected one of its input and of constants alone"
        );
}
