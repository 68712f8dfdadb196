using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff;

/// <summary>A function over trees, traced once for each set of shapes and then run as a plan.</summary>
/// <remarks>
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
    private readonly CompileOptions _options;
    private ImmutableArray<Entry> _entries = [];

    internal Compiled(Func<TIn, TOut> function, CompileOptions options) => (_function, _options) = (function, options);

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
        if (EntryFor(input, leaves) is not { } entry)
            return _function(input);
        var inputs = new double[leaves.Length][];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = ((Constant)leaves[i]).Buffer;
        var outputs = new double[entry.Shapes.Length][];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = new double[entry.Shapes[i].Size];
        entry.Executable.Run(inputs, outputs);
        var results = new Tensor[outputs.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = Constant.Owning(outputs[i], entry.Shapes[i]);
        return Tree.Rebuild(entry.Like, results);
    }

    /// <summary>The executable for inputs of the example's shapes, for callers that bring their own arrays.</summary>
    /// <exception cref="InvalidOperationException">The function uses a value that is being differentiated or traced.</exception>
    public Executable For(TIn example) =>
        ExecutableFor(example)
        ?? throw new InvalidOperationException(
            "[Compile] the function uses a value that is being differentiated or traced; call it without For"
        );

    /// <summary>The executable for inputs of the example's shapes; null where the function uses a value that is being differentiated or traced.</summary>
    internal Executable? ExecutableFor(TIn example) => EntryFor(example, Tree.Leaves(example, nameof(Transforms.Compile)))?.Executable;

    private Entry? EntryFor(TIn input, Tensor[] leaves)
    {
        var lengths = Tree.Lengths(input);
        foreach (var entry in _entries)
        {
            if (entry.Fits(lengths, leaves))
                return entry;
        }
        if (Trace(input, leaves, lengths) is not { } made)
            return null;
        ImmutableInterlocked.Update(ref _entries, (entries, added) => entries.Add(added), made);
        return made;
    }

    private Entry? Trace(TIn input, Tensor[] leaves, List<int> lengths)
    {
        var names = Tree.Names(input);
        var inputs = new Input[leaves.Length];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = new Input(leaves[i].Shape, names[i].Length == 0 ? "x" : names[i], _options.CheckFinite);
        var result = _function(Tree.Rebuild(input, [.. inputs]));
        var outputs = Tree.Leaves(result, nameof(Transforms.Compile));
        if (!Evaluation.IsSettled(Walk.Order(outputs), inputs))
            return null;
        // What is constant has the value that it has everywhere else; a check is to see how it comes about.
        if (!_options.CheckFinite)
            Evaluation.Evaluate(LinearParts.Residuals(outputs, inputs));
        var like = Tree.Rebuild(result, Array.ConvertAll(outputs, output => Tensor.Zeros(output.Shape)));
        return new(
            lengths,
            Array.ConvertAll(leaves, leaf => leaf.Shape),
            like,
            Array.ConvertAll(outputs, output => output.Shape),
            Executable.Of(Graph.Of(inputs, outputs), _options)
        );
    }

    /// <summary>What was traced for inputs of one structure and one set of shapes.</summary>
    private sealed record Entry(List<int> Lengths, Shape[] InputShapes, TOut Like, Shape[] Shapes, Executable Executable)
    {
        public bool Fits(List<int> lengths, Tensor[] leaves)
        {
            if (leaves.Length != InputShapes.Length)
                return false;
            for (var i = 0; i < leaves.Length; i++)
            {
                if (!leaves[i].Shape.Equals(InputShapes[i]))
                    return false;
            }
            // Two trees with arrays may have the same leaves in another structure.
            return CollectionsMarshal.AsSpan(lengths).SequenceEqual(CollectionsMarshal.AsSpan(Lengths));
        }
    }
}
