namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>A function of one example made a function of a batch: a rewrite of its graph, no loop.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="inAxes">The batch axis of each input leaf, null for a leaf that all examples share; one entry serves all leaves. Axis 0 of all where omitted.</param>
    /// <param name="outAxes">The batch axis of each result leaf; one entry serves all. Axis 0 where omitted.</param>
    /// <exception cref="ArgumentException">When called: no leaf is batched, the batch lengths differ, or an axis is out of range.</exception>
    public static Func<TIn, TOut> Vmap<TIn, TOut>(
        Func<TIn, TOut> function,
        IReadOnlyList<int?>? inAxes = null,
        IReadOnlyList<int>? outAxes = null
    )
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> =>
        batch =>
        {
            Require.NotNull(function, nameof(Vmap));
            var leaves = Tree.Leaves(batch, nameof(Vmap));
            var axes = PerLeaf(inAxes, leaves.Length, (int?)0, "input");
            var moved = new List<Tensor>();
            var placeholders = new List<Tensor>();
            var arguments = new Tensor[leaves.Length];
            for (var i = 0; i < leaves.Length; i++)
            {
                arguments[i] = leaves[i];
                if (axes[i] is not { } axis)
                    continue;
                var first = Ops.MoveAxis(leaves[i], Require.Axis(axis, leaves[i].Shape, nameof(Vmap)), 0);
                Require.That(
                    moved.Count == 0 || moved[0].Shape[0] == first.Shape[0],
                    $"[Vmap] leaf \"{Tree.Names(batch)[i]}\" of shape {leaves[i].Shape} has {first.Shape[0]} examples; expected {(moved.Count == 0 ? 0 : moved[0].Shape[0])}, as an earlier leaf has"
                );
                moved.Add(first);
                placeholders.Add(arguments[i] = new Input(first.Shape.Without([0]), "example"));
            }
            Require.That(moved.Count > 0, $"[Vmap] no leaf has a batch axis; expected at least one");
            var result = function(Tree.Rebuild(batch, arguments));
            var outputs = Batching.Rewrite(Tree.Leaves(result, nameof(Vmap)), placeholders, moved, moved[0].Shape[0]);
            var positions = PerLeaf(outAxes, outputs.Length, 0, "result");
            return Tree.Rebuild(
                result,
                [.. outputs.Select((output, i) => Ops.MoveAxis(output, 0, Require.Axis(positions[i], output.Shape, nameof(Vmap))))]
            );
        };

    /// <summary>A function of two arguments, each one example, made a function of batches; the axes are the leaves' of both, in order.</summary>
    /// <exception cref="ArgumentException">As for one argument.</exception>
    public static Func<TIn1, TIn2, TOut> Vmap<TIn1, TIn2, TOut>(
        Func<TIn1, TIn2, TOut> function,
        IReadOnlyList<int?>? inAxes = null,
        IReadOnlyList<int>? outAxes = null
    )
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Vmap));
        var batched = Vmap((Pair<TIn1, TIn2> pair) => function(pair.First, pair.Second), inAxes, outAxes);
        return (first, second) => batched(new(first, second));
    }

    /// <summary>A function of two arguments, each one example, made a function of batches: with one batch axis for each argument.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="firstAxis">The batch axis of the first argument's leaves, null where all examples share it.</param>
    /// <param name="secondAxis">That of the second's.</param>
    /// <param name="outAxis">The batch axis of the result's leaves.</param>
    /// <exception cref="ArgumentException">As for one argument.</exception>
    public static Func<TIn1, TIn2, TOut> Vmap<TIn1, TIn2, TOut>(
        Func<TIn1, TIn2, TOut> function,
        int? firstAxis,
        int? secondAxis,
        int outAxis = 0
    )
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Vmap));
        return (first, second) =>
            Vmap(
                (Pair<TIn1, TIn2> pair) => function(pair.First, pair.Second),
                [.. Axes(first, firstAxis), .. Axes(second, secondAxis)],
                [outAxis]
            )(new(first, second));
    }

    /// <summary>A function of three arguments, each one example, made a function of batches: with one batch axis for each argument.</summary>
    /// <param name="function">The function of one example.</param>
    /// <param name="firstAxis">The batch axis of the first argument's leaves, null where all examples share it.</param>
    /// <param name="secondAxis">That of the second's.</param>
    /// <param name="thirdAxis">That of the third's.</param>
    /// <param name="outAxis">The batch axis of the result's leaves.</param>
    /// <exception cref="ArgumentException">As for one argument.</exception>
    public static Func<TIn1, TIn2, TIn3, TOut> Vmap<TIn1, TIn2, TIn3, TOut>(
        Func<TIn1, TIn2, TIn3, TOut> function,
        int? firstAxis = 0,
        int? secondAxis = 0,
        int? thirdAxis = 0,
        int outAxis = 0
    )
        where TIn1 : ITensorTree<TIn1>
        where TIn2 : ITensorTree<TIn2>
        where TIn3 : ITensorTree<TIn3>
        where TOut : ITensorTree<TOut>
    {
        Require.NotNull(function, nameof(Vmap));
        return (first, second, third) =>
            Vmap(
                (Triple<TIn1, TIn2, TIn3> trees) => function(trees.First, trees.Second, trees.Third),
                [.. Axes(first, firstAxis), .. Axes(second, secondAxis), .. Axes(third, thirdAxis)],
                [outAxis]
            )(new(first, second, third));
    }

    private static IEnumerable<int?> Axes<T>(T tree, int? axis)
        where T : ITensorTree<T> => Enumerable.Repeat(axis, Tree.Leaves(tree, nameof(Vmap)).Length);

    private static T[] PerLeaf<T>(IReadOnlyList<T>? axes, int count, T otherwise, string what)
    {
        if (axes is null)
            return [.. Enumerable.Repeat(otherwise, count)];
        Require.That(
            axes.Count == 1 || axes.Count == count,
            $"[Vmap] got {axes.Count} axes for {count} {what} leaves; expected one for each, or one for all"
        );
        return axes.Count == 1 ? [.. Enumerable.Repeat(axes[0], count)] : [.. axes];
    }
}
