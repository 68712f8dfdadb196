namespace AutoDiff;

/// <summary>The distributions: a row each, with loops and the number of a word. The compiler names a member without one.</summary>
internal static class Distributions
{
    private static readonly DistributionRow[] Rows = Array.ConvertAll(Enum.GetValues<Distribution>(), Row);

    /// <summary>The row of a distribution.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static DistributionRow Of(Distribution kind)
    {
        Require.That((uint)kind < (uint)Rows.Length, $"[{kind}] got a distribution of no name; expected a member");
        return Rows[(int)kind];
    }

    private static DistributionRow Row(Distribution kind) =>
        kind switch
        {
            Distribution.Uniform => new(
                Draws.Uniform,
                Draws.Uniform,
                (word, a, b) => Math.Min(a + ((b - a) * Unit(word)), Math.BitDecrement(b)) // the sum may round up to b
            ),
            Distribution.Normal => new(Draws.Normal, Draws.Normal, (word, a, b) => a + (b * PortableMath.NormalQuantile(Midpoint(word)))),
            Distribution.TruncatedNormal => new(Draws.TruncatedNormal, Draws.TruncatedNormal, TruncatedNormal),
            Distribution.Bernoulli => new(
                (key, a, _, target) => Draws.Bernoulli(key, a, target),
                (key, a, _, target) => Draws.Bernoulli(key, a, target),
                (word, a, _) => Unit(word) < a ? 1 : 0
            ),
            Distribution.Rademacher => new(
                (key, _, _, target) => Draws.Rademacher(key, target),
                (key, _, _, target) => Draws.Rademacher(key, target),
                (word, _, _) => (long)word < 0 ? -1 : 1
            ),
            Distribution.Exponential => new(
                (key, a, _, target) => Draws.Exponential(key, a, target),
                (key, a, _, target) => Draws.Exponential(key, a, target),
                (word, a, _) => -PortableMath.Log(Midpoint(word)) * (1 / a)
            ),
            Distribution.Integers => new(
                (key, a, _, target) => Draws.Integers(key, (int)a, target),
                (key, a, _, target) => Draws.Integers(key, (int)a, target),
                null
            ),
            Distribution.Permutation => new(
                (key, a, _, target) => Draws.Permutation(key, (int)a, target),
                (key, a, _, target) => Draws.Permutation(key, (int)a, target),
                null
            ),
        };

    private static double TruncatedNormal(ulong word, double a, double b)
    {
        if (a > 0)
            return -TruncatedNormal(word, -b, -a);
        var (from, to) = (Draws.Probability(a), Draws.Probability(b));
        return Math.Clamp(PortableMath.NormalQuantile(from + ((to - from) * Midpoint(word))), a, b);
    }

    /// <summary>The word's upper 53 bits as a number in [0, 1).</summary>
    private static double Unit(ulong word) => (word >> 11) * (1.0 / (1L << 53));

    /// <summary>The midpoint that the word's upper 52 bits stand for, in (0, 1).</summary>
    private static double Midpoint(ulong word) => ((word >> 12) + 0.5) * (1.0 / (1L << 52));
}
