namespace AutoDiff.Properties;

/// <summary>A number as the sum of two, some 31 digits (Dekker 1971).</summary>
/// <param name="High">The number rounded.</param>
/// <param name="Low">What rounding left.</param>
internal readonly record struct DoubleDouble(double High, double Low)
{
    public static DoubleDouble operator +(DoubleDouble x, DoubleDouble y)
    {
        var sum = x.High + y.High;
        var part = sum - x.High;
        return Normal(sum, x.High - (sum - part) + (y.High - part) + x.Low + y.Low);
    }

    public static DoubleDouble operator -(DoubleDouble x, DoubleDouble y) => x + new DoubleDouble(-y.High, -y.Low);

    public static DoubleDouble operator *(DoubleDouble x, double y)
    {
        var product = x.High * y;
        return Normal(product, Math.FusedMultiplyAdd(x.High, y, -product) + (x.Low * y));
    }

    public static DoubleDouble operator *(DoubleDouble x, DoubleDouble y)
    {
        var product = x.High * y.High;
        return Normal(product, Math.FusedMultiplyAdd(x.High, y.High, -product) + (x.High * y.Low) + (x.Low * y.High));
    }

    public static DoubleDouble operator /(DoubleDouble x, double y)
    {
        var quotient = x.High / y;
        return Normal(quotient, (Math.FusedMultiplyAdd(-quotient, y, x.High) + x.Low) / y);
    }

    private static DoubleDouble Normal(double high, double low) => new(high + low, high - (high + low) + low);
}
