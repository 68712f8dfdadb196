namespace AutoDiff.Numerics;

/// <summary>The functions of two numbers that have vector loops: a line for each.</summary>
public static class Zips
{
    /// <summary>x + y.</summary>
    public static ZipKernel Add { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Add, ArithmeticOfTwo<float>.Add>();

    /// <summary>x − y.</summary>
    public static ZipKernel Subtract { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Subtract, ArithmeticOfTwo<float>.Subtract>();

    /// <summary>x · y.</summary>
    public static ZipKernel Multiply { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Multiply, ArithmeticOfTwo<float>.Multiply>();

    /// <summary>x ⁄ y.</summary>
    public static ZipKernel Divide { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Divide, ArithmeticOfTwo<float>.Divide>();

    /// <summary>The larger; NaN where either is.</summary>
    public static ZipKernel Maximum { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Maximum, ArithmeticOfTwo<float>.Maximum>();

    /// <summary>The smaller; NaN where either is.</summary>
    public static ZipKernel Minimum { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Minimum, ArithmeticOfTwo<float>.Minimum>();

    /// <summary>1 where x = y, else 0.</summary>
    public static ZipKernel Equal { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Equal, ArithmeticOfTwo<float>.Equal>();

    /// <summary>1 where x ≠ y, else 0.</summary>
    public static ZipKernel NotEqual { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.NotEqual, ArithmeticOfTwo<float>.NotEqual>();

    /// <summary>1 where x &lt; y, else 0.</summary>
    public static ZipKernel Less { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Less, ArithmeticOfTwo<float>.Less>();

    /// <summary>1 where x ≤ y, else 0.</summary>
    public static ZipKernel LessOrEqual { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.LessOrEqual, ArithmeticOfTwo<float>.LessOrEqual>();

    /// <summary>1 where x &gt; y, else 0.</summary>
    public static ZipKernel Greater { get; } = ZipKernel.Of<ArithmeticOfTwo<double>.Greater, ArithmeticOfTwo<float>.Greater>();

    /// <summary>1 where x ≥ y, else 0.</summary>
    public static ZipKernel GreaterOrEqual { get; } =
        ZipKernel.Of<ArithmeticOfTwo<double>.GreaterOrEqual, ArithmeticOfTwo<float>.GreaterOrEqual>();

    /// <summary>xʸ.</summary>
    public static ZipKernel Power { get; } = ZipKernel.OfLong<Powers.Power, SinglePowers.Power>();

    /// <summary>√(x² + y²).</summary>
    public static ZipKernel Hypot { get; } = ZipKernel.OfLong<Roots.Hypot, Roots.SingleHypot>();
}
