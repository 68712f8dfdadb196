using static AutoDiff.Transforms;

namespace AutoDiff.Properties;

/// <summary>What a function of a tree costs, counted: no clock is read.</summary>
internal static class Cost
{
    /// <summary>The derivatives that are measured.</summary>
    public static Dictionary<
        string,
        Func<Func<TreeList<Tensor>, Tensor>, Func<TreeList<Tensor>, TreeList<Tensor>, TreeList<Tensor>>>
    > Orders { get; } =
        new(StringComparer.Ordinal)
        {
            ["value"] = f => (x, _) => [f(x)],
            ["gradient"] = f => (x, _) => Grad(f, x),
            ["H·v"] = f => (x, v) => Hvp(f, x, v),
            ["H·v, linearized"] = f => (x, v) => Linearize(Grad(f), x).Apply(v),
            ["gradients, mapped"] = f => (x, v) => Vmap(Grad(f))(new([.. x.Zip(v, (left, right) => Ops.Stack([left, right]))])),
        };

    /// <summary>The counts by name: what tracing, simplifying and planning walk and build shows in what they allocate.</summary>
    public static Dictionary<string, double> Of(Func<TreeList<Tensor>, TreeList<Tensor>, TreeList<Tensor>> function, TreeList<Tensor> point)
    {
        Input[] x = [.. point.Select(leaf => new Input(leaf.Shape, "x"))];
        Input[] v = [.. point.Select(leaf => new Input(leaf.Shape, "v"))];
        var (graph, traced) = Allocating(() => Graph.Of([.. x, .. v], function(new([.. x]), new([.. v])).Items));
        var (plain, planned) = Allocating(() => Plan<double>.Of(graph));
        var (simple, simplified) = Allocating(() => Simplification.Simplify(graph));
        var plan = Plan<double>.Of(simple);
        return new(StringComparer.Ordinal)
        {
            ["bytes to trace"] = traced,
            ["bytes to simplify"] = simplified,
            ["bytes to plan"] = planned,
            ["nodes"] = graph.Nodes.Length,
            ["steps"] = plan.StepCount,
            ["elements"] = plan.Traffic,
            ["elements, not simplified"] = plain.Traffic,
            ["workspace"] = plan.WorkspaceBytes,
        };
    }

    /// <summary>p of counts that grow as a + b·nᵖ, from three sizes that double: the constant part cancels in the differences.</summary>
    public static double Exponent(double first, double second, double third) =>
        third <= second ? 0 : Math.Log2((third - second) / Math.Max(second - first, 1));

    private static (T Result, long Bytes) Allocating<T>(Func<T> build)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = build();
        return (result, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
