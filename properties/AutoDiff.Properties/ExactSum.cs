namespace AutoDiff.Properties;

/// <summary>A sum of products kept to twice double precision: far below one rounding of the results it is compared with.</summary>
/// <remarks>Ogita, Rump and Oishi, "Accurate sum and dot product" (2005), algorithm 5.3.</remarks>
internal struct ExactSum
{
    private double _high;
    private double _low;

    /// <summary>How many terms there are.</summary>
    public int Count { get; private set; }

    /// <summary>The sum of the terms' magnitudes.</summary>
    public double Magnitude { get; private set; }

    /// <summary>Adds x·y.</summary>
    public void Add(double x, double y)
    {
        var product = x * y;
        var sum = _high + product;
        var part = sum - _high;
        _low += (_high - (sum - part)) + (product - part) + Math.FusedMultiplyAdd(x, y, -product);
        _high = sum;
        Count++;
        Magnitude += Math.Abs(product);
    }

    /// <summary>The sum less <paramref name="value"/>.</summary>
    public readonly double Less(double value) => _high - value + _low;
}
