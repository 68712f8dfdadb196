namespace AutoDiff.Curvature;

/// <summary>The mean of samples and the standard deviation of it.</summary>
internal static class SampleMean
{
    /// <summary>x̄ and √(Σ(xᵢ − x̄)²/(k(k − 1))), free of overflow where the samples' sum is; NaN where there are too few.</summary>
    public static (double Mean, double Error) Of(ReadOnlySpan<double> samples)
    {
        var k = samples.Length;
        if (k == 0)
            return (double.NaN, double.NaN);
        var mean = Mean(samples);
        var deviations = samples.ToArray();
        for (var i = 0; i < k; i++)
            deviations[i] -= mean;
        // Once more: what rounding left of the mean must not show in deviations that are small beside it.
        mean += Mean(deviations);
        for (var i = 0; i < k; i++)
            deviations[i] = samples[i] - mean;
        return (mean, k == 1 ? double.NaN : VectorLoops.Norm(deviations) / Math.Sqrt(k * (k - 1.0)));
    }

    private static double Mean(ReadOnlySpan<double> samples)
    {
        var sum = 0.0;
        foreach (var sample in samples)
            sum += sample / samples.Length;
        return sum;
    }
}
