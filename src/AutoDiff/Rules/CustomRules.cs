namespace AutoDiff;

/// <summary>User-stated derivatives in both modes: the one that was not stated is the transpose of the one that was.</summary>
internal static class CustomRules
{
    /// <summary>Cotangents of the arguments.</summary>
    public static Tensor?[] Pull(CustomRule rule, Tensor[] x, Tensor y, Tensor g)
    {
        if (rule.Pullback is { } pullback)
            return Checked(rule, pullback(x, y, g), x);
        var directions = Placeholders(x);
        return Reverse.Pull([Checked(rule, rule.Pushforward!(x, y, directions), y)], [g], directions);
    }

    /// <summary>The tangent of the result.</summary>
    public static Tensor? Push(CustomRule rule, Tensor[] x, Tensor y, Tensor?[] t)
    {
        if (rule.Pushforward is { } pushforward)
            return Checked(rule, pushforward(x, y, [.. t.Select((tangent, i) => tangent ?? Tensor.Zeros(x[i].Shape))]), y);
        var direction = Placeholders([y]);
        // An argument without a tangent contributes nothing, not 0 times its cotangent, which may be NaN.
        var pulled = Checked(rule, rule.Pullback!(x, y, direction[0]), x);
        int[] moving = [.. Enumerable.Range(0, t.Length).Where(i => t[i] is not null)];
        return Reverse.Pull([.. moving.Select(i => pulled[i])], [.. moving.Select(i => t[i]!)], direction)[0];
    }

    /// <summary>Refuses a derivative with respect to something that a custom function uses without having it as an argument: its rule would make it silently 0.</summary>
    public static void CheckClosures(List<Tensor> order, IReadOnlyList<Tensor> sources)
    {
        foreach (var node in order)
        {
            if (node is not Apply { Op: Op.Custom(var rule) } custom)
                continue;
            // Inside, the arguments' stand-ins are covered; whatever else leads to a source is not.
            var inside = Walk.OrderFrom([.. rule.Inner, .. sources], custom.Arguments[0]);
            inside.RemoveAll(rule.Inner.Contains);
            var uncovered = Walk.DependingOn(
                sources.Except(rule.Inner, ReferenceEqualityComparer.Instance).Cast<Tensor>(),
                inside,
                Derivatives.Reaches
            );
            Require.That(
                !uncovered.Contains(custom.Arguments[0]),
                $"[CustomDerivative] \"{rule.Name}\" uses a value that is being differentiated without having it as an argument; pass it as one"
            );
        }
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
