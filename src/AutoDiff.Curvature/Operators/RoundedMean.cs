namespace AutoDiff.Curvature;

/// <summary>Weighted means over batches in random rounding, the sums included.</summary>
internal static class RoundedMean
{
    /// <summary>The mean of a batch's results, one vector of all leaves, and what is added to it.</summary>
    /// <param name="operation">In whose name to refuse.</param>
    /// <param name="batches">The batches.</param>
    /// <param name="rounded">A batch's results in random rounding.</param>
    /// <param name="added">What is added once; null for nothing.</param>
    /// <param name="seed">What decides the ways.</param>
    public static double[] Of<TPlans>(
        string operation,
        BatchSequence<TPlans> batches,
        Func<Batch<TPlans>, double[][]> rounded,
        double[]? added,
        ulong seed
    )
    {
        var (sum, total) = (Array.Empty<double>(), 0.0);
        for (var i = 0; i < batches.Count; i++)
        {
            var batch = batches.Read(i);
            if (batch.Weight == 0)
                continue;
            double[] term = [.. rounded(batch).SelectMany(leaf => leaf)];
            if (batch.Weight != 1)
                term = Evaluate((x, y) => x * y, term, [batch.Weight], Seed(seed, batches.Count + i));
            sum = total == 0 ? term : Evaluate((x, y) => x + y, sum, term, Seed(seed, (2 * batches.Count) + i));
            total += batch.Weight;
        }
        Require.That(total > 0, $"[{operation}] got batches that all have weight 0; expected a positive sum of weights");
        var mean = total == 1 ? sum : Evaluate((x, y) => x / y, sum, [total], Seed(seed, -2));
        return added is null ? mean : Evaluate((x, y) => x + y, mean, added, Seed(seed, -3));
    }

    /// <summary>A seed for a part of the work.</summary>
    public static ulong Seed(ulong seed, int part) => SplitMix64.Mix(SplitMix64.Mix(seed) + (ulong)(long)part);

    private static double[] Evaluate(Func<Tensor, Tensor, Tensor> function, double[] x, double[] y, ulong seed)
    {
        Input[] inputs = [new([x.Length], "x"), new([y.Length], "y")];
        return RoundedEvaluation.Evaluate(Graph.Of(inputs, [function(inputs[0], inputs[1])]), [x, y], seed)[0];
    }
}
