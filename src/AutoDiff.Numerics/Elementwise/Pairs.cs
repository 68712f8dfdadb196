using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>Two arithmetic operations in one pass, (x ∘ y) ∘ z or z ∘ (x ∘ y), each rounded as if alone: a row for each first and each second.</summary>
public static class Pairs
{
    /// <summary>Whether a function may come first.</summary>
    public static bool IsFirst(ZipKernel function) => function == Zips.Add || function == Zips.Subtract || function == Zips.Multiply;

    /// <summary>Whether a function may come second.</summary>
    public static bool IsSecond(ZipKernel function) => IsFirst(function) || function == Zips.Divide;

    /// <summary>The loop of a pair.</summary>
    /// <param name="first">The first function, of x and y.</param>
    /// <param name="second">The second, of the first's result and z.</param>
    /// <param name="reversed">Whether the second takes z on its left.</param>
    /// <typeparam name="T">Double or float.</typeparam>
    /// <exception cref="ArgumentException">There is no such pair.</exception>
    public static PairKernel<T> Of<T>(ZipKernel first, ZipKernel second, bool reversed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        first == Zips.Add ? Second<T, ArithmeticOfTwo<T>.Add>(second, reversed)
        : first == Zips.Subtract ? Second<T, ArithmeticOfTwo<T>.Subtract>(second, reversed)
        : first == Zips.Multiply ? Second<T, ArithmeticOfTwo<T>.Multiply>(second, reversed)
        : throw new ArgumentException("[Pairs] got a first function that has no pairs; expected one of which IsFirst is true");

    private static PairKernel<T> Second<T, TFirst>(ZipKernel second, bool reversed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFirst : struct, IZip<T> =>
        second == Zips.Add ? new PairLoop<T, TFirst, ArithmeticOfTwo<T>.Add>()
        : second == Zips.Multiply ? new PairLoop<T, TFirst, ArithmeticOfTwo<T>.Multiply>()
        : second == Zips.Subtract
            ? reversed ? new PairLoop<T, TFirst, Reversed<T, ArithmeticOfTwo<T>.Subtract>>()
                : new PairLoop<T, TFirst, ArithmeticOfTwo<T>.Subtract>()
        : second == Zips.Divide
            ? reversed ? new PairLoop<T, TFirst, Reversed<T, ArithmeticOfTwo<T>.Divide>>()
                : new PairLoop<T, TFirst, ArithmeticOfTwo<T>.Divide>()
        : throw new ArgumentException("[Pairs] got a second function that has no pairs; expected one of which IsSecond is true");
}
