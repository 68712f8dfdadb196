using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>The folds that have vector loops: a line for each.</summary>
/// <remarks>In an order fixed by the lengths alone, on vectors of 256 bits on every machine: the same bits everywhere.</remarks>
public static class Folds
{
    /// <summary>Σ x; 0 of nothing. Of more than a block it is the sum of the halves'.</summary>
    public static FoldKernel Sum { get; } = FoldKernel.Of<SumFold<double>, SumFold<float>>();

    /// <summary>The largest; NaN where any is; −∞ of nothing.</summary>
    public static FoldKernel Max { get; } = FoldKernel.Of<LargerFold<double>, LargerFold<float>>();

    /// <summary>The smallest; NaN where any is; ∞ of nothing.</summary>
    public static FoldKernel Min { get; } = FoldKernel.Of<SmallerFold<double>, SmallerFold<float>>();
}

/// <summary>A function that folds, on numbers and on all lanes of a register.</summary>
internal interface IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What changes nothing that it is folded with.</summary>
    static abstract T Start { get; }
    static abstract Vector256<T> Invoke(Vector256<T> x, Vector256<T> y);
    static abstract T Invoke(T x, T y);
}

internal readonly struct SumFold<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Start => T.Zero;

    public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => x + y;

    public static T Invoke(T x, T y) => x + y;
}

internal readonly struct LargerFold<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Start => T.NegativeInfinity;

    public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => Vector256.Max(x, y);

    public static T Invoke(T x, T y) => T.Max(x, y);
}

internal readonly struct SmallerFold<T> : IFold<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static T Start => T.PositiveInfinity;

    public static Vector256<T> Invoke(Vector256<T> x, Vector256<T> y) => Vector256.Min(x, y);

    public static T Invoke(T x, T y) => T.Min(x, y);
}
