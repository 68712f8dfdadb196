namespace AutoDiff.Curvature;

/// <summary>A trace from samples that all change when the sketch that they share grows.</summary>
internal abstract class SketchSampler(string operation, LinearOperator a, EstimatorOptions options)
    : Sampler<Estimate>(operation, a, options)
{
    private (int Samples, double[] Values) _values = (0, []);
    private double _exact;

    /// <summary>The sketch.</summary>
    protected Sketch Sketch { get; } = new(a.Size);

    protected override double Rate => 1;

    /// <summary>What the standard error of independent samples is multiplied by.</summary>
    protected virtual double Dependence => 1;

    /// <summary>The samples from all that was drawn.</summary>
    protected abstract double[] Values();

    /// <summary>Adds vectors of Ω [count, n]; whether their products are finite.</summary>
    protected bool Grow(double[] omega, int count)
    {
        var y = Apply(omega, count);
        if (!double.IsFinite(VectorLoops.Largest(y)))
            return false;
        Took(omega, y, count);
        var added = Sketch.Extend(y, count, Part);
        var images = Apply(added, added.Length / Size);
        Sketch.AddImages(images);
        return double.IsFinite(VectorLoops.Largest(images));
    }

    /// <summary>Told of vectors of Ω and their products Y [count, n] before these are orthogonalized.</summary>
    protected virtual void Took(double[] omega, double[] y, int count) { }

    /// <summary>A copy of row <paramref name="i"/> of a block.</summary>
    protected double[] Row(double[] block, int i) => block[(i * Size)..((i + 1) * Size)];

    protected sealed override (double Error, double Magnitude) Measure()
    {
        var (mean, error) = Found();
        return (error, Math.Abs(mean));
    }

    protected sealed override bool Exact()
    {
        var diagonal = new double[Size];
        Columns((i, column) => diagonal[i] = column.Span[i]);
        return double.IsFinite(_exact = diagonal.Sum());
    }

    protected sealed override Estimate Result(Outcome outcome, bool isExact)
    {
        if (isExact)
            return new(_exact, 0, Products);
        var (mean, error) = Found();
        return new(mean, error, Products) { Outcome = outcome, Samples = _values.Values.Length };
    }

    private (double Mean, double Error) Found()
    {
        // Where drawing was broken off the sketch has more than the samples.
        Sketch.Truncate(Samples);
        if (_values.Samples != Samples)
            _values = (Samples, Values());
        var (mean, error) = SampleMean.Of(_values.Values);
        return (mean, Dependence * error);
    }
}
