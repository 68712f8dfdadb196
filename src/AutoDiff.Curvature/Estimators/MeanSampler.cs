namespace AutoDiff.Curvature;

/// <summary>The mean of independent samples, with the standard error of a mean.</summary>
internal abstract class MeanSampler(string operation, LinearOperator a, EstimatorOptions options) : Sampler<Estimate>(operation, a, options)
{
    private readonly List<double> _samples = [];
    private double _exact;

    /// <summary>The samples from a number on.</summary>
    protected abstract double[] Values(int first, int count);

    /// <summary>The exact value.</summary>
    protected abstract double ExactValue();

    protected sealed override int Draw(int first, int count)
    {
        var finite = Values(first, count).TakeWhile(double.IsFinite).ToArray();
        _samples.AddRange(finite);
        return finite.Length;
    }

    protected sealed override bool Exact() => double.IsFinite(_exact = ExactValue());

    protected sealed override (double Error, double Magnitude) Measure()
    {
        var (mean, error) = SampleMean.Of([.. _samples]);
        return (error, Math.Abs(mean));
    }

    protected override Estimate Result(Outcome outcome, bool isExact)
    {
        if (isExact)
            return new(_exact, 0, Products);
        var (mean, error) = SampleMean.Of([.. _samples]);
        return new(mean, error, Products) { Outcome = outcome, Samples = _samples.Count };
    }
}
