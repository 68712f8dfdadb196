using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Philox 4x32-10: a keyed bijection of 128-bit counters whose outputs pass for independent random bits.</summary>
/// <remarks>Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011), sections 3.3 and 4.</remarks>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;

    // The key advances by a Weyl sequence: the golden ratio and √3 − 1, as 32-bit fractions.
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>The four output words for a counter of four words and a key of two, lowest words first.</summary>
    public static (uint W0, uint W1, uint W2, uint W3) Block((uint W0, uint W1, uint W2, uint W3) counter, (uint K0, uint K1) key)
    {
        var (c0, c1, c2, c3) = counter;
        var (k0, k1) = key;
        for (var round = 0; round < Rounds; round++)
        {
            var (left, right) = ((ulong)Multiplier0 * c0, (ulong)Multiplier1 * c2);
            (c0, c1, c2, c3) = ((uint)(right >> 32) ^ c1 ^ k0, (uint)right, (uint)(left >> 32) ^ c3 ^ k1, (uint)left);
            unchecked
            {
                (k0, k1) = (k0 + Weyl0, k1 + Weyl1);
            }
        }
        return (c0, c1, c2, c3);
    }

    /// <summary>The outputs of a counter and of those whose first words follow, two 64-bit words each, lower words first.</summary>
    public static void Fill((uint W0, uint W1, uint W2, uint W3) counter, (uint K0, uint K1) key, Span<ulong> words)
    {
        if (Vector512.IsHardwareAccelerated)
            Fill<Packed512<double>>(counter, key, words);
        else
            Fill<Packed256<double>>(counter, key, words);
    }

    /// <summary>The same with registers of one width, each for as many counters as it has pairs of lanes.</summary>
    /// <remarks>
    /// A pair of lanes holds words 0 and 2 in one register, 1 and 3 in another: what a round multiplies lies side by side, and the outputs in their order.
    /// Above a lane's lower half is what is left of products, which nothing reads.
    /// </remarks>
    [MethodImpl(Compilation.Loop)]
    public static void Fill<TPacked>((uint W0, uint W1, uint W2, uint W3) counter, (uint K0, uint K1) key, Span<ulong> words)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var (multipliers, weyl) = (Pairs<TPacked>(Multiplier0, Multiplier1), Pairs<TPacked>(Weyl0, Weyl1));
        var keys = Pairs<TPacked>(key.K0, key.K1);
        var (even, odd) = (First<TPacked>(counter.W0, counter.W2), Pairs<TPacked>(counter.W1, counter.W3));
        var (step, half) = (Pairs<TPacked>((uint)TPacked.Count / 2, 0), TPacked.OfBits(uint.MaxValue));
        ref var to = ref Unsafe.As<ulong, double>(ref MemoryMarshal.GetReference(words));
        for (var count = words.Length; count > 0; count -= TPacked.Count)
        {
            var (a, b, k) = (even, odd, keys);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            Round(ref a, ref b, ref k, multipliers, weyl);
            var output = (a & half) | TPacked.ShiftLeft(b, 32);
            if (count < TPacked.Count)
            {
                TPacked.StorePart(output, ref to, count);
                return;
            }
            TPacked.Store(output, ref to, 0);
            to = ref Unsafe.Add(ref to, TPacked.Count);
            even = TPacked.AddBits(even, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round<TPacked>(ref TPacked a, ref TPacked b, ref TPacked k, TPacked multipliers, TPacked weyl)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var products = TPacked.SwapPairs(TPacked.MultiplyHalves(a, multipliers));
        a = TPacked.ShiftRight(products, 32) ^ b ^ k;
        b = products;
        k = TPacked.AddBits(k, weyl);
    }

    /// <summary>Two words in every pair of lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked Pairs<TPacked>(uint first, uint second)
        where TPacked : struct, IPacked<TPacked, double>
    {
        Span<ulong> lanes = stackalloc ulong[TPacked.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = i % 2 == 0 ? first : second;
        return TPacked.Load(ref Unsafe.As<ulong, double>(ref lanes[0]), 0);
    }

    /// <summary>The first and third words of the counters that start at one, a pair of lanes each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TPacked First<TPacked>(uint first, uint third)
        where TPacked : struct, IPacked<TPacked, double>
    {
        Span<ulong> lanes = stackalloc ulong[TPacked.Count];
        for (var i = 0; i < lanes.Length; i++)
            lanes[i] = i % 2 == 0 ? first + ((ulong)i / 2) : third;
        return TPacked.Load(ref Unsafe.As<ulong, double>(ref lanes[0]), 0);
    }
}
