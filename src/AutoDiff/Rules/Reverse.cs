namespace AutoDiff;

/// <summary>Reverse mode: cotangents walk from the outputs back, as new graph.</summary>
internal static class Reverse
{
    /// <summary>The cotangents of <paramref name="sources"/>, given those of the outputs; null where nothing reaches a source.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="cotangents">A cotangent of each.</param>
    /// <param name="sources">What they are pulled back to.</param>
    /// <param name="seen">Nodes older than the sources, which do not depend on them and are not walked.</param>
    public static Tensor?[] Pull(
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor> cotangents,
        IReadOnlyList<Tensor> sources,
        HashSet<Tensor>? seen = null
    )
    {
        seen ??= new(ReferenceEqualityComparer.Instance);
        var order = Walk.OrderUnseen(sources, seen, [.. outputs]);
        seen.UnionWith(order); // for the rules met on the way
        var active = Walk.DependingOn(sources, order, Op.Reaches);
        CustomRules.CheckClosures(order, sources, active);
        var sums = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        var parts = new Dictionary<Tensor, List<Parts.Part>>(ReferenceEqualityComparer.Instance);
        var overwritten = new Overwritten();
        for (var i = 0; i < outputs.Count; i++)
            Add(outputs[i], cotangents[i]);
        var stops = new HashSet<Tensor>(sources, ReferenceEqualityComparer.Instance);
        var shared = SharedLoops.Among(order);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (parts.Remove(order[i], out var list) && !HandedOn(order[i], list))
                sums[order[i]] = Parts.Added(sums.GetValueOrDefault(order[i]), order[i], list);
            if (shared.TryGetValue(order[i], out var loops))
            {
                // What reads the others comes after the first.
                if (ReferenceEquals(order[i], loops[0]) && Loops.Together(loops, sums) is { } whole)
                    Push(whole.Node, whole.G);
            }
            else if (order[i] is Apply node && !stops.Contains(node) && sums.Remove(node, out var g))
                Push(node, g);
        }
        seen.ExceptWith(order);
        return [.. sources.Select(source => sums.GetValueOrDefault(source))];

        // The parts of a matrix that is transposed anew for each of them are parts of that matrix.
        bool HandedOn(Tensor node, List<Parts.Part> list)
        {
            if (node is not Apply { Op: Op.Transpose or Op.Reshape } view || stops.Contains(node) || sums.ContainsKey(node))
                return false;
            if (list.Exists(part => part.Through is not null))
                return false;
            foreach (var part in list)
                Keep(view.Arguments[0], part with { Through = view });
            return true;
        }

        bool[] Wanted(Apply node) => [.. node.Arguments.ToArray().Select(active.Contains)];

        void Keep(Tensor node, Parts.Part part)
        {
            if (part.Cotangent.Shape.Size == 0 || !active.Contains(node))
                return;
            if (!parts.TryGetValue(node, out var list))
                parts.Add(node, list = []);
            list.Add(part);
        }

        void Add(Tensor node, Tensor? cotangent)
        {
            if (cotangent is not null && active.Contains(node))
                sums[node] = sums.TryGetValue(node, out var sum) ? sum + cotangent : cotangent;
        }

        void Push(Apply node, Tensor g)
        {
            if (node.Op is Op.Slice or Op.Gather)
            {
                Keep(node.Arguments[0], new(node, g));
                return;
            }
            if (node.Op is Op.SetSlice set)
            {
                var (part, whole) = (node.Arguments[0], node.Arguments[1]);
                if (active.Contains(part))
                    Add(part, overwritten.Updates(set, part.Shape, g));
                if (active.Contains(whole))
                    Add(whole, overwritten.Rest(set, part.Shape, g));
                return;
            }
            var y = new Pulled(node, g, seen) { Wanted = node.Op.Facts.Kind == OpKind.Control ? Wanted(node) : [] };
            for (var i = 0; i < y.Arguments.Length; i++)
            {
                if (y.Op.Facts.Reaches(i) && active.Contains(y[i]))
                    Add(y[i], Transposes.Of(y, i));
            }
        }
    }
}
