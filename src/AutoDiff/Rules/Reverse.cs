using static AutoDiff.Ops;

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
        var active = Walk.DependingOn(sources, order, Derivatives.Reaches);
        CustomRules.CheckClosures(order, sources, active);
        var sums = new Dictionary<Tensor, Tensor>(ReferenceEqualityComparer.Instance);
        var parts = new Dictionary<Tensor, List<Parts.Part>>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < outputs.Count; i++)
            Add(outputs[i], cotangents[i]);
        var stops = new HashSet<Tensor>(sources, ReferenceEqualityComparer.Instance);
        for (var i = order.Count - 1; i >= 0; i--)
        {
            if (parts.Remove(order[i], out var list) && !HandedOn(order[i], list))
                Add(order[i], Parts.Together(order[i], list));
            if (order[i] is Apply node && !stops.Contains(node) && sums.Remove(node, out var g))
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
            var x = node.Arguments;
            switch (node.Op)
            {
                case Op.Map(var function):
                    Add(x[0], Derivatives.Times(Derivatives.Of(function, x[0], node), g));
                    break;
                case Op.Zip(var function):
                    var (left, right) = Derivatives.Of(function, x[0], x[1], node);
                    Add(x[0], active.Contains(x[0]) ? Derivatives.Times(left, g) : null);
                    Add(x[1], active.Contains(x[1]) ? Derivatives.Times(right, g) : null);
                    break;
                case Op.Reduce(var kind, var axes):
                    var spread = Transposes.Of(node.Op, 0, x, g);
                    Add(x[0], Derivatives.Of(kind, axes, x[0], node) is { } weights ? weights * spread : spread);
                    break;
                case Op.Concatenate(var axis):
                    for (var (i, start) = (0, 0); i < x.Length; start += x[i++].Shape[axis])
                        Add(x[i], active.Contains(x[i]) ? SliceAxis(g, axis, start, x[i].Shape[axis], 1) : null);
                    break;
                case Op.Slice or Op.Gather:
                    Keep(x[0], new(node, g));
                    break;
                case Op.Custom(var rule):
                    var arguments = x[1..].ToArray();
                    var pulled = CustomRules.Pull(rule, arguments, node, g, seen);
                    for (var i = 0; i < arguments.Length; i++)
                        Add(arguments[i], pulled[i]);
                    break;
                default:
                    for (var i = 0; i < x.Length; i++)
                    {
                        if (Derivatives.Reaches(node.Op, i) && active.Contains(x[i]))
                            Add(x[i], Transposes.Of(node.Op, i, x, g));
                    }
                    break;
            }
        }
    }
}
