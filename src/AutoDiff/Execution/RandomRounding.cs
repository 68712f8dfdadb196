namespace AutoDiff;

/// <summary>Double precision with every inexact result moved, up or down as its mantissa and a seed decide: arithmetic's by twice the error it can have, an elementary function's by what its tests let it err.</summary>
/// <remarks>
/// Stochastic arithmetic (Vignes 1974; Parker 1997): results of several seeds scatter as widely as rounding errors reach, whatever the cause. An exact
/// result stays as it is; equal results move alike, opposite ones oppositely and twofold ones by twice as much, as in true rounding, so that what cancels by
/// structure still does, and a power of two scales every bit.
/// </remarks>
internal readonly struct RandomRounding(ulong seed)
{
    /// <summary>The units in the last place that an elementary function's result is moved by: what the kernels' tests allow them.</summary>
    private const int FunctionUnits = 4;

    private const long Mantissa = (1L << 52) - 1;

    private static readonly long MostBits = BitConverter.DoubleToInt64Bits(double.MaxValue);

    /// <summary>Below this the residual of a product can itself underflow, and exactness is not known.</summary>
    private const double Gradual = 1e-290;

    public double Add(double x, double y)
    {
        var sum = x + y;
        // Knuth's two-sum: what rounding took.
        var part = sum - x;
        return x - (sum - part) + (y - part) == 0 ? sum : Move(sum, 1);
    }

    public double Multiply(double x, double y)
    {
        var product = x * y;
        var exact = x == 0 || y == 0 || (Math.Abs(product) > Gradual && Math.FusedMultiplyAdd(x, y, -product) == 0);
        return exact ? product : Move(product, 1);
    }

    public double Divide(double x, double y)
    {
        var quotient = x / y;
        var exact = x == 0 || (Math.Abs(x) > Gradual && Math.FusedMultiplyAdd(quotient, y, -x) == 0);
        return exact ? quotient : Move(quotient, 1);
    }

    public double Sqrt(double x)
    {
        var root = Math.Sqrt(x);
        return x == 0 || (x > Gradual && Math.FusedMultiplyAdd(root, root, -x) == 0) ? root : Move(root, 1);
    }

    /// <summary>The value of an elementary function.</summary>
    public double Function(double value) => Move(value, FunctionUnits);

    /// <summary>A number some units in its last place away, the way that its mantissa decides; infinities and NaN stay, and what has underflowed to 0 becomes the smallest numbers.</summary>
    public double Move(double value, int units)
    {
        if (!double.IsFinite(value))
            return value;
        var magnitude = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        // Neither past 0 nor past the largest number.
        var up = magnitude < units || (magnitude <= MostBits - units && (SplitMix64.Mix((ulong)(magnitude & Mantissa) ^ seed) & 1) == 0);
        var moved = magnitude + (up ? units : -units);
        return Math.CopySign(BitConverter.Int64BitsToDouble(moved), value);
    }
}
