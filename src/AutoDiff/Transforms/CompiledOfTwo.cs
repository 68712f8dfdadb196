namespace AutoDiff;

/// <summary>A compiled function of two trees; see <see cref="Compiled{TIn, TOut}"/>.</summary>
/// <typeparam name="TIn1">The first tree of inputs.</typeparam>
/// <typeparam name="TIn2">The second tree of inputs.</typeparam>
/// <typeparam name="TOut">The tree of results.</typeparam>
public sealed class Compiled<TIn1, TIn2, TOut>
    where TIn1 : ITensorTree<TIn1>
    where TIn2 : ITensorTree<TIn2>
    where TOut : ITensorTree<TOut>
{
    private readonly Compiled<Pair<TIn1, TIn2>, TOut> _compiled;

    internal Compiled(Func<TIn1, TIn2, TOut> function, CompileOptions options) =>
        _compiled = new(pair => function(pair.First, pair.Second), options);

    /// <summary>The compiled function as a delegate.</summary>
    public static implicit operator Func<TIn1, TIn2, TOut>(Compiled<TIn1, TIn2, TOut> compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return compiled.Invoke;
    }

    /// <summary>The function's result, a tree of constants.</summary>
    /// <exception cref="NonFiniteException">The function was compiled to check, and a value is NaN or infinite.</exception>
    public TOut Invoke(TIn1 first, TIn2 second) => _compiled.Invoke(new(first, second));

    /// <summary>The executable for inputs of the examples' structure, settings and shapes, for callers that bring their own arrays.</summary>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public Executable For(TIn1 first, TIn2 second) => _compiled.For(new(first, second));

    internal CompileOptions Options => _compiled.Options;

    /// <summary>The plan for inputs like the examples; null where the function uses a value that is being differentiated or traced.</summary>
    internal Compiled<Pair<TIn1, TIn2>, TOut>.Planned? PlanFor(TIn1 first, TIn2 second) => _compiled.PlanFor(new(first, second));
}
