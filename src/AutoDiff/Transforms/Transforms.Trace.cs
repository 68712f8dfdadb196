namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The function of inputs like the example, called here, once: a function that gives its graph over other inputs and calls it no more.</summary>
    /// <param name="function">The function.</param>
    /// <param name="like">An input of the structure, settings and shapes that the result is for; its values do not matter.</param>
    /// <remarks>For what makes several plans of one function. Transforms take the result like any other function.</remarks>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    /// <exception cref="ArgumentException">When the result is called: the input has another structure, other settings or shapes.</exception>
    public static Func<TIn, TOut> Trace<TIn, TOut>(Func<TIn, TOut> function, TIn like)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Trace));
        var settled =
            Settled<TIn, TOut>.Of(nameof(Trace), function, like)
            ?? throw new InvalidOperationException(
                "[Trace] the function uses a value that is being differentiated or traced; use the function itself"
            );
        return input =>
        {
            var leaves = Tree.Leaves(input, nameof(Trace));
            Tree.RequireSameShapes(like, [.. settled.Inputs], leaves, nameof(Trace));
            Require.That(
                settled.Example.IsLike(input),
                $"[Trace] got an input of another structure or other settings; expected those of the example"
            );
            return Tree.Rebuild(settled.Result, Rewriting.Substitute(settled.Outputs, settled.Inputs, leaves));
        };
    }
}
