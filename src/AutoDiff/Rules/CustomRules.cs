namespace AutoDiff;

/// <summary>User-stated derivatives in both modes: the one that was not stated is the transpose of the one that was.</summary>
internal static class CustomRules
{
    /// <summary>Cotangents of the arguments; <paramref name="seen"/> as in <see cref="Reverse.Pull"/>.</summary>
    public static Tensor?[] Pull(CustomRule rule, Tensor[] x, Tensor y, Tensor g, HashSet<Tensor> seen)
    {
        if (rule.Pullback is { } pullback)
            return Checked(rule, pullback(x, y, g), x);
        var directions = Placeholders(x);
        return Reverse.Pull([Checked(rule, rule.Pushforward!(x, y, directions), y)], [g], directions, seen);
    }

    /// <summary>The tangent of the result; <paramref name="seen"/> as in <see cref="Reverse.Pull"/>.</summary>
    public static Tensor? Push(CustomRule rule, Tensor[] x, Tensor y, Tensor?[] t, HashSet<Tensor> seen)
    {
        if (rule.Pushforward is { } pushforward)
            return Checked(rule, pushforward(x, y, [.. t.Select((tangent, i) => tangent ?? Tensor.Zeros(x[i].Shape))]), y);
        var direction = Placeholders([y]);
        // An argument without a tangent contributes nothing, not 0 times its cotangent, which may be NaN.
        var pulled = Checked(rule, rule.Pullback!(x, y, direction[0]), x);
        int[] moving = [.. Enumerable.Range(0, t.Length).Where(i => t[i] is not null)];
        return Reverse.Pull([.. moving.Select(i => pulled[i])], [.. moving.Select(i => t[i]!)], direction, seen)[0];
    }

    /// <summary>Refuses a derivative with respect to something that a custom function uses without having it as an argument: its rule would make it silently 0.</summary>
    /// <param name="order">The nodes that are differentiated.</param>
    /// <param name="sources">What they are differentiated with respect to.</param>
    /// <param name="active">The nodes of the order that have a derivative.</param>
    public static void CheckClosures(List<Tensor> order, IReadOnlyList<Tensor> sources, HashSet<Tensor> active)
    {
        var ends = new HashSet<Tensor>(sources, ReferenceEqualityComparer.Instance);
        foreach (var node in order)
        {
            if (node is Apply { Op: Op.Custom(var rule) } custom)
                Require.That(
                    !ReachesPast(rule, custom.Arguments[0], ends, active),
                    $"[CustomDerivative] \"{rule.Name}\" uses a value that is being differentiated without having it as an argument; pass it as one"
                );
        }
    }

    // Inside, the arguments' stand-ins are covered; whatever else leads to a source is not. Only active nodes lead there, and those of a rule that covers
    // them all lead to its own stand-ins, so that they are no other rule's: all walks together are linear.
    private static bool ReachesPast(CustomRule rule, Tensor result, HashSet<Tensor> sources, HashSet<Tensor> active)
    {
        var seen = new HashSet<Tensor>(rule.Inner, ReferenceEqualityComparer.Instance);
        var open = new Stack<Tensor>([result]);
        while (open.TryPop(out var node))
        {
            if (!active.Contains(node) || !seen.Add(node))
                continue;
            if (sources.Contains(node))
                return true;
            var arguments = ((Apply)node).Arguments;
            for (var i = 0; i < arguments.Length; i++)
            {
                if (Derivatives.Reaches(((Apply)node).Op, i))
                    open.Push(arguments[i]);
            }
        }
        return false;
    }

    // What a linear map is applied to does not matter to its transpose, only that it is a node of its own.
    private static Tensor[] Placeholders(Tensor[] like) => [.. like.Select(x => Ops.Identity(Tensor.Zeros(x.Shape)))];

    private static Tensor[] Checked(CustomRule rule, Tensor[] cotangents, Tensor[] x)
    {
        Require.That(
            cotangents.Length == x.Length,
            $"[CustomDerivative] \"{rule.Name}\" gave {cotangents.Length} cotangents; expected one for each of {x.Length} arguments"
        );
        for (var i = 0; i < x.Length; i++)
            Checked(rule, cotangents[i], x[i]);
        return cotangents;
    }

    private static Tensor Checked(CustomRule rule, Tensor derivative, Tensor like)
    {
        Require.That(
            derivative.Shape.Equals(like.Shape),
            $"[CustomDerivative] \"{rule.Name}\" gave shape {derivative.Shape}; expected {like.Shape}"
        );
        return derivative;
    }
}
