namespace AutoDiff;

/// <summary>User-stated derivatives in both modes: the one that was not stated is the transpose of the one that was.</summary>
internal static class CustomRules
{
    /// <summary>Cotangents of the arguments.</summary>
    public static Tensor?[] Pull(CustomRule rule, Tensor[] x, Tensor y, Tensor g)
    {
        if (rule is { Pullback: { } pullback, IsChecked: true })
            return pullback(x, y, g);
        if (rule.Pullback is null)
        {
            var (pushed, tangents) = Pushed(rule, x, y, transposed: true);
            return Rewriting.Freed(Reverse.Pull([pushed], [g], tangents), tangents, [.. x, y, g]);
        }
        var (pulled, cotangent) = Pulled(rule, x, y, transposed: false);
        return Rewriting.Substitute(pulled, [cotangent], [g], [.. x, y]);
    }

    /// <summary>The tangent of the result.</summary>
    public static Tensor? Push(CustomRule rule, Tensor[] x, Tensor y, Tensor?[] t)
    {
        if (rule.Pullback is null)
        {
            var (pushed, tangents) = Pushed(rule, x, y, transposed: false);
            return Rewriting.Substitute([pushed], tangents, [.. t.Select((tangent, i) => tangent ?? Tensor.Zeros(x[i].Shape))], [.. x, y])[
                0
            ];
        }
        var (pulled, cotangent) = Pulled(rule, x, y, transposed: true);
        // An argument without a tangent contributes nothing, not 0 times its cotangent, which may be NaN.
        int[] moving = [.. Enumerable.Range(0, t.Length).Where(i => t[i] is not null)];
        Tensor[] along = [.. moving.Select(i => t[i]!)];
        return Rewriting.Freed(Reverse.Pull([.. moving.Select(i => pulled[i])], along, [cotangent]), [cotangent], [.. x, y, .. along])[0];
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
                $"[{rule.Operation}] \"{rule.Name}\" uses a value that is being differentiated without having it as an argument; pass it as one"
            );
        }
    }

    // A rule is run on directions without values, so that nothing it does with them is computed early and lost to the transpose.
    private static (Tensor[] Pulled, Input Cotangent) Pulled(CustomRule rule, Tensor[] x, Tensor y, bool transposed)
    {
        var cotangent = new Input(y.Shape, "cotangent");
        var pulled = rule.Pullback!(x, y, cotangent);
        Require.That(
            pulled.Length == x.Length,
            $"[CustomDerivative] \"{rule.Name}\" gave {pulled.Length} cotangents; expected one for each of {x.Length} arguments"
        );
        for (var i = 0; i < x.Length; i++)
            RequireShape(rule, pulled[i], x[i]);
        RequireLinear(rule, pulled, [cotangent], x, y, transposed);
        return (pulled, cotangent);
    }

    private static (Tensor Pushed, Input[] Tangents) Pushed(CustomRule rule, Tensor[] x, Tensor y, bool transposed)
    {
        Input[] tangents = [.. x.Select(argument => new Input(argument.Shape, "tangent"))];
        var pushed = rule.Pushforward!(x, y, [.. tangents]);
        RequireShape(rule, pushed, y);
        RequireLinear(rule, [pushed], tangents, x, y, transposed);
        return (pushed, tangents);
    }

    private static void RequireShape(CustomRule rule, Tensor derivative, Tensor like) =>
        Require.That(
            derivative.Shape.Equals(like.Shape),
            $"[{rule.Operation}] \"{rule.Name}\" gave shape {derivative.Shape}; expected {like.Shape}"
        );

    private static void RequireLinear(CustomRule rule, Tensor[] results, Input[] directions, Tensor[] x, Tensor y, bool transposed)
    {
        if (rule.IsChecked)
            return;
        var problem = Linearity.Problem(results, [.. directions], [.. x, y], transposed);
        Require.That(
            problem is null,
            $"[{rule.Operation}] \"{rule.Name}\" gave {problem}, \"it\" being its {(rule.Pullback is null ? "tangent" : "cotangent")}; expected a linear function: scaled, added, multiplied by what does not depend on it"
        );
    }
}
