using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>xʸ in single precision: by the formulas of <see cref="Powers"/> with one double in place of two and shorter polynomials.</summary>
internal static class SinglePowers
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>xʸ.</summary>
    public readonly struct Power : IZip<float>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, float> => TPacked.ThroughDoubles<Widened>(x, y);
    }

    /// <summary>xʸ of floats, in doubles: those that are no normal floats are normal too.</summary>
    private readonly struct Widened : IZip<double>
    {
        [MethodImpl(Inline)]
        public static TPacked Invoke<TPacked>(TPacked x, TPacked y)
            where TPacked : struct, IPacked<TPacked, double>
        {
            var (a, infinity) = (TPacked.Abs(x), TPacked.Of(double.PositiveInfinity));
            var inside = TPacked.IsLess(TPacked.Of(0), a) & TPacked.IsLess(a, infinity) & TPacked.IsLess(TPacked.Abs(y), infinity);
            // Beyond the limits the float is infinite or 0.
            var product = TPacked.Greater(TPacked.Of(-150), TPacked.Lesser(TPacked.Of(150), y * Log(a)));
            var result = Powers.Signed(x, y, Exp(product));
            return TPacked.All(inside) ? result : Powers.Elsewhere(x, y, result, inside);
        }
    }

    /// <summary>k ln 2 + 2 artanh s, the series interpolated at Chebyshev's points: within 1e−13.</summary>
    [MethodImpl(Inline)]
    private static TPacked Log<TPacked>(TPacked a)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var u = Logarithm.Split(a, out var biased);
        var s = (u - TPacked.Of(1)) / (u + TPacked.Of(1));
        var z = s * s;
        var q = TPacked.Fused(TPacked.Of(0.19362776836747533), z, TPacked.Of(0.22191394493175057));
        q = TPacked.Fused(q, z, TPacked.Of(0.2857175463573276));
        q = TPacked.Fused(q, z, TPacked.Of(0.39999998796848674));
        q = TPacked.Fused(q, z, TPacked.Of(0.6666666666737545));
        var series = TPacked.Fused(q, z * s, s + s);
        return TPacked.Fused(Logarithm.Exponent(biased), TPacked.Of(0.6931471805599453), series);
    }

    /// <summary>eˣ, the polynomial interpolated at Chebyshev's points: within 3e−10.</summary>
    [MethodImpl(Inline)]
    private static TPacked Exp<TPacked>(TPacked x)
        where TPacked : struct, IPacked<TPacked, double>
    {
        var shifted = TPacked.Fused(x, TPacked.Of(Exponential.Log2E), TPacked.Of(Exponential.Shifter));
        var r = TPacked.Fused(shifted - TPacked.Of(Exponential.Shifter), TPacked.Of(-0.6931471805599453), x);
        var q = TPacked.Fused(TPacked.Of(0.00019891030654370327), r, TPacked.Of(0.0013933685862617174));
        q = TPacked.Fused(q, r, TPacked.Of(0.008333310889582076));
        q = TPacked.Fused(q, r, TPacked.Of(0.04166646460202654));
        q = TPacked.Fused(q, r, TPacked.Of(0.16666666681659179));
        q = TPacked.Fused(q, r, TPacked.Of(0.5000000013498178));
        return Exponential.Scale(TPacked.Fused(q, r * r, r) + TPacked.Of(1), shifted);
    }
}
