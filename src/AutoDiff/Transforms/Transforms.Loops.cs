namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>A loop over the slices of <paramref name="xs"/> along their first axes as one node: planned once, whatever its length.</summary>
    /// <typeparam name="S">The tree of what is carried from step to step.</typeparam>
    /// <typeparam name="X">The tree of what is looped over.</typeparam>
    /// <typeparam name="Y">The tree of what each step gives.</typeparam>
    /// <param name="step">(carry, slice of each leaf of xs) → (next carry, y); called once, with leaves that have no values.</param>
    /// <param name="initial">The first carry; the next ones have the same structure and shapes.</param>
    /// <param name="xs">Leaves [length, …], all of one length, which may be 0.</param>
    /// <param name="reverse">Whether the steps run from the last slice to the first.</param>
    /// <param name="checkpointEvery">Between how many steps a carry is kept for reverse mode, which computes the steps between again: n of √n steps take memory for about 2√n of them. All is kept where omitted.</param>
    /// <returns>The last carry, and each leaf of y stacked [length, …] in the order of xs.</returns>
    /// <remarks>Differentiable in every order and mode, also with respect to what the step uses besides its arguments. Reverse mode keeps what the steps' derivatives read.</remarks>
    /// <exception cref="ArgumentException">The leaves of xs have no common length, a step changes the carry's structure or shapes, or the interval is not positive.</exception>
    public static (S Final, Y Ys) Scan<S, X, Y>(
        Func<S, X, (S Next, Y Y)> step,
        S initial,
        X xs,
        bool reverse = false,
        int? checkpointEvery = null
    )
        where S : ITensorTree<S>
        where X : ITensorTree<X>
        where Y : ITensorTree<Y>
    {
        Require.NotNull(step, nameof(Scan));
        var leaves = Tree.Leaves(xs, nameof(Scan));
        Require.That(leaves.Length > 0, $"[Scan] got no leaf to loop over; expected at least one, or a length");
        for (var i = 0; i < leaves.Length; i++)
        {
            Require.That(
                leaves[i].Rank > 0 && leaves[i].Shape[0] == leaves[0].Shape[0],
                $"[Scan] leaf \"{Tree.Names(xs)[i]}\" to loop over has shape {leaves[i].Shape}; expected {(leaves[0].Rank > 0 ? $"{leaves[0].Shape[0]}" : "some")} slices along its first axis"
            );
        }
        return Looped(
            nameof(Scan),
            (carry, slices) => step(carry, Tree.Rebuild(xs, slices)),
            initial,
            leaves,
            leaves[0].Shape[0],
            reverse,
            checkpointEvery
        );
    }

    /// <summary>A loop of a given number of steps that give a y each, as one node.</summary>
    /// <param name="step">Carry → (next carry, y); called once, with leaves that have no values.</param>
    /// <param name="initial">The first carry.</param>
    /// <param name="length">How many steps there are, at least 0.</param>
    /// <param name="reverse">Whether the ys are stacked from the last to the first.</param>
    /// <param name="checkpointEvery">As for a loop over slices.</param>
    /// <returns>The last carry, and each leaf of y stacked [length, …].</returns>
    /// <exception cref="ArgumentException">The length is negative, a step changes the carry's structure or shapes, or the interval is not positive.</exception>
    public static (S Final, Y Ys) Scan<S, Y>(
        Func<S, (S Next, Y Y)> step,
        S initial,
        int length,
        bool reverse = false,
        int? checkpointEvery = null
    )
        where S : ITensorTree<S>
        where Y : ITensorTree<Y>
    {
        Require.NotNull(step, nameof(Scan));
        Require.That(length >= 0, $"[Scan] got {length} steps; expected at least 0");
        return Looped(nameof(Scan), (carry, _) => step(carry), initial, [], length, reverse, checkpointEvery);
    }

    /// <summary>A loop of a given number of steps that are told their number, as one node.</summary>
    /// <param name="count">How many steps there are, at least 0.</param>
    /// <param name="step">(number of the step from 0, a scalar, state) → next state; called once, with leaves that have no values.</param>
    /// <param name="initial">The state before the first step.</param>
    /// <param name="checkpointEvery">As for <see cref="Scan{S, X, Y}"/>.</param>
    /// <returns>The state after the last step.</returns>
    /// <exception cref="ArgumentException">The count is negative, a step changes the state's structure or shapes, or the interval is not positive.</exception>
    public static S ForI<S>(int count, Func<Tensor, S, S> step, S initial, int? checkpointEvery = null)
        where S : ITensorTree<S>
    {
        Require.NotNull(step, nameof(ForI));
        Require.That(count >= 0, $"[ForI] got {count} steps; expected at least 0");
        var numbers = Tensor.Range(count, nameof(ForI));
        return Looped(
            nameof(ForI),
            (state, i) => (step(i[0], state), TreeList.Of<Tensor>()),
            initial,
            [numbers],
            count,
            reverse: false,
            checkpointEvery
        ).Final;
    }

    private static (S Final, Y Ys) Looped<S, Y>(
        string operation,
        Func<S, Tensor[], (S Next, Y Y)> step,
        S initial,
        Tensor[] stacked,
        int length,
        bool reverse,
        int? checkpointEvery
    )
        where S : ITensorTree<S>
        where Y : ITensorTree<Y>
    {
        var leaves = Tree.Leaves(initial, operation);
        Y? like = default;
        var trace = LoopTrace.Of(
            operation,
            leaves,
            Tree.Names(initial),
            stacked,
            (carry, slices) =>
            {
                (var next, like) = step(Tree.Rebuild(initial, carry), slices);
                return (Tree.Leaves(next, operation), Tree.Leaves(like, operation));
            },
            reverse
        );
        var (final, ys) = trace.Run(leaves, stacked, length, checkpointEvery);
        return (Tree.Rebuild(initial, final), Tree.Rebuild(like!, ys));
    }
}
