using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>Gamma-distributed numbers of a key, by trials.</summary>
/// <remarks>
/// Marsaglia and Tsang, "A simple method for generating gamma variables" (2000): about one trial in twenty fails. Each number has random words of its own for
/// each of its trials, so it does not depend on how the others fared. Below a concentration a of 1 it is that of a + 1 times U^(1⁄a) (their section 6).
/// </remarks>
public static class Gammas
{
    private const int Chunk = 256;

    /// <summary>target[i] with concentration (shape parameter) concentrations[i] and rate 1; 0 at 0, ∞ at ∞, NaN below 0 and at NaN.</summary>
    public static void Fill<T>(PhiloxKey key, ReadOnlySpan<T> concentrations, Span<T> target)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> powers = stackalloc double[Math.Min(Chunk, target.Length)];
        for (var start = 0; start < target.Length; start += powers.Length)
        {
            var part = powers[..Math.Min(powers.Length, target.Length - start)];
            for (var i = 0; i < part.Length; i++)
                part[i] = LogPower(key, (uint)(start + i), double.CreateTruncating(concentrations[start + i]));
            Maps.Exp.For<double>().Run(ref part[0], ref part[0], part.Length);
            for (var i = 0; i < part.Length; i++)
            {
                var concentration = double.CreateTruncating(concentrations[start + i]);
                var number = Number(key, (uint)(start + i), concentration < 1 ? concentration + 1 : concentration);
                target[start + i] = T.CreateTruncating(number * part[i]);
            }
        }
    }

    /// <summary>The logarithm of the factor that takes a number of concentration a + 1 to one of a, for a below 1.</summary>
    private static double LogPower(PhiloxKey key, uint index, double concentration) =>
        concentration < 0 ? double.NaN
        : concentration == 0 ? double.NegativeInfinity // of −0 the quotient would be ∞
        : concentration < 1 ? PortableMath.Log(Midpoint(key.Trial(index, 0).First)) / concentration
        : 0;

    /// <summary>The number of a concentration of at least 1.</summary>
    private static double Number(PhiloxKey key, uint index, double concentration)
    {
        if (!(concentration >= 1) || double.IsInfinity(concentration))
            return concentration >= 1 ? concentration : double.NaN;
        var d = concentration - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        for (var trial = 1u; ; trial++)
        {
            var words = key.Trial(index, trial);
            var x = PortableMath.NormalQuantile(Midpoint(words.First));
            var root = 1 + (c * x);
            if (root <= 0)
                continue;
            var v = root * root * root;
            if (PortableMath.Log(Midpoint(words.Second)) < (0.5 * x * x) + (d * (1 - v + PortableMath.Log(v))))
                return d * v;
        }
    }

    private static double Midpoint(ulong word) => ((word >> 12) + 0.5) * (1.0 / (1L << 52));
}
