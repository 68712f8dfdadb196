using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>Random numbers of a key, in either precision: pure functions of it, the same bits on every machine, the first ones of many those of fewer.</summary>
/// <remarks>What is said of doubles holds; floats are the doubles rounded, but for those of <see cref="Uniform"/>.</remarks>
public static class Draws
{
    // So many numbers at a time stay in the first cache between one pass and the next.
    private const int Chunk = 512;

    private static readonly MapKernel<double> Unit = new MapLoop<double, RandomWords.Unit>();
    private static readonly MapKernel<double> SingleUnit = new MapLoop<double, RandomWords.SingleUnit>();
    private static readonly MapKernel<double> Midpoint = new MapLoop<double, RandomWords.Midpoint>();
    private static readonly MapKernel<double> StandardNormal = new MapLoop<double, RandomWords.Normal>();
    private static readonly MapKernel<double> StandardExponential = new MapLoop<double, RandomWords.Exponential>();
    private static readonly MapKernel<double> Sign = new MapLoop<double, RandomWords.Sign>();
    private static readonly MapKernel<double> Quantile = new MapLoop<double, NormalQuantiles.Quantile>();
    private static readonly ZipKernel<double> Below = Zips.Less.For<double>(ZipForm.RightSingle);

    /// <summary>Uniform in [low, high): low + (high − low)·k⁄2⁵³ with k in 0 … 2⁵³ − 1.</summary>
    /// <remarks>Floats have 2²⁴ in the place of 2⁵³ and the bounds rounded, so that none is the rounded upper bound.</remarks>
    public static void Uniform<T>(PhiloxKey key, double low, double high, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var single = typeof(T) == typeof(float);
        if (single)
            (low, high) = ((float)low, (float)high);
        var width = high - low;
        Fill(key, target, single ? SingleUnit : Unit, new Scaled(width, low));
        // The sum may round up to the upper bound.
        if (width > 0 && (width != 1 || low != 0))
            TensorPrimitives.Min(target, T.BitDecrement(T.CreateTruncating(high)), target);
    }

    /// <summary>Normal: the quantile (Wichura 1988, AS 241) of the midpoint (k + ½)⁄2⁵² with k in 0 … 2⁵² − 1, so that none is further than 8.21 standard deviations out.</summary>
    public static void Normal<T>(PhiloxKey key, double mean, double standardDeviation, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Fill(key, target, StandardNormal, new Scaled(standardDeviation, mean));

    /// <summary>Standard normal numbers under the condition that they lie in [low, high]: the quantile of a midpoint between the bounds' probabilities.</summary>
    /// <remarks>On the side of the bound nearer to 0 the probabilities keep their digits, however small they are.</remarks>
    public static void TruncatedNormal<T>(PhiloxKey key, double low, double high, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (least, most, isMirrored) = low > 0 ? (-high, -low, true) : (low, high, false);
        Fill(key, target, Midpoint, new Truncated(least, most, Probability(least), Probability(most), isMirrored));
    }

    /// <summary>The probability that a standard normal number is between the bounds, as far as <see cref="TruncatedNormal"/> tells it from 0: 0 where it draws none.</summary>
    public static double TruncatedProbability(double low, double high)
    {
        const double least = 1e-290; // of which a midpoint is still a normal number
        var (from, to) = low > 0 ? (Probability(-high), Probability(-low)) : (Probability(low), Probability(high));
        return to >= least ? to - from : 0;
    }

    /// <summary>1 where a uniform number in [0, 1) is below the probability, else 0: the same in either precision.</summary>
    public static void Bernoulli<T>(PhiloxKey key, double probability, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Fill(key, target, Unit, new IsBelow(probability));

    /// <summary>−1 or 1, equally likely: 1 where the word's highest bit is not set.</summary>
    public static void Rademacher<T>(PhiloxKey key, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Fill(key, target, Sign, new Scaled(1, 0));

    /// <summary>Exponential: −ln of the midpoint (k + ½)⁄2⁵², times 1 ⁄ rate.</summary>
    public static void Exponential<T>(PhiloxKey key, double rate, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Fill(key, target, StandardExponential, new Scaled(1 / rate, 0));

    /// <summary>Whole numbers, each of 0 … <paramref name="bound"/> − 1 equally likely.</summary>
    /// <remarks>The high word of word · bound, unbiased: the 2⁶⁴ mod bound lowest low words are refused. Lemire (1805.10941), algorithm 5.</remarks>
    public static void Integers<T>(PhiloxKey key, int bound, Span<T> target)
        where T : INumberBase<T>
    {
        var words = new WordReader(key, stackalloc ulong[WordReader.Size(target.Length)]);
        for (var i = 0; i < target.Length; i++)
            target[i] = T.CreateTruncating(words.Below(bound));
    }

    /// <summary>The first of the numbers 0 … <paramref name="count"/> − 1 in random order, each order equally likely.</summary>
    /// <param name="key">The key.</param>
    /// <param name="count">How many numbers there are.</param>
    /// <param name="target">As many as are wanted, at most <paramref name="count"/>.</param>
    /// <remarks>Fisher and Yates's shuffle, from the front.</remarks>
    public static void Permutation<T>(PhiloxKey key, int count, Span<T> target)
        where T : INumberBase<T>
    {
        var words = new WordReader(key, stackalloc ulong[WordReader.Size(target.Length)]);
        if (target.Length < count / 8)
        {
            SparsePermutation(ref words, count, target);
            return;
        }
        var rented = target.Length == count ? null : ArrayPool<T>.Shared.Rent(count);
        var all = rented is null ? target : rented.AsSpan(0, count);
        for (var i = 0; i < all.Length; i++)
            all[i] = T.CreateTruncating(i);
        for (var i = 0; i < target.Length; i++)
        {
            var j = i + words.Below(count - i);
            (all[i], all[j]) = (all[j], all[i]);
        }
        if (rented is null)
            return;
        all[..target.Length].CopyTo(target);
        ArrayPool<T>.Shared.Return(rented);
    }

    /// <summary>The same without a place for each number: only those are kept whose number has moved.</summary>
    private static void SparsePermutation<T>(ref WordReader words, int count, Span<T> target)
        where T : INumberBase<T>
    {
        var moved = new Dictionary<int, int>(target.Length);
        for (var i = 0; i < target.Length; i++)
        {
            var j = i + words.Below(count - i);
            target[i] = T.CreateTruncating(moved.GetValueOrDefault(j, j));
            moved[j] = moved.GetValueOrDefault(i, i);
        }
    }

    /// <summary>The words' numbers, chunk by chunk, by a standard function and then by what finishes them.</summary>
    private static void Fill<T, TFinish>(PhiloxKey key, Span<T> target, MapKernel<double> standard, TFinish finish)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TFinish : struct, IFinish
    {
        var wide = typeof(T) == typeof(double) ? MemoryMarshal.Cast<T, double>(target) : stackalloc double[Math.Min(Chunk, target.Length)];
        for (var start = 0; start < target.Length; start += Chunk)
        {
            var count = Math.Min(Chunk, target.Length - start);
            var values = typeof(T) == typeof(double) ? wide.Slice(start, count) : wide[..count];
            key.Fill((uint)start, MemoryMarshal.Cast<double, ulong>(values));
            standard.Run(ref values[0], ref values[0], count);
            finish.Run(values);
            if (typeof(T) != typeof(double))
                TensorPrimitives.ConvertTruncating<double, T>(values, target.Slice(start, count));
        }
    }

    /// <summary>The probability that a standard normal number is below x.</summary>
    public static double Probability(double x)
    {
        Maps.NormalCdf.For<double>().Run(ref x, ref x, 1);
        return x;
    }

    private interface IFinish
    {
        void Run(Span<double> values);
    }

    private readonly record struct Scaled(double Factor, double Offset) : IFinish
    {
        public void Run(Span<double> values)
        {
            if (Factor != 1)
                TensorPrimitives.Multiply(values, Factor, values);
            if (Offset != 0)
                TensorPrimitives.Add(values, Offset, values);
        }
    }

    private readonly record struct IsBelow(double Bound) : IFinish
    {
        public void Run(Span<double> values)
        {
            var bound = Bound;
            Below.Run(ref values[0], ref bound, ref values[0], values.Length);
        }
    }

    private readonly record struct Truncated(double Least, double Most, double From, double To, bool IsMirrored) : IFinish
    {
        public void Run(Span<double> values)
        {
            new Scaled(To - From, From).Run(values);
            Quantile.Run(ref values[0], ref values[0], values.Length);
            TensorPrimitives.Min(values, Most, values);
            TensorPrimitives.Max(values, Least, values);
            if (IsMirrored)
                TensorPrimitives.Negate(values, values);
        }
    }
}
