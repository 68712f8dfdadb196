namespace AutoDiff.Numerics;

/// <summary>The splitmix64 generator (Steele, Lea, Flood 2014): for choices that are fixed but follow no pattern; what users see as random is drawn from keys.</summary>
public static class SplitMix64
{
    /// <summary>The next number; <paramref name="state"/> goes on.</summary>
    public static ulong Next(ref ulong state)
    {
        state = unchecked(state + 0x9E3779B97F4A7C15UL);
        return Mix(state);
    }

    /// <summary>The generator's finalizer: a bijection under which every bit depends on every other.</summary>
    public static ulong Mix(ulong z)
    {
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
        return z ^ (z >> 31);
    }
}
