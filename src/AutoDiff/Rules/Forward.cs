using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Forward mode: tangents walk from the sources on, as new graph.</summary>
internal static class Forward
{
    /// <summary>The tangents of <paramref name="outputs"/>, given those of the sources; null where no source reaches an output.</summary>
    public static Tensor?[] Push(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> sources, IReadOnlyList<Tensor> tangents)
    {
        var order = Walk.OrderFrom(sources, [.. outputs]);
        var seen = new HashSet<Tensor>(order, ReferenceEqualityComparer.Instance);
        CustomRules.CheckClosures(order, sources, Walk.DependingOn(sources, order, Derivatives.Reaches));
        var known = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < sources.Count; i++)
            known[sources[i]] = tangents[i];
        foreach (var node in order)
        {
            if (node is Apply apply && !known.ContainsKey(node) && Tangent(apply, known, seen) is { } tangent)
                known.Add(node, tangent);
        }
        return [.. outputs.Select(output => known.GetValueOrDefault(output))];
    }

    private static Tensor? Tangent(Apply node, Dictionary<Tensor, Tensor> known, HashSet<Tensor> seen)
    {
        var x = node.Arguments;
        var t = new Tensor?[x.Length];
        var any = false;
        for (var i = 0; i < t.Length; i++)
        {
            t[i] = Derivatives.Reaches(node.Op, i) ? known.GetValueOrDefault(x[i]) : null;
            any |= t[i] is not null;
        }
        if (!any)
            return null;
        switch (node.Op)
        {
            case Op.Map(var function):
                return Derivatives.Times(Derivatives.Of(function, x[0], node), t[0]!);
            case Op.Zip(var function):
                var (left, right) = Derivatives.Of(function, x[0], x[1], node);
                return Sum(t[0] is null ? null : Derivatives.Times(left, t[0]!), t[1] is null ? null : Derivatives.Times(right, t[1]!));
            case Op.Select:
                return Where(x[0], t[1] ?? 0, t[2] ?? 0);
            case Op.Reduce(var kind, var axes):
                var weighted = Derivatives.Of(kind, axes, x[0], node) is { } weights ? weights * t[0]! : t[0]!;
                return Reduce(Reduction.Sum, weighted, axes);
            case Op.MatMul: // bilinear: one term an argument
                return Sum(t[0] is null ? null : Apply.Of(node.Op, t[0]!, x[1]), t[1] is null ? null : Apply.Of(node.Op, x[0], t[1]!));
            case Op.Pad(var low, var high, var interior, _):
                return Apply.Of(new Op.Pad(low, high, interior, 0), t[0]!);
            case Op.Gather or Op.ScatterAdd:
                return Apply.Of(node.Op, t[0]!, x[1]);
            case Op.Barrier:
                return t[0];
            case Op.Custom(var rule):
                return CustomRules.Push(rule, x[1..].ToArray(), node, t[1..], seen);
            default: // linear in all arguments together
                for (var i = 0; i < t.Length; i++)
                    t[i] ??= Tensor.Zeros(x[i].Shape);
                return Apply.Of(node.Op, t!);
        }
    }

    private static Tensor? Sum(Tensor? left, Tensor? right) =>
        left is null ? right
        : right is null ? left
        : left + right;
}
