using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>Whole numbers in the order of floating-point numbers.</summary>
/// <typeparam name="T">The floating-point type.</typeparam>
/// <typeparam name="TKey">A whole number of as many bits.</typeparam>
internal interface ISortKey<in T, TKey>
    where TKey : unmanaged, IBinaryInteger<TKey>, IUnsignedNumber<TKey>, IMinMaxValue<TKey>
{
    /// <summary>Lower for what comes before; equal for 0 and −0; the highest for every NaN. Reversed but for NaN where <paramref name="descending"/>.</summary>
    static abstract TKey Of(T x, bool descending);
}

/// <summary>The bits of a double, negative ones turned round.</summary>
internal readonly struct DoubleSortKey : ISortKey<double, ulong>
{
    public static ulong Of(double x, bool descending)
    {
        var bits = BitConverter.DoubleToInt64Bits(x + 0.0); // −0 + 0 is 0
        var key = (ulong)(bits ^ ((bits >> 63) | long.MinValue));
        return double.IsNaN(x) ? ulong.MaxValue
            : descending ? ~key
            : key;
    }
}

/// <summary>The bits of a float, negative ones turned round.</summary>
internal readonly struct SingleSortKey : ISortKey<float, uint>
{
    public static uint Of(float x, bool descending)
    {
        var bits = BitConverter.SingleToInt32Bits(x + 0.0f); // −0 + 0 is 0
        var key = (uint)(bits ^ ((bits >> 31) | int.MinValue));
        return float.IsNaN(x) ? uint.MaxValue
            : descending ? ~key
            : key;
    }
}
