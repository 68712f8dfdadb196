namespace AutoDiff.Curvature;

/// <summary>A loss that is a mean over batches of examples, and a part that does not depend on them.</summary>
/// <param name="sizes">The number of elements of each of a point's leaves.</param>
/// <param name="batches">The batches.</param>
/// <param name="added">What is added once; null for nothing.</param>
/// <param name="options">How it runs where a call does not say.</param>
internal sealed class BatchLoss(int[] sizes, BatchSequence<BatchPlans> batches, LossPrograms? added, BatchOptions options) : LossPrograms
{
    public override double Value(ReadOnlySpan<double> x, RunOptions? run)
    {
        var mean = Mean("loss", plans => plans.Value.Value, Leaves(x), run ?? options);
        return mean[0][0] + (added?.Value(x, run) ?? 0);
    }

    public override double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient, RunOptions? run)
    {
        var mean = Mean("gradient", plans => plans.Gradient.Value, Leaves(x), run ?? options);
        LeafArrays.Join(mean.AsSpan(1), gradient);
        if (added is null)
            return mean[0][0];
        var rest = new double[x.Length];
        var value = mean[0][0] + added.ValueAndGradient(x, rest, run);
        VectorLoops.AddScaled(1, rest, gradient);
        return value;
    }

    public override double[] RoundedGradient(ReadOnlySpan<double> x, ulong seed)
    {
        var leaves = Leaves(x);
        return RoundedMean.Of(
            "Objective",
            batches,
            batch => batch.Plans.Gradient.Value.Rounded([.. leaves, .. batch.Leaves], RoundedMean.Seed(seed, batch.Index))[1..],
            added?.RoundedGradient(x, RoundedMean.Seed(seed, -1)),
            seed
        );
    }

    public override PointProducts Hessian(double[][] leaves) => Products(plans => plans.Hessian.Value, leaves, added?.Hessian(leaves));

    /// <summary>Of what is added, which is no function of a model's outputs, the whole Hessian.</summary>
    public override PointProducts? GaussNewton(double[][] leaves) =>
        batches.First.GaussNewton is null ? null : Products(plans => plans.GaussNewton!.Value, leaves, added?.Hessian(leaves));

    private BatchProducts<BatchPlans> Products(Func<BatchPlans, LinearPlans> plansOf, double[][] leaves, PointProducts? rest) =>
        new("Objective", batches, plansOf, leaves, null, rest, options);

    private double[][] Mean(string stage, Func<BatchPlans, LossPlan> plan, double[][] leaves, RunOptions run) =>
        new BatchMean<BatchPlans>("Objective", stage, batches).Of(
            functions: 1,
            _ => plan(batches.First).NewOutputs(),
            batch => (_, outputs) => plan(batch.Plans).Run([.. leaves, .. batch.Leaves], outputs),
            run
        )[0];

    private double[][] Leaves(ReadOnlySpan<double> x)
    {
        var leaves = LeafArrays.New(sizes);
        LeafArrays.Split(x, leaves);
        return leaves;
    }
}
