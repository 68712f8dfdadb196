namespace AutoDiff;

/// <summary>What the part of a graph that depends on some directions reads of the rest.</summary>
internal static class Residuals
{
    /// <summary>What the part of the outputs that depends on the inputs reads of the rest.</summary>
    public static List<Tensor> Of(Tensor[] outputs, IReadOnlyList<Tensor> inputs)
    {
        using var order = new Numbering();
        Walk.Number(order, [], outputs);
        return Of(order, inputs);
    }

    /// <summary>What the part that depends on the tangent reads of the rest: computed nodes, except where it reads them rearranged or repeated, which is no smaller.</summary>
    /// <param name="order">The results and what they depend on.</param>
    /// <param name="tangents">The tangent's leaves.</param>
    public static List<Tensor> Of(Numbering order, IReadOnlyList<Tensor> tangents)
    {
        var depending = Walk.DependingOn(tangents, order);
        var (residuals, seen) = (new List<Tensor>(), new HashSet<int>());
        for (var id = 0; id < depending.Length; id++)
        {
            if (!depending[id] || order[id] is not Apply apply)
                continue;
            foreach (var argument in apply.Arguments)
            {
                // A gather reads its elements in a row, so that what is rearranged for it is stored as such.
                var read = argument;
                while (apply.Op is not Op.Gather && !Depends(read) && read is Apply view && IsNoSmaller(view.Op))
                    read = view.Arguments[0];
                if (read is Apply && !Depends(read) && seen.Add(order.Of(read)))
                    residuals.Add(read);
            }
        }
        return residuals;

        bool Depends(Tensor node) => order.Of(node) is var id && id >= 0 && depending[id];
    }

    // A rule's other arguments would be read with it.
    private static bool IsNoSmaller(Op op) =>
        op is not Op.Custom && op.Facts.Arrangement is Arrangement.Same or Arrangement.Reshaped or Arrangement.Whole;
}
