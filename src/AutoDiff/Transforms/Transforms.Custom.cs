namespace AutoDiff;

public static partial class Transforms
{
    /// <summary>A function with a derivative of the user's own, stated in reverse; forward mode uses its transpose.</summary>
    /// <param name="function">y = f(x), a tree to a tensor.</param>
    /// <param name="pullback">(x, y, cotangent of y) → cotangents of x, as graph: linear in the cotangent.</param>
    /// <param name="name">The name shown by printed graphs and errors.</param>
    /// <remarks>
    /// The rule covers the argument only: differentiating with respect to anything else the function uses is refused. It is run on a cotangent without a value,
    /// and refused by an <see cref="ArgumentException"/> that says why where its graph is not linear in it: a clipped cotangent has no transpose.
    /// </remarks>
    public static Func<T, Tensor> CustomVjp<T>(Func<T, Tensor> function, Func<T, Tensor, Tensor, T> pullback, string name = "custom")
        where T : ITensorTree<T> =>
        Custom(
            nameof(CustomVjp),
            function,
            (point, inner) =>
                CustomRule.FromPullback(name, inner, (x, y, g) => Tree.Leaves(pullback(Tree.Rebuild(point, x), y, g), nameof(CustomVjp)))
        );

    /// <summary>A function with a derivative of the user's own, stated forward; reverse mode uses its transpose.</summary>
    /// <param name="function">y = f(x), a tree to a tensor.</param>
    /// <param name="pushforward">(x, y, tangents of x) → tangent of y, as graph: linear in the tangents.</param>
    /// <param name="name">The name shown by printed graphs and errors.</param>
    /// <remarks>
    /// The rule covers the argument only: differentiating with respect to anything else the function uses is refused. It is run on tangents without values,
    /// and refused by an <see cref="ArgumentException"/> that says why where its graph is not linear in all of them together.
    /// </remarks>
    public static Func<T, Tensor> CustomJvp<T>(Func<T, Tensor> function, Func<T, Tensor, T, Tensor> pushforward, string name = "custom")
        where T : ITensorTree<T> =>
        Custom(
            nameof(CustomJvp),
            function,
            (point, inner) =>
                CustomRule.FromPushforward(name, inner, (x, y, t) => pushforward(Tree.Rebuild(point, x), y, Tree.Rebuild(point, t)))
        );

    /// <summary>The same function, whose reverse mode computes its inner values again instead of keeping them: less memory for one more forward pass.</summary>
    /// <remarks>Chen et al. (1604.06174). Values the function uses besides its argument are kept, and are differentiated as usual.</remarks>
    public static Func<TIn, TOut> Checkpoint<TIn, TOut>(Func<TIn, TOut> function)
        where TIn : ITensorTree<TIn>
        where TOut : ITensorTree<TOut> =>
        point =>
        {
            using var traced = Traced<TIn, TOut>.At(nameof(Checkpoint), function, point);
            return Tree.Rebuild(traced.Result, Recomputed(traced.Outputs, traced.Inputs));
        };

    private static Func<T, Tensor> Custom<T>(string operation, Func<T, Tensor> function, Func<T, Tensor[], CustomRule> rule)
        where T : ITensorTree<T> =>
        point =>
        {
            using var traced = Traced<T, Tensor>.At(operation, function, point);
            return Apply.Of(new Op.Custom(rule(point, traced.Inputs)), [traced.Outputs[0], .. Tree.Leaves(point, operation)]);
        };

    /// <summary>The outputs, of which several are parts of one: else each would compute again what it shares with the others.</summary>
    internal static Tensor[] Recomputed(Tensor[] outputs, Tensor[] inputs)
    {
        if (outputs.Length < 2)
            return Array.ConvertAll(outputs, output => Recomputed(output, inputs));
        var whole = Ops.Concatenate(Array.ConvertAll(outputs, output => Ops.ReshapeTo(output, [output.Shape.Size])));
        var parts = Ops.Split(Recomputed(whole, inputs), Ints.From(outputs.Length, i => outputs[i].Shape.Size));
        return [.. parts.Select((part, i) => Ops.ReshapeTo(part, outputs[i].Shape))];
    }

    /// <summary>One output whose pullback starts from a fresh copy of its graph, which waits for the cotangent.</summary>
    private static Tensor Recomputed(Tensor output, Tensor[] inputs)
    {
        var order = Walk.OrderFrom(inputs, output);
        var inside = Walk.DependingOn(inputs, order);
        if (!inside.Contains(output))
            return output;
        // What the region reads from outside is an argument like the rest, so that derivatives flow to it.
        var reads = new List<Tensor>(inputs);
        var seen = new HashSet<Tensor>(inputs, ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            if (node is not Apply apply || !inside.Contains(node) || seen.Contains(node))
                continue;
            foreach (var argument in apply.Arguments)
            {
                if (argument is not Constant && !inside.Contains(argument) && seen.Add(argument))
                    reads.Add(argument);
            }
        }
        var rule = CustomRule.FromPullback(
            nameof(Checkpoint),
            [.. reads],
            (x, _, g) =>
            {
                using var hold = new Hold();
                Tensor[] again = [.. x.Select(read => Apply.Of(new Op.Barrier(hold), read, g))];
                var copy = Rewriting.Substitute([output], reads, again);
                var pulled = Reverse.Pull(copy, [g], again);
                return [.. pulled.Select((cotangent, i) => cotangent ?? Tensor.Zeros(x[i].Shape))];
            },
            isChecked: true
        );
        return Apply.Of(new Op.Custom(rule), [output, .. reads]);
    }
}
