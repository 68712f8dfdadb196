using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Forward mode: tangents walk from the sources on, as new graph.</summary>
internal static class Forward
{
    /// <summary>The tangents of <paramref name="outputs"/>, given those of the sources; null where no source reaches an output.</summary>
    public static Tensor?[] Push(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> sources, IReadOnlyList<Tensor> tangents)
    {
        using var seen = new Numbering(); // the rules met on the way add to it
        Walk.Number(seen, sources, [.. outputs]);
        CustomRules.CheckClosures(seen, 0, sources, Walk.DependingOn(sources, seen, 0, Op.Reaches));
        // What a rule stands for is not differentiated, and may have no derivative.
        var needed = Walk.Needed(outputs, seen, Op.Reaches);
        var known = new Tensor?[seen.Count];
        for (var i = 0; i < sources.Count; i++)
            known[seen.Of(sources[i])] = tangents[i];
        var shared = SharedLoops.Among(seen, 0);
        for (var id = 0; id < known.Length; id++)
        {
            if (known[id] is not null || !needed[id] || seen[id] is not Apply node)
                continue;
            if (shared.TryGetValue(node, out var loops))
                PushTogether(loops, known, seen);
            else
                known[id] = Tangent(node, known, seen);
        }
        return [.. outputs.Select(output => known[seen.Of(output)])];
    }

    /// <summary>The tangents of loops that share their arguments, at the first of them.</summary>
    private static void PushTogether(List<Apply> loops, Tensor?[] known, Numbering seen)
    {
        var tangents = Loops.PushAll(loops, Along(loops[0], known, seen));
        for (var i = 0; i < loops.Count; i++)
            known[seen.Of(loops[i])] = tangents[i];
    }

    /// <summary>The tangents of a node's arguments, null where none reaches or counts.</summary>
    private static Tensor?[] Along(Apply node, Tensor?[] known, Numbering seen)
    {
        var x = node.Arguments;
        var t = new Tensor?[x.Length];
        for (var i = 0; i < t.Length; i++)
            t[i] = node.Op.Facts.Reaches(i) && seen.Of(x[i]) is var id && (uint)id < (uint)known.Length ? known[id] : null;
        return t;
    }

    private static Tensor? Tangent(Apply node, Tensor?[] known, Numbering seen)
    {
        var x = node.Arguments;
        var t = Along(node, known, seen);
        if (Array.TrueForAll(t, tangent => tangent is null))
            return null;
        return node.Op.Facts.Kind switch
        {
            OpKind.Map => Slopes.Times(Unaries.Of(node.Op).Slope!(x[0], node), t[0]!),
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
            OpKind.Callback => throw CustomRules.Missing((Op.Callback)node.Op),
            OpKind.Control => Control(node, t),
            OpKind.Rule => CustomRules.Push(((Op.Custom)node.Op).Rule, x[1..].ToArray(), node, t[1..], seen),
        };
    }

    private static Tensor? Control(Apply node, Tensor?[] t) =>
        node.Op switch
        {
            Op.Scan(var loop) => Loops.Push(loop, node, t),
            Op.While(var loop) => WhileLoops.Push(loop, node, t),
            Op.Cond(var branches) => Conditionals.Push(branches, node, t),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

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
