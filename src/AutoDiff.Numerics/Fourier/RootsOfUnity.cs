namespace AutoDiff.Numerics;

/// <summary>Points of the unit circle at whole fractions of a turn, each computed by itself, to a unit in the last place.</summary>
internal static class RootsOfUnity
{
    private const double EighthTurn = 0.78539816339744830962; // π/4

    // The series' coefficients, that of the highest power first.
    private static readonly double[] Sine = [.. Series(17)];
    private static readonly double[] Cosine = [.. Series(18)];

    /// <summary>cos and sin of 2π·k ⁄ n, for k in 0 … n − 1.</summary>
    public static (double Cos, double Sin) At(long k, long n)
    {
        // Exact up to here: what is rounded is an angle of at most an eighth of a turn.
        var (octant, rest) = Math.DivRem(8 * k, n);
        var (c, s) = SmallAngle((double)(octant % 2 == 0 ? rest : n - rest) / n * EighthTurn);
        return octant switch
        {
            0 => (c, s),
            1 => (s, c),
            2 => (-s, c),
            3 => (-c, s),
            4 => (-c, -s),
            5 => (-s, -c),
            6 => (s, -c),
            _ => (c, -s),
        };
    }

    /// <summary>By their series, whose next terms are below 2⁻⁵⁶ of the sums: the same bits on every machine.</summary>
    private static (double Cos, double Sin) SmallAngle(double x)
    {
        var z = x * x;
        return (1 - ((0.5 * z) - (z * z * Polynomial(z, Cosine))), x + (x * z * Polynomial(z, Sine)));
    }

    private static double Polynomial(double z, double[] coefficients)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
            sum = (sum * z) + coefficient;
        return sum;
    }

    /// <summary>±1 ⁄ k! for k from <paramref name="highest"/> down by twos to 3 or 4.</summary>
    private static IEnumerable<double> Series(int highest)
    {
        for (var k = highest; k >= 3; k -= 2)
        {
            var factorial = 1.0;
            for (var i = 2; i <= k; i++)
                factorial *= i;
            yield return (k / 2 % 2 == 0 ? 1 : -1) / factorial;
        }
    }
}
