namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>Steps as long as a condition holds, as one node.</summary>
    /// <typeparam name="S">The tree of what is carried from step to step.</typeparam>
    /// <param name="condition">State → a scalar, 0 where the loop ends; called once, with leaves that have no values.</param>
    /// <param name="body">State → next state, of the same structure and shapes; called once, with leaves that have no values.</param>
    /// <param name="initial">The first state, which is the result where the condition does not hold for it.</param>
    /// <returns>The first state for which the condition does not hold.</returns>
    /// <remarks>
    /// Differentiable in forward mode, to any order, also with respect to what the functions use besides the state: the tangents take the steps that the state
    /// takes. Reverse mode throws an <see cref="InvalidOperationException"/> when the derivative is taken: see <see cref="FixedPoint"/>, <see cref="CustomRoot"/>,
    /// <see cref="ForI"/>. In a batch each example takes its own number of steps, and the whole as many as the longest. A loop that does not end is not ended
    /// from outside: count its steps in the state.
    /// </remarks>
    /// <exception cref="ArgumentException">The condition is no scalar, the state has no leaf, or the body changes its structure or shapes.</exception>
    public static S While<S>(Func<S, Tensor> condition, Func<S, S> body, S initial)
        where S : ITensorTree<S>
    {
        Require.NotNull(condition, nameof(While));
        Require.NotNull(body, nameof(While));
        var leaves = Tree.Leaves(initial, nameof(While));
        Require.That(leaves.Length > 0, $"[While] got a state without leaves; expected at least one");
        var goesOn = (Tensor)1;
        var trace = LoopTrace.Of(
            nameof(While),
            leaves,
            Tree.Names(initial),
            [],
            (state, _) =>
            {
                var tree = Tree.Rebuild(initial, state);
                goesOn = condition(tree);
                Require.That(goesOn.Rank == 0, $"[While] the condition gave shape {goesOn.Shape}; expected a scalar []");
                return (Tree.Leaves(body(tree), nameof(While)), []);
            }
        );
        var first = Rewriting.Substitute([goesOn], trace.Carries, leaves)[0];
        var again = Rewriting.Substitute([goesOn], trace.Carries, trace.Next)[0];
        return Tree.Rebuild(initial, WhileLoops.Run(trace.Carries, leaves, first, again, trace.Next, [], []));
    }

    /// <summary>One of two functions of an operand, as one node: the one that is not chosen costs nothing, and nothing of it reaches values or derivatives.</summary>
    /// <typeparam name="S">The operand's tree.</typeparam>
    /// <typeparam name="T">The result's tree.</typeparam>
    /// <param name="predicate">A scalar: not 0 for the first.</param>
    /// <param name="whenTrue">The function where the predicate is not 0; called twice (2ᵈ times at depth d of choices within choices), with leaves that have no values: what it builds anew is inside.</param>
    /// <param name="whenFalse">The function where it is 0, whose result has the same structure and shapes; called likewise.</param>
    /// <param name="operand">What the chosen one is applied to.</param>
    /// <remarks>
    /// Differentiable in every order and mode, also with respect to what the functions use besides the operand. What they build, even of such values alone,
    /// is computed inside, where it is chosen; what was built before is not computed again.
    /// Where <c>Vmap</c> gives each example a predicate of its own, both are computed and
    /// <see cref="Ops.Where"/> chooses: a derivative taken of the mapped function is NaN where the other branch has none, one that is mapped itself is not.
    /// </remarks>
    /// <exception cref="ArgumentException">The predicate is no scalar, or the functions' results differ in structure or shapes.</exception>
    public static T Cond<S, T>(Tensor predicate, Func<S, T> whenTrue, Func<S, T> whenFalse, S operand)
        where S : ITensorTree<S>
        where T : ITensorTree<T>
    {
        Require.NotNull(predicate, nameof(Cond));
        Require.NotNull(whenTrue, nameof(Cond));
        Require.NotNull(whenFalse, nameof(Cond));
        Require.That(predicate.Rank == 0, $"[Cond] got a predicate of shape {predicate.Shape}; expected a scalar []");
        var (leaves, names) = (Tree.Leaves(operand, nameof(Cond)), Tree.Names(operand));
        Input[] inputs =
        [
            .. leaves.Select((leaf, i) => new Input(leaf.Shape, names[i].Length == 0 ? "operand" : names[i], leaf.NotesOrigin)),
        ];
        // What is another node the second time is built inside.
        Tensor[] before = [.. Outputs(whenTrue, out _), .. Outputs(whenFalse, out _)];
        var (first, second) = (Outputs(whenTrue, out var like), Outputs(whenFalse, out _));
        Require.That(
            first.Length == second.Length,
            $"[Cond] the branches gave {first.Length} and {second.Length} leaves; expected the same structure"
        );
        for (var i = 0; i < second.Length; i++)
        {
            Require.That(
                first[i].Shape.Equals(second[i].Shape),
                $"[Cond] the branches gave leaf \"{Tree.Names(like)[i]}\" the shapes {first[i].Shape} and {second[i].Shape}; expected the same"
            );
        }
        var built = Conditionals.Built([.. first, .. second], before);
        return Tree.Rebuild(like, Conditionals.Run(predicate, inputs, leaves, first, second, built));

        Tensor[] Outputs(Func<S, T> branch, out T result)
        {
            result = branch(Tree.Rebuild(operand, [.. inputs]));
            return Tree.Leaves(result, nameof(Cond));
        }
    }

    /// <summary>One of two results, of which only the one that is chosen is computed.</summary>
    /// <param name="predicate">A scalar: not 0 for the first.</param>
    /// <param name="whenTrue">What is computed where the predicate is not 0.</param>
    /// <param name="whenFalse">What is computed where it is 0, of the same structure and shapes.</param>
    /// <exception cref="ArgumentException">The predicate is no scalar, or the results differ in structure or shapes.</exception>
    public static T Cond<T>(Tensor predicate, Func<T> whenTrue, Func<T> whenFalse)
        where T : ITensorTree<T>
    {
        Require.NotNull(whenTrue, nameof(Cond));
        Require.NotNull(whenFalse, nameof(Cond));
        return Cond(predicate, (TreeList<Tensor> _) => whenTrue(), _ => whenFalse(), TreeList.Of<Tensor>());
    }
}
