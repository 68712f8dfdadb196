using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>The splitmix64 generator (Steele, Lea, Flood 2014): for choices that are fixed but follow no pattern; what users see as random is drawn from keys.</summary>
public static class SplitMix64
{
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;

    /// <summary>The next number; <paramref name="state"/> goes on.</summary>
    public static ulong Next(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15UL);
        return Mix(state);
    }

    /// <summary>The generator's finalizer: a bijection under which every bit depends on every other.</summary>
    public static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * First);
        z = unchecked((z ^ (z >> 27)) * Second);
        return z ^ (z >> 31);
    }

    /// <summary>The same of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ulong> Mix(Vector256<ulong> z)
    {
        z = (z ^ (z >> 30)) * Vector256.Create(First);
        z = (z ^ (z >> 27)) * Vector256.Create(Second);
        return z ^ (z >> 31);
    }
}
