using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>What a 64-bit random word, in the place of a double's bits, is made into: bodies for registers of any width, of correctly rounded operations only.</summary>
internal static class RandomWords
{
    private const long One = 0x3FF0_0000_0000_0000; // the bits of 1: with 52 more, a number in [1, 2)
    private const double Step = 1.0 / (1L << 53);

    /// <summary>Its upper 53 bits as a number in [0, 1).</summary>
    public readonly struct Unit : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var last = TPacked.IsEqualBits(TPacked.ShiftRight(TPacked.ShiftLeft(x, 52), 63), TPacked.OfBits(0));
            return Upper52(x) + TPacked.Select(last, TPacked.Of(0), TPacked.Of(Step));
        }
    }

    /// <summary>Its upper 24 bits as a number in [0, 1), which single precision holds.</summary>
    public readonly struct SingleUnit : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => Upper52(TPacked.ShiftLeft(TPacked.ShiftRight(x, 40), 40));
    }

    /// <summary>The midpoint (k + ½)⁄2⁵² of its upper 52 bits k: in (0, 1), neither end reached.</summary>
    public readonly struct Midpoint : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => Upper52(x) + TPacked.Of(Step);
    }

    /// <summary>The normal quantile of its midpoint.</summary>
    public readonly struct Normal : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => NormalQuantiles.Quantile.Invoke(Midpoint.Invoke(x));
    }

    /// <summary>−ln of its midpoint.</summary>
    public readonly struct Exponential : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => -NormalQuantiles.Log(Midpoint.Invoke(x));
    }

    /// <summary>−1 or 1 by its highest bit.</summary>
    public readonly struct Sign : IMap<double>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, double> => TPacked.ShiftLeft(TPacked.ShiftRight(x, 63), 63) | TPacked.OfBits(One);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Upper52<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double> => (TPacked.ShiftRight(x, 12) | TPacked.OfBits(One)) - TPacked.Of(1);
}
