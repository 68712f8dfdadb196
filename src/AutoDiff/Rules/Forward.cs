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
        CustomRules.CheckClosures(order, sources, Walk.DependingOn(sources, order, Op.Reaches));
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
            t[i] = node.Op.Facts.Reaches(i) ? known.GetValueOrDefault(x[i]) : null;
            any |= t[i] is not null;
        }
        if (!any)
            return null;
        return node.Op.Facts.Kind switch
        {
            OpKind.Map => Slopes.Times(Unaries.Of(((Op.Map)node.Op).Function).Slope!(x[0], node), t[0]!),
            OpKind.Zip => Zip(Binaries.Of(((Op.Zip)node.Op).Function), node, t),
            OpKind.Reduction => Reduction((Op.Reduce)node.Op, node, t[0]!),
            OpKind.Position => null,
            OpKind.Product => Sum( // bilinear: one term an argument
                t[0] is null ? null : Apply.Of(node.Op, t[0]!, x[1]),
                t[1] is null ? null : Apply.Of(node.Op, x[0], t[1]!)
            ),
            OpKind.Matrix => MatrixFunctions.Of(((Op.Matrix)node.Op).Function).Tangent(new([.. x], node), t),
            OpKind.Select or OpKind.Moves or OpKind.Sums => Linear(node.Op, node, t),
            OpKind.Pad => Linear((Op.Pad)node.Op with { Value = 0 }, node, t),
            OpKind.Barrier => t[0],
            OpKind.Rule => CustomRules.Push(((Op.Custom)node.Op).Rule, x[1..].ToArray(), node, t[1..], seen),
        };
    }

    private static Tensor? Zip(BinaryRow row, Apply z, Tensor?[] t) =>
        Sum(
            t[0] is null ? null : Slopes.Times(row.SlopeX!(z.Arguments[0], z.Arguments[1], z), t[0]!),
            t[1] is null ? null : Slopes.Times(row.SlopeY!(z.Arguments[0], z.Arguments[1], z), t[1]!)
        );

    private static Tensor Reduction(Op.Reduce op, Apply y, Tensor t) =>
        Reduce(AutoDiff.Reduction.Sum, Reductions.Of(op.Kind).Slope is { } slope ? slope(op.Axes, y.Arguments[0], y) * t : t, op.Axes);

    /// <summary>Of an op that is linear in all its differentiable arguments together, the others being held.</summary>
    private static Apply Linear(Op op, Apply y, Tensor?[] t)
    {
        var along = y.Arguments.ToArray();
        for (var i = 0; i < along.Length; i++)
        {
            if (op.Facts.Reaches(i))
                along[i] = t[i] ?? Tensor.Zeros(along[i].Shape);
        }
        return Apply.Of(op, along);
    }

    private static Tensor? Sum(Tensor? left, Tensor? right) =>
        left is null ? right
        : right is null ? left
        : left + right;
}
