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

    /// <summary>The function as a plan that computes in <typeparamref name="TElement"/>: <see cref="double"/> or <see cref="float"/>.</summary>
    /// <exception cref="ArgumentException">The element type is another.</exception>
    public static Compiled<TIn, TOut> Compile<TElement, TIn, TOut>(Func<TIn, TOut> function)
        where TElement : unmanaged, IBinaryFloatingPointIeee754<TElement>
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut>
    {
        Require.That(
            typeof(TElement) == typeof(double) || typeof(TElement) == typeof(float),
            $"[Compile] got element type {typeof(TElement).Name}; expected double or float"
        );
        return Compile(
            function,
            new CompileOptions { Precision = typeof(TElement) == typeof(float) ? Precision.Single : Precision.Double }
        );
    }

    /// <summary>The tree with every leaf computed, all in one run: a tree of constants.</summary>
    /// <exception cref="ArgumentException">A leaf depends on an input, or on what an enclosing transform differentiates: its constant would have no derivative.</exception>
    public static T Evaluate<T>(T tree)
        where T : ITensorTree<T>
    {
        var leaves = Tree.Leaves(tree, nameof(Evaluate));
        Evaluation.RequireClosed(leaves, nameof(Evaluate));
        return Tree.Rebuild(tree, [.. Evaluation.Evaluate(leaves, nameof(Evaluate))]);
    }
}
