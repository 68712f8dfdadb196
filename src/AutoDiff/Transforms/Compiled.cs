using System.Collections.Immutable;

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
        var entry = EntryFor(input, leaves);
        var inputs = new double[leaves.Length][];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = ((Constant)leaves[i]).Buffer;
        var outputs = new double[entry.Shapes.Length][];
        for (var i = 0; i < outputs.Length; i++)
            outputs[i] = new double[entry.Shapes[i].Size];
        entry.Program.Run(inputs, outputs);
        var results = new Tensor[outputs.Length];
        for (var i = 0; i < results.Length; i++)
            results[i] = Constant.Owning(outputs[i], entry.Shapes[i]);
        return Tree.Rebuild(entry.Like, results);
    }

    /// <summary>The program for inputs of the example's shapes, for callers that bring their own arrays.</summary>
    public Program For(TIn example) => EntryFor(example, Tree.Leaves(example, nameof(Transforms.Compile))).Program;

    private Entry EntryFor(TIn input, Tensor[] leaves)
    {
        foreach (var entry in _entries)
        {
            if (entry.Fits(input, leaves))
                return entry;
        }
        var made = Trace(input, leaves);
        ImmutableInterlocked.Update(ref _entries, (entries, added) => entries.Add(added), made);
        return made;
    }

    private Entry Trace(TIn input, Tensor[] leaves)
    {
        var names = Tree.Names(input);
        var inputs = new Input[leaves.Length];
        for (var i = 0; i < inputs.Length; i++)
            inputs[i] = new Input(leaves[i].Shape, names[i].Length == 0 ? "x" : names[i], _options.CheckFinite);
        var result = _function(Tree.Rebuild(input, [.. inputs]));
        var outputs = Tree.Leaves(result, nameof(Transforms.Compile));
        var like = Tree.Rebuild(result, Array.ConvertAll(outputs, output => Tensor.Zeros(output.Shape)));
        return new(
            names,
            Array.ConvertAll(leaves, leaf => leaf.Shape),
            like,
            Array.ConvertAll(outputs, output => output.Shape),
            Program.Of(Graph.Of(inputs, outputs), _options)
        );
    }

    /// <summary>What was traced for inputs of one structure and one set of shapes.</summary>
    private sealed record Entry(string[] Names, Shape[] InputShapes, TOut Like, Shape[] Shapes, Program Program)
    {
        public bool Fits(TIn input, Tensor[] leaves)
        {
            if (leaves.Length != InputShapes.Length)
                return false;
            for (var i = 0; i < leaves.Length; i++)
            {
                if (!leaves[i].Shape.Equals(InputShapes[i]))
                    return false;
            }
            // Two trees with arrays may have the same leaves in another structure; their leaves' names then differ.
            return typeof(TIn) == typeof(Tensor) || Tree.Names(input).AsSpan().SequenceEqual(Names);
        }
    }
}
