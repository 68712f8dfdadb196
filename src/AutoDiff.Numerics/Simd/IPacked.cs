using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A vector register of numbers: what the elementwise functions are written in, so that one body serves every register width.</summary>
/// <remarks>Comparisons give masks: all bits of a lane set, or none. "Bits" are a lane's bits taken as a whole number.</remarks>
internal interface IPacked<TSelf, T>
    : IAdditionOperators<TSelf, TSelf, TSelf>,
        ISubtractionOperators<TSelf, TSelf, TSelf>,
        IMultiplyOperators<TSelf, TSelf, TSelf>,
        IDivisionOperators<TSelf, TSelf, TSelf>,
        IUnaryNegationOperators<TSelf, TSelf>,
        IBitwiseOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IPacked<TSelf, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract TSelf Of(T value);
    static abstract TSelf OfBits(long bits);

    static abstract TSelf Load(ref T from, nuint offset);
    static abstract void Store(TSelf x, ref T to, nuint offset);

    /// <summary>The first <paramref name="count"/> &lt; <see cref="Count"/> lanes; nothing beyond them is read, the other lanes hold anything.</summary>
    static abstract TSelf LoadPart(ref T from, int count);

    /// <summary>Writes the first <paramref name="count"/> &lt; <see cref="Count"/> lanes and nothing else.</summary>
    static abstract void StorePart(TSelf x, ref T to, int count);

    /// <summary>x·y + z, rounded once.</summary>
    static abstract TSelf Fused(TSelf x, TSelf y, TSelf z);
    static abstract TSelf Abs(TSelf x);
    static abstract TSelf Sqrt(TSelf x);
    static abstract TSelf Floor(TSelf x);
    static abstract TSelf Round(TSelf x);

    /// <summary>The larger; NaN where either is.</summary>
    static abstract TSelf Max(TSelf x, TSelf y);

    /// <summary>The smaller; NaN where either is.</summary>
    static abstract TSelf Min(TSelf x, TSelf y);

    /// <summary>x &lt; y ? x : y, so that a NaN in y stays.</summary>
    static abstract TSelf Lesser(TSelf x, TSelf y);

    /// <summary>x &gt; y ? x : y, so that a NaN in y stays.</summary>
    static abstract TSelf Greater(TSelf x, TSelf y);

    static abstract TSelf IsEqual(TSelf x, TSelf y);
    static abstract TSelf IsLess(TSelf x, TSelf y);
    static abstract TSelf IsLessOrEqual(TSelf x, TSelf y);
    static abstract bool All(TSelf mask);
    static abstract TSelf Select(TSelf mask, TSelf whenTrue, TSelf whenFalse);

    static abstract TSelf AddBits(TSelf x, TSelf y);
    static abstract TSelf SubtractBits(TSelf x, TSelf y);
    static abstract TSelf IsEqualBits(TSelf x, TSelf y);
    static abstract TSelf ShiftLeft(TSelf x, int count);
    static abstract TSelf ShiftRight(TSelf x, int count);

    /// <summary>Of each 64 bits the product of the lower halves, as whole numbers.</summary>
    static abstract TSelf MultiplyHalves(TSelf x, TSelf y);

    /// <summary>Each 64 bits in their neighbours' place: the second first, the fourth third.</summary>
    static abstract TSelf SwapPairs(TSelf x);

    /// <summary>The function of doubles, rounded: for functions that have no body of their own in single precision.</summary>
    static abstract TSelf ThroughDoubles<TFunction>(TSelf x)
        where TFunction : struct, IMap<double>;

    /// <summary>The function of two doubles, rounded.</summary>
    static abstract TSelf ThroughDoubles<TFunction>(TSelf x, TSelf y)
        where TFunction : struct, IZip<double>;
}
