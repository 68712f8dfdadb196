using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Sine and cosine in single precision, by the formulas of <see cref="Trigonometric"/> with shorter polynomials, interpolated at Chebyshev's points.</summary>
internal static class SingleTrigonometric
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const float Limit = 65536;
    private const float Shifter = 12582912;

    /// <summary>sin x.</summary>
    public readonly struct Sin : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var y = TPacked.Select(TPacked.IsEqual(x, TPacked.Of(0)), x, Turned(x, 0)); // −0 stays
            return Moderate(x) ? y : Trigonometric.Elsewhere(x, y, Limit, Math.Sin);
        }
    }

    /// <summary>cos x = sin(x + π⁄2).</summary>
    public readonly struct Cos : IMap<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x)
            where TPacked : struct, IPacked<TPacked, float>
        {
            var y = Turned(x, 1);
            return Moderate(x) ? y : Trigonometric.Elsewhere(x, y, Limit, Math.Cos);
        }
    }

    [MethodImpl(Inline)]
    private static bool Moderate<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, float> => TPacked.All(TPacked.IsLessOrEqual(TPacked.Abs(x), TPacked.Of(Limit)));

    /// <summary>sin(x + quarters · π⁄2).</summary>
    [MethodImpl(Inline)]
    private static TPacked Turned<TPacked>(TPacked x, long quarters)
        where TPacked : struct, IPacked<TPacked, float>
    {
        var shifted = TPacked.Fused(x, TPacked.Of(0.636619772f), TPacked.Of(Shifter));
        var n = shifted - TPacked.Of(Shifter);
        var r = TPacked.Fused(n, TPacked.Of(-1.570796251296997f), x);
        r = TPacked.Fused(n, TPacked.Of(-7.549789415861596e-08f), r);
        r = TPacked.Fused(n, TPacked.Of(-5.390302529957765e-15f), r);
        var (z, one) = (r * r, TPacked.Of(1));
        var s = TPacked.Fused(TPacked.Of(2.72493141e-6f), z, TPacked.Of(-0.00019840082f));
        s = TPacked.Fused(s, z, TPacked.Of(0.00833333187f));
        s = TPacked.Fused(s, z, TPacked.Of(-0.166666667f));
        var c = TPacked.Fused(TPacked.Of(2.45474372e-5f), z, TPacked.Of(-0.00138883007f));
        c = TPacked.Fused(c, z, TPacked.Of(0.0416666646f));
        var w = TPacked.Fused(z, TPacked.Of(-0.5f), one);
        var lost = TPacked.Fused(z, TPacked.Of(-0.5f), one - w);
        var (sine, cosine) = (TPacked.Fused(z * r, s, r), w + TPacked.Fused(z * z, c, lost));
        var turns = TPacked.AddBits(shifted, TPacked.OfBits(quarters));
        var odd = TPacked.IsEqualBits(turns & TPacked.OfBits(1), TPacked.OfBits(1));
        return TPacked.Select(odd, cosine, sine) ^ TPacked.ShiftLeft(turns & TPacked.OfBits(2), 30);
    }
}
