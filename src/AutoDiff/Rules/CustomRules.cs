namespace AutoDiff;

/// <summary>User-stated derivatives in both modes: the one that was not stated is the transpose of the one that was.</summary>
/// <remarks>
/// A rule is run on directions without values, so that nothing it does with them is computed early and lost to the transpose. What is seen of the graph before
/// depends on no such direction: it is not walked again, and what a rule adds is seen from then on, so that all rules together cost what their graphs do.
/// </remarks>
internal static class CustomRules
{
    /// <summary>What differentiating a host function is answered with.</summary>
    public static InvalidOperationException Missing(Op.Callback op) =>
        new($"[PureCallback] \"{op.Host.Name}\" has no derivative of its own; expected CustomJvp, CustomVjp or StopGradient round it");

    /// <summary>Cotangents of the arguments; <paramref name="seen"/> as in <see cref="Reverse"/>.</summary>
    public static Tensor?[] Pull(CustomRule rule, Tensor[] x, Tensor y, Tensor g, Numbering seen)
    {
        if (rule is { Pullback: { } pullback, IsChecked: true })
            return pullback(x, y, g);
        if (rule.Pullback is null)
        {
            var (pushed, tangents, added) = Pushed(rule, x, y, seen, transposed: true);
            var pulled = Rewriting.Freed(Reverse.Pull([pushed], [g], tangents, seen), tangents, [g], seen);
            seen.UnionWith(added);
            return pulled;
        }
        var (stated, cotangent, made) = Pulled(rule, x, y, seen, transposed: false);
        var result = Rewriting.Substitute(stated, [cotangent], [g], seen);
        seen.UnionWith(made);
        return result;
    }

    /// <summary>The tangent of the result; <paramref name="seen"/> as in <see cref="Reverse"/>.</summary>
    public static Tensor? Push(CustomRule rule, Tensor[] x, Tensor y, Tensor?[] t, Numbering seen)
    {
        if (rule.Pullback is null)
        {
            var (pushed, tangents, made) = Pushed(rule, x, y, seen, transposed: false);
            Tensor[] directions = [.. t.Select((tangent, i) => tangent ?? Tensor.Zeros(x[i].Shape))];
            var stated = Rewriting.Substitute([pushed], tangents, directions, seen)[0];
            seen.UnionWith(made);
            return stated;
        }
        var (pulled, cotangent, added) = Pulled(rule, x, y, seen, transposed: true);
        // An argument without a tangent contributes nothing, not 0 times its cotangent, which may be NaN.
        int[] moving = [.. Enumerable.Range(0, t.Length).Where(i => t[i] is not null)];
        Tensor[] along = [.. moving.Select(i => t[i]!)];
        var result = Rewriting.Freed(Reverse.Pull([.. moving.Select(i => pulled[i])], along, [cotangent], seen), [cotangent], along, seen)[
            0
        ];
        seen.UnionWith(added);
        return result;
    }

    /// <summary>Refuses a derivative with respect to something that a custom function uses without having it as an argument: its rule would make it silently 0.</summary>
    /// <param name="seen">What is differentiated, among other nodes.</param>
    /// <param name="first">From where on.</param>
    /// <param name="sources">What it is differentiated with respect to.</param>
    /// <param name="active">Which of the nodes from there on have a derivative.</param>
    public static void CheckClosures(Numbering seen, int first, IReadOnlyList<Tensor> sources, bool[] active)
    {
        HashSet<int> ends = [.. sources.Select(seen.Of)];
        for (var id = first; id < first + active.Length; id++)
        {
            if (seen[id] is Apply { Op: Op.Custom(var rule) } custom)
                Require.That(
                    !ReachesPast(rule, custom.Arguments[0], seen, first, ends, active),
                    $"[{rule.Operation}] \"{rule.Name}\" uses a value that is being differentiated without having it as an argument; pass it as one"
                );
        }
    }

    // Inside, the arguments' stand-ins are covered; whatever else leads to a source is not. Only active nodes lead there, and those of a rule that covers
    // them all lead to its own stand-ins, so that they are no other rule's: all walks together are linear.
    private static bool ReachesPast(CustomRule rule, Tensor result, Numbering seen, int first, HashSet<int> ends, bool[] active)
    {
        HashSet<int> met = [.. rule.Inner.Select(seen.Of)];
        var open = new Stack<Tensor>([result]);
        while (open.TryPop(out var node))
        {
            var id = seen.Of(node);
            if (id < first || !active[id - first] || !met.Add(id))
                continue;
            if (ends.Contains(id))
                return true;
            var arguments = ((Apply)node).Definition(out var op);
            for (var i = 0; i < arguments.Length; i++)
            {
                if (op.Facts.Reaches(i))
                    open.Push(arguments[i]);
            }
        }
        return false;
    }

    private static (Tensor[] Pulled, Input Cotangent, List<Tensor> Added) Pulled(
        CustomRule rule,
        Tensor[] x,
        Tensor y,
        Numbering seen,
        bool transposed
    )
    {
        var cotangent = new Input(y.Shape, "cotangent");
        var pulled = rule.Pullback!(x, y, cotangent);
        Require.That(
            pulled.Length == x.Length,
            $"[CustomVjp] \"{rule.Name}\" gave {pulled.Length} cotangents; expected one for each of {x.Length} arguments"
        );
        for (var i = 0; i < x.Length; i++)
            RequireShape(rule, pulled[i], x[i]);
        var added = Walk.OrderUnseen([.. x, y], seen.Contains, pulled);
        RequireLinear(rule, pulled, [cotangent], added, transposed);
        return (pulled, cotangent, added);
    }

    private static (Tensor Pushed, Input[] Tangents, List<Tensor> Added) Pushed(
        CustomRule rule,
        Tensor[] x,
        Tensor y,
        Numbering seen,
        bool transposed
    )
    {
        Input[] tangents = [.. x.Select(argument => new Input(argument.Shape, "tangent"))];
        var pushed = rule.Pushforward!(x, y, [.. tangents]);
        RequireShape(rule, pushed, y);
        var added = Walk.OrderUnseen([.. x, y], seen.Contains, pushed);
        RequireLinear(rule, [pushed], tangents, added, transposed);
        return (pushed, tangents, added);
    }

    private static void RequireShape(CustomRule rule, Tensor derivative, Tensor like) =>
        Require.That(
            derivative.Shape.Equals(like.Shape),
            $"[{rule.Operation}] \"{rule.Name}\" gave shape {derivative.Shape}; expected {like.Shape}"
        );

    private static void RequireLinear(CustomRule rule, Tensor[] results, Input[] directions, List<Tensor> order, bool transposed)
    {
        if (rule.IsChecked)
            return;
        var problem = Linearity.Problem(results, [.. directions], order, transposed);
        Require.That(
            problem is null,
            $"[{rule.Operation}] \"{rule.Name}\" gave {problem}, \"it\" being its {(rule.Pullback is null ? "tangent" : "cotangent")}; expected a linear function: scaled, added, multiplied by what does not depend on it"
        );
    }
}
