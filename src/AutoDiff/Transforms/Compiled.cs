namespace AutoDiff;

/// <summary>A function over trees, traced once for each structure, settings and shapes of its input and then run as a plan.</summary>
/// <remarks>
/// What an input holds besides leaves is fixed in its plan: two inputs share one only where <see cref="ITensorTree{TSelf}.IsLike"/> says so. The plans used last
/// are kept, <see cref="CompileOptions.Plans"/> of them. What the function captures is read when it is traced.
/// Reentrant: many threads may call it at once. The same inputs give the same bits. Inside another transform, where the inputs have no values yet,
/// a call is the function itself: it adds to the graph being built, and is differentiated like any other.
/// </remarks>
/// <typeparam name="TIn">The tree of inputs.</typeparam>
/// <typeparam name="TOut">The tree of results.</typeparam>
public sealed class Compiled<TIn, TOut>
    where TIn : ITensorTree<TIn>
    where TOut : ITensorTree<TOut>
{
    private readonly Func<TIn, TOut> _function;
    private readonly RecentlyUsed<Planned> _plans;
    private Compiled<TIn, TreeList<Tensor>, TOut>? _withBatch;

    internal Compiled(Func<TIn, TOut> function, CompileOptions options) =>
        (_function, Options, _plans) = (function, options, new(options.Plans));

    internal CompileOptions Options { get; }

    /// <summary>The same function of an input and a batch of nothing, with plans of its own.</summary>
    internal Compiled<TIn, TreeList<Tensor>, TOut> WithBatch =>
        Volatile.Read(ref _withBatch)
        ?? Interlocked.CompareExchange(ref _withBatch, new((input, _) => _function(input), Options), null)
        ?? _withBatch;

    /// <summary>The compiled function as a delegate.</summary>
    public static implicit operator Func<TIn, TOut>(Compiled<TIn, TOut> compiled)
    {
        ArgumentNullException.ThrowIfNull(compiled);
        return compiled.Invoke;
    }

    /// <summary>The function's result, a tree of constants.</summary>
    /// <exception cref="NonFiniteException">The function was compiled to check, and a value is NaN or infinite.</exception>
    public TOut Invoke(TIn input)
    {
        var leaves = Tree.Leaves(input, nameof(Transforms.Compile));
        if (!Array.TrueForAll(leaves, leaf => leaf is Constant))
        {
            if (!Evaluation.IsSettled(Walk.Order(leaves)))
                return _function(input);
            leaves = Evaluation.Evaluate(leaves);
        }
        // What the function uses besides its input may be under differentiation; then it has no plan of its own.
        if (PlanFor(input, leaves) is not { } plan)
            return _function(input);
        var inputs = new double[leaves.Length][];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = ((Constant)leaves[i]).Buffer;
        var outputs = new double[plan.Shapes.Length][];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = new double[plan.Shapes[i].Size];
        plan.Executable.Run(inputs, outputs);
        var results = new Tensor[outputs.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = Constant.Owning(outputs[i], plan.Shapes[i]);
        return Tree.Rebuild(plan.Like, results);
    }

    /// <summary>The executable for inputs of the example's structure, settings and shapes, for callers that bring their own arrays.</summary>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public Executable For(TIn example) =>
        PlanFor(example)?.Executable
        ?? throw new InvalidOperationException(
            "[Compile] the function uses a value that is being differentiated or traced; call it without For"
        );

    /// <summary>The plan for inputs like the example; null where the function uses a value that is being differentiated or traced.</summary>
    internal Planned? PlanFor(TIn example) => PlanFor(example, Tree.Leaves(example, nameof(Transforms.Compile)));

    /// <summary>The plan for inputs like the example where it is kept, else null.</summary>
    internal Planned? KeptFor(TIn example) => _plans.Find((example, Tree.Leaves(example, nameof(Transforms.Compile))), Fits);

    private Planned? PlanFor(TIn input, Tensor[] leaves) =>
        _plans.Find((input, leaves), Fits) ?? (Trace(input) is { } made ? _plans.Add(made, (input, leaves), Fits) : null);

    private static bool Fits(Planned plan, (TIn Input, Tensor[] Leaves) sought) =>
        Tree.HaveSameShapes(plan.Inputs, sought.Leaves) && plan.Example.IsLike(sought.Input);

    private Planned? Trace(TIn input)
    {
        if (Settled<TIn, TOut>.Of(nameof(Transforms.Compile), _function, input, Options.CheckFinite) is not { } settled)
            return null;
        var (example, inputs, result, outputs) = settled;
        var like = Tree.Rebuild(result, Array.ConvertAll(outputs, output => Tensor.Zeros(output.Shape)));
        var shapes = Array.ConvertAll(outputs, output => output.Shape);
        return new(example, inputs, like, shapes, Executable.Of(Graph.Of(inputs, outputs), Options));
    }

    /// <summary>What was traced for inputs like an example.</summary>
    /// <param name="Example">The input that was traced.</param>
    /// <param name="Inputs">Its leaves.</param>
    /// <param name="Like">A result.</param>
    /// <param name="Shapes">The shapes of the result's leaves.</param>
    /// <param name="Executable">What computes them.</param>
    internal sealed record Planned(TIn Example, Input[] Inputs, TOut Like, Shape[] Shapes, Executable Executable);
}
