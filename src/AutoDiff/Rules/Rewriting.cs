namespace AutoDiff;

/// <summary>Copies of a graph with some nodes replaced; what does not depend on them is shared, not copied.</summary>
internal static class Rewriting
{
    /// <summary>The outputs with each of <paramref name="from"/> replaced by the node of <paramref name="to"/> at its position.</summary>
    /// <param name="outputs">What to copy.</param>
    /// <param name="from">What to replace.</param>
    /// <param name="to">What to replace it by.</param>
    /// <param name="seen">Nodes that depend on none of what is replaced, which are not walked.</param>
    public static Tensor[] Substitute(
        IReadOnlyList<Tensor> outputs,
        IReadOnlyList<Tensor> from,
        IReadOnlyList<Tensor> to,
        Numbering? seen = null
    )
    {
        using var order = new Numbering();
        Walk.Number(order, from, [.. outputs], seen is null ? null : seen.Contains);
        var depending = Walk.DependingOn(from, order);
        var copies = new Tensor?[order.Count];
        for (var i = 0; i < from.Count; i++)
            copies[order.Of(from[i])] = to[i];
        for (var id = 0; id < copies.Length; id++)
        {
            if (copies[id] is null && depending[id] && order[id] is Apply apply)
                copies[id] = Apply.Of(Moved(apply.Op, Copy), Replaced(apply.Arguments, Copy));
        }
        return [.. outputs.Select(output => Copy(output) ?? output)];

        Tensor? Copy(Tensor node) => order.Of(node) is var id && id >= 0 ? copies[id] : null;
    }

    /// <summary>A transposed map without the directions it was found by, for which nothing but barriers still waits; null stays null.</summary>
    /// <param name="results">The map's results.</param>
    /// <param name="directions">The directions.</param>
    /// <param name="along">What the map was applied to, which depends on no direction.</param>
    /// <param name="seen">Further nodes that depend on none, which are not walked.</param>
    public static Tensor?[] Freed(Tensor?[] results, IReadOnlyList<Tensor> directions, IReadOnlyList<Tensor> along, Numbering? seen = null)
    {
        int[] present = [.. Enumerable.Range(0, results.Length).Where(i => results[i] is not null)];
        Tensor[] zeros = [.. directions.Select(direction => Tensor.Zeros(direction.Shape))];
        var freed = Substitute([.. present.Select(i => results[i]!)], [.. directions, .. along], [.. zeros, .. along], seen);
        for (var i = 0; i < present.Length; i++)
            results[present[i]] = freed[i];
        return results;
    }

    /// <summary>A custom rule's inner nodes, where they were copied, are the copies.</summary>
    public static CustomRule Moved(CustomRule rule, Func<Tensor, Tensor?> copy)
    {
        if (!rule.Inner.Any(node => copy(node) is not null))
            return rule;
        Tensor[] inner = [.. rule.Inner.Select(node => copy(node) ?? node)];
        return rule.Pullback is { } pullback
            ? CustomRule.FromPullback(rule.Name, inner, pullback, rule.IsChecked)
            : CustomRule.FromPushforward(rule.Name, inner, rule.Pushforward!);
    }

    private static Op Moved(Op op, Func<Tensor, Tensor?> copy) => op is Op.Custom(var rule) ? new Op.Custom(Moved(rule, copy)) : op;

    private static Tensor[] Replaced(ReadOnlySpan<Tensor> arguments, Func<Tensor, Tensor?> copy)
    {
        var replaced = arguments.ToArray();
        for (var i = 0; i < replaced.Length; i++)
            replaced[i] = copy(replaced[i]) ?? replaced[i];
        return replaced;
    }
}
