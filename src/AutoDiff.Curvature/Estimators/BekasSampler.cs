namespace AutoDiff.Curvature;

/// <summary>The diagonal as d = Σ v⊙Av ⊘ Σ v⊙v; its errors from the residuals r = v⊙Av − d⊙v⊙v, as √(k/(k − 1)·Σr²) ⊘ Σ v⊙v.</summary>
internal sealed class BekasSampler(LinearOperator a, Key key, EstimatorOptions options) : DiagonalSampler("Hutchinson.Diagonal", a, options)
{
    // The first sample's quotient: beside it what the others add is small where the error is, and its squares do not cancel.
    private double[]? _start;

    // Sums of u = v⊙Av − start⊙v⊙v, scaled, and of w = v⊙v: what the residuals' squares need.
    private readonly double[] _u = new double[a.Size];
    private readonly double[] _w = new double[a.Size];
    private readonly double[] _uu = new double[a.Size];
    private readonly double[] _uw = new double[a.Size];
    private readonly double[] _ww = new double[a.Size];
    private int? _exponent;

    protected override int Cost => 1;

    protected override int Draw(int first, int count)
    {
        var x = Probe(key, ProbeDistribution.Rademacher, first, count);
        var y = Apply(x, count);
        for (var row = 0; row < count; row++)
        {
            var largest = VectorLoops.Largest(y.AsSpan(row * Size, Size));
            if (!double.IsFinite(largest))
                return row;
            // Of about 1, so that squares stay in range.
            if (_exponent is null && largest > 0)
                _exponent = Math.ILogB(largest);
            Add(x.AsSpan(row * Size, Size), y.AsSpan(row * Size, Size));
        }
        return count;
    }

    protected override (double[] Diagonal, double[] Errors) Found()
    {
        if (Samples == 0)
            return (Unknown(), Unknown());
        var (diagonal, errors, exponent) = (new double[Size], Unknown(), _exponent ?? 0);
        for (var i = 0; i < Size; i++)
        {
            var d = _u[i] / _w[i];
            diagonal[i] = Math.ScaleB(_start![i] + d, exponent);
            if (Samples == 1)
                continue;
            var squares = Math.Max(_uu[i] - (2 * d * _uw[i]) + (d * d * _ww[i]), 0);
            errors[i] = Math.ScaleB(Math.Sqrt(Samples / (Samples - 1.0) * squares) / _w[i], exponent);
        }
        return (diagonal, errors);
    }

    private void Add(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var exponent = -(_exponent ?? 0);
        var isFirst = _start is null;
        _start ??= new double[Size];
        for (var i = 0; i < x.Length; i++)
        {
            var (u, w) = (x[i] * Math.ScaleB(y[i], exponent), x[i] * x[i]);
            if (isFirst)
                _start[i] = u / w;
            u -= _start[i] * w;
            _u[i] += u;
            _w[i] += w;
            _uu[i] += u * u;
            _uw[i] += u * w;
            _ww[i] += w * w;
        }
    }
}
