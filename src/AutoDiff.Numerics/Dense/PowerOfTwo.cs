using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>A power of two that brings a matrix's largest element to between 1 and 2, so that no square overflows and those that underflow are far within rounding.</summary>
internal readonly struct PowerOfTwo
{
    private readonly int _exponent;

    private PowerOfTwo(int exponent) => _exponent = exponent;

    /// <summary>The power for what holds finite values only; else null.</summary>
    public static PowerOfTwo? Of(ReadOnlySpan<double> values)
    {
        var largest = values.IsEmpty ? 0 : TensorPrimitives.MaxMagnitude(values);
        if (!double.IsFinite(largest))
            return null;
        return new(largest == 0 ? 0 : Math.ILogB(largest));
    }

    /// <summary>y ← x in scaled units, which is exact but for what becomes subnormal.</summary>
    public void Scale(ReadOnlySpan<double> x, Span<double> y) => Multiply(x, y, -_exponent);

    /// <summary>x in the caller's units, ±∞ where it exceeds them.</summary>
    public void Unscale(Span<double> x) => Multiply(x, x, _exponent);

    // Two factors, since one power of two need not be representable.
    private static void Multiply(ReadOnlySpan<double> x, Span<double> y, int exponent)
    {
        TensorPrimitives.Multiply(x, Math.ScaleB(1, exponent / 2), y);
        TensorPrimitives.Multiply(y[..x.Length], Math.ScaleB(1, exponent - (exponent / 2)), y);
    }
}
