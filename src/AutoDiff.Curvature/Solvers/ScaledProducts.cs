namespace AutoDiff.Curvature;

/// <summary>Products with an operator, counted, and divided by a power of two where they would leave the range of squares.</summary>
internal sealed class ScaledProducts(LinearOperator a)
{
    /// <summary>Up to 2^±200 squares and their products stay far from the ends of the range.</summary>
    private const int MostExponent = 200;

    /// <summary>The number n of elements of a vector.</summary>
    public int Size => a.Size;

    /// <summary>How many products there were.</summary>
    public int Count { get; private set; }

    /// <summary>The exponent e of the scaled operator 2^−e·A; from the first product.</summary>
    public int Exponent { get; private set; }

    /// <summary>y ← 2^−e·Ax.</summary>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        a.Apply(x, y);
        if (Count++ == 0 && VectorLoops.Largest(y) is var largest and > 0 && double.IsFinite(largest))
            Exponent = Math.Abs(Math.ILogB(largest)) > MostExponent ? Math.ILogB(largest) : 0;
        if (Exponent == 0)
            return;
        // In two halves: the power itself may be out of range.
        var half = -Exponent / 2;
        VectorLoops.Scale(Math.ScaleB(1, half), y);
        VectorLoops.Scale(Math.ScaleB(1, -Exponent - half), y);
    }
}
