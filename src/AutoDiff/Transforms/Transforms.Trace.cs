namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The function of inputs like the example, called here, once: a function that gives its graph over other inputs and calls it no more.</summary>
    /// <param name="function">The function.</param>
    /// <param name="like">An input of the structure, settings and shapes that the result is for; its values do not matter.</param>
    /// <param name="operation">In whose name to refuse.</param>
    /// <remarks>For what makes several plans of one function. Transforms take the result like any other function.</remarks>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    /// <exception cref="ArgumentException">When the result is called: the input has another structure, other settings or shapes.</exception>
    public static Func<TIn, TOut> Trace<TIn, TOut>(Func<TIn, TOut> function, TIn like, string operation = nameof(Trace))
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, operation);
        var settled = Settled<TIn, TOut>.Required(operation, function, like);
        return input =>
        {
            var leaves = Tree.Leaves(input, operation);
            Tree.RequireSameShapes(like, [.. settled.Inputs], leaves, operation);
            Require.That(
                settled.Example.IsLike(input),
                $"[{operation}] got an input of another structure or other settings; expected those of the example"
            );
            return Tree.Rebuild(settled.Result, Rewriting.Substitute(settled.Outputs, settled.Inputs, leaves));
        };
    }
}
