using System.Numerics;

namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>The function as a plan: traced at the first call with inputs of given shapes, then run without building graph.</summary>
    public static Compiled<TIn, TOut> Compile<TIn, TOut>(Func<TIn, TOut> function, CompileOptions? options = null)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Compile));
        return new(function, CompileOptions.Checked(options));
    }

    /// <summary>The function of two trees as a plan.</summary>
    public static Compiled<TIn1, TIn2, TOut> Compile<TIn1, TIn2, TOut>(Func<TIn1, TIn2, TOut> function, CompileOptions? options = null)
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Compile));
        return new(function, CompileOptions.Checked(options));
    }

    /// <summary>A function with two results, such as <c>ValueAndGrad(loss)</c>, as a plan; its result deconstructs into them.</summary>
    public static Compiled<TIn, Pair<TOut1, TOut2>> Compile<TIn, TOut1, TOut2>(
        Func<TIn, (TOut1, TOut2)> function,
        CompileOptions? options = null
    )
        where TIn : ITensorTree<TIn>
        where TOut1 : ITensorTree<TOut1>
        where TOut2 : ITensorTree<TOut2>
    {
        Require.NotNull(function, nameof(Compile));
        return Compile<TIn, Pair<TOut1, TOut2>>(input => function(input), options);
    }

    /// <summary>A function with three results as a plan; its result deconstructs into them.</summary>
    public static Compiled<TIn, Triple<TOut1, TOut2, TOut3>> Compile<TIn, TOut1, TOut2, TOut3>(
        Func<TIn, (TOut1, TOut2, TOut3)> function,
        CompileOptions? options = null
    )
        where TIn : ITensorTree<TIn>
        where TOut1 : ITensorTree<TOut1>
        where TOut2 : ITensorTree<TOut2>
        where TOut3 : ITensorTree<TOut3>
    {
        Require.NotNull(function, nameof(Compile));
        return Compile<TIn, Triple<TOut1, TOut2, TOut3>>(input => function(input), options);
    }

    /// <summary>A function of two trees with two results, such as a step and what it measures, as a plan; its result deconstructs into them.</summary>
    public static Compiled<TIn1, TIn2, Pair<TOut1, TOut2>> Compile<TIn1, TIn2, TOut1, TOut2>(
        Func<TIn1, TIn2, (TOut1, TOut2)> function,
        CompileOptions? options = null
    )
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut1 : ITensorTree<TOut1>
        where TOut2 : ITensorTree<TOut2>
    {
        Require.NotNull(function, nameof(Compile));
        return Compile<TIn1, TIn2, Pair<TOut1, TOut2>>((first, second) => function(first, second), options);
    }

    /// <summary>A function of two trees with three results as a plan; its result deconstructs into them.</summary>
    public static Compiled<TIn1, TIn2, Triple<TOut1, TOut2, TOut3>> Compile<TIn1, TIn2, TOut1, TOut2, TOut3>(
        Func<TIn1, TIn2, (TOut1, TOut2, TOut3)> function,
        CompileOptions? options = null
    )
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut1 : ITensorTree<TOut1>
        where TOut2 : ITensorTree<TOut2>
        where TOut3 : ITensorTree<TOut3>
    {
        Require.NotNull(function, nameof(Compile));
        return Compile<TIn1, TIn2, Triple<TOut1, TOut2, TOut3>>((first, second) => function(first, second), options);
    }

    /// <summary>The function as a plan that computes in <typeparamref name="TElement"/>: <see cref="double"/> or <see cref="float"/>.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">How else it is compiled: the element type is its precision.</param>
    /// <exception cref="ArgumentException">The element type is another, or does not go with the options.</exception>
    public static Compiled<TIn, TOut> Compile<TElement, TIn, TOut>(Func<TIn, TOut> function, CompileOptions? options = null)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> => Compile(function, In<TElement>(options));

    /// <summary>The function of two trees as a plan that computes in <typeparamref name="TElement"/>.</summary>
    /// <param name="function">The function.</param>
    /// <param name="options">How else it is compiled: the element type is its precision.</param>
    /// <exception cref="ArgumentException">The element type is another, or does not go with the options.</exception>
    public static Compiled<TIn1, TIn2, TOut> Compile<TElement, TIn1, TIn2, TOut>(
        Func<TIn1, TIn2, TOut> function,
        CompileOptions? options = null
    )
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut : ITensorTree<TOut> => Compile(function, In<TElement>(options));

    /// <summary>The tree with every leaf computed, all in one run: a tree of constants.</summary>
    /// <exception cref="ArgumentException">A leaf depends on an input, or on what an enclosing transform differentiates: its constant would have no derivative.</exception>
    public static T Evaluate<T>(T tree)
        where T : ITensorTree<T>
    {
        var leaves = Tree.Leaves(tree, nameof(Evaluate));
        Evaluation.RequireClosed(leaves, nameof(Evaluate));
        return Tree.Rebuild(tree, [.. Evaluation.Evaluate(leaves, nameof(Evaluate))]);
    }

    private static CompileOptions In<TElement>(CompileOptions? options)
    {
        Require.That(
            typeof(TElement) == typeof(double) || typeof(TElement) == typeof(float),
            $"[Compile] got element type {typeof(TElement).Name}; expected double or float"
        );
        return (options ?? CompileOptions.Default) with
        {
            Precision = typeof(TElement) == typeof(float) ? Precision.Single : Precision.Double,
        };
    }
}
