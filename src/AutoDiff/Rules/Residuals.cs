namespace AutoDiff;

/// <summary>What the part of a graph that depends on some directions reads of the rest.</summary>
internal static class Residuals
{
    /// <summary>What the part of the outputs that depends on the inputs reads of the rest.</summary>
    public static List<Tensor> Of(Tensor[] outputs, Input[] inputs)
    {
        var order = Walk.Order(outputs);
        return Of(order, Walk.DependingOn(inputs, order));
    }

    /// <summary>What the part that depends on the tangent reads of the rest: computed nodes, except where it reads them rearranged or repeated, which is no smaller.</summary>
    public static List<Tensor> Of(List<Tensor> order, HashSet<Tensor> depending)
    {
        var (residuals, seen) = (new List<Tensor>(), new HashSet<Tensor>(ReferenceEqualityComparer.Instance));
        foreach (var node in order)
        {
            if (node is not Apply apply || !depending.Contains(node))
                continue;
            foreach (var argument in apply.Arguments)
            {
                // A gather reads its elements in a row, so that what is rearranged for it is stored as such.
                var read = argument;
                while (apply.Op is not Op.Gather && !depending.Contains(read) && read is Apply view && IsNoSmaller(view.Op))
                    read = view.Arguments[0];
                if (read is Apply && !depending.Contains(read) && seen.Add(read))
                    residuals.Add(read);
            }
        }
        return residuals;
    }

    // A rule's other arguments would be read with it.
    private static bool IsNoSmaller(Op op) =>
        op is not Op.Custom && op.Facts.Arrangement is Arrangement.Same or Arrangement.Reshaped or Arrangement.Whole;
}
