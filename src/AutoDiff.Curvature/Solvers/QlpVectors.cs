namespace AutoDiff.Curvature;

/// <summary>The basis W of MINRES-QLP, of which three vectors are held, and the solution in it.</summary>
internal sealed class QlpVectors(int size)
{
    private readonly double[] _settled = new double[size];
    private double[] _last = new double[size];
    private double[] _before = new double[size];
    private double[] _old = new double[size];

    /// <summary>Takes in a Lanczos vector v [n] and the factors with its column; writes the solution to x [n].</summary>
    public void Add(ReadOnlySpan<double> v, QlpFactors factors, Span<double> x)
    {
        var (far, near, mu) = (factors.Far, factors.Near, factors.Mu);
        // The oldest vector's place is free.
        (_old, _before, _last) = (_before, _last, _old);
        for (var i = 0; i < v.Length; i++)
        {
            var (w, rest) = (far.First(_old[i], v[i]), far.Second(_old[i], v[i]));
            (_old[i], _last[i], _before[i]) = (w, near.Second(_before[i], rest), near.First(_before[i], rest));
            _settled[i] += w * mu.Settled;
            x[i] = _settled[i] + (_before[i] * mu.Before) + (_last[i] * mu.Last);
        }
    }
}
