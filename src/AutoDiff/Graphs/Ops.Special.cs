namespace AutoDiff;

public static partial class Ops
{
    /// <inheritdoc cref="Unary.Exp2"/>
    public static Tensor Exp2(Tensor x) => Map(Unary.Exp2, x);

    /// <inheritdoc cref="Unary.Log2"/>
    public static Tensor Log2(Tensor x) => Map(Unary.Log2, x);

    /// <inheritdoc cref="Unary.Log10"/>
    public static Tensor Log10(Tensor x) => Map(Unary.Log10, x);

    /// <inheritdoc cref="Unary.Cbrt"/>
    public static Tensor Cbrt(Tensor x) => Map(Unary.Cbrt, x);

    /// <inheritdoc cref="Unary.Asinh"/>
    public static Tensor Asinh(Tensor x) => Map(Unary.Asinh, x);

    /// <inheritdoc cref="Unary.Acosh"/>
    public static Tensor Acosh(Tensor x) => Map(Unary.Acosh, x);

    /// <inheritdoc cref="Unary.Atanh"/>
    public static Tensor Atanh(Tensor x) => Map(Unary.Atanh, x);

    /// <inheritdoc cref="Unary.ErfInv"/>
    public static Tensor ErfInv(Tensor x) => Map(Unary.ErfInv, x);

    /// <inheritdoc cref="Unary.BesselI1e"/>
    public static Tensor BesselI1e(Tensor x) => Map(Unary.BesselI1e, x);

    /// <summary>e^−|x| I₀(x), the modified Bessel function of the first kind of order 0, scaled so that it overflows nowhere.</summary>
    /// <remarks>Within 4 units in the last place. Every derivative at 0, where it has a kink, is 0.</remarks>
    public static Tensor BesselI0e(Tensor x) => Ordered(Sequence.BesselI0e, 0, x);

    /// <summary>sin πx ⁄ πx, as NumPy defines it; 1 at 0, exactly 0 at every other whole number and at ±∞.</summary>
    /// <remarks>Within 2 units in the last place; every derivative is right at and near 0.</remarks>
    public static Tensor Sinc(Tensor x) => Ordered(Sequence.Sinc, 0, x);

    /// <summary>ln |Γ(x)|; ∞ at 0, −1, −2 … and ±∞.</summary>
    /// <remarks>Within 4 units in the last place for x &gt; 0, for x &lt; 0 of the larger of 1 and |x ln |x||. Its derivative is <see cref="Digamma"/>.</remarks>
    public static Tensor LogGamma(Tensor x) => Ordered(Sequence.LogGamma, 0, x);

    /// <summary>ψ(x) = Γ′(x) ⁄ Γ(x); −∞ at 0, ∞ at −0, NaN at −1, −2 ….</summary>
    /// <remarks>Within 4 units in the last place for x &gt; 0, for x &lt; 0 of the larger of 1, |ln |x|| and |π cot πx|.</remarks>
    public static Tensor Digamma(Tensor x)
    {
        Require.NotNull(x, nameof(Digamma));
        return Ordered(Sequence.LogGamma, 1, x);
    }

    /// <summary>The derivative of order n of <see cref="Digamma"/>: trigamma for n = 1.</summary>
    /// <param name="n">In 0 … 99; differentiating counts 1 each time.</param>
    /// <param name="x">The tensor.</param>
    /// <remarks>
    /// At 0 the limit from its sign's side; at −1, −2 … ∞ for odd n, NaN for even n, whose limits differ. Measured against mpmath at 0.01 … 10⁵ and −20 … −0.01: for
    /// x &gt; 0 within 4 + n ⁄ 2 units in the last place, for x &lt; 0 within 4 + 3n of the largest of the result and the terms that cancel, ψ⁽ⁿ⁾(1 − x) and π dⁿ cot πx ⁄ dxⁿ.
    /// </remarks>
    /// <exception cref="ArgumentException">n is out of range.</exception>
    public static Tensor PolyGamma(int n, Tensor x)
    {
        Require.NotNull(x, nameof(PolyGamma));
        Require.That(n is >= 0 and < Op.Ordered.Most, $"[PolyGamma] got n = {n}; expected 0 to {Op.Ordered.Most - 1}");
        return Ordered(Sequence.LogGamma, n + 1, x);
    }

    /// <inheritdoc cref="Binary.Hypot"/>
    public static Tensor Hypot(Tensor x, Tensor y) => Zip(Binary.Hypot, x, y);

    /// <inheritdoc cref="Binary.Modulo"/>
    public static Tensor Modulo(Tensor x, Tensor y) => Zip(Binary.Modulo, x, y);

    /// <inheritdoc cref="Binary.Remainder"/>
    public static Tensor Remainder(Tensor x, Tensor y) => Zip(Binary.Remainder, x, y);

    /// <summary>x ln y, and 0 where x is 0, whatever number y is.</summary>
    /// <remarks>Within 2 units in the last place. Where x is 0 and ln y is not finite, every derivative is 0; else they are those of x ln y, at x = 0 too.</remarks>
    public static Tensor XLogY(Tensor x, Tensor y)
    {
        (x, y) = Alike(nameof(XLogY), x, y);
        var unbounded = Equal(x, 0) * LogicalOr(y <= 0, Equal(y, double.PositiveInfinity));
        return x * Log(Where(unbounded, 1, y));
    }

    /// <summary>ln(eˣ + e^y), without overflow; of two equal infinities that infinity, with derivative 0.</summary>
    /// <remarks>The larger and ln(1 + e^−|x − y|): within 2 units in the last place of the larger of the result and the arguments.</remarks>
    public static Tensor LogAddExp(Tensor x, Tensor y)
    {
        (x, y) = Alike(nameof(LogAddExp), x, y);
        var swapped = x < y;
        var (larger, smaller) = (Where(swapped, y, x), Where(swapped, x, y));
        // At a tie the formula holds on either side, so that every derivative is right there.
        var alike = Equal(larger, smaller) * IsInfinite(larger);
        return Where(alike, StopGradient(larger), larger) + Softplus(Where(alike, 0, smaller - larger));
    }

    /// <summary>Two tensors broadcast to their common shape.</summary>
    private static (Tensor X, Tensor Y) Alike(string operation, Tensor x, Tensor y)
    {
        Require.NotNull(x, operation);
        Require.NotNull(y, operation);
        var shape = Common(operation, x.Shape, y.Shape);
        return (BroadcastTo(x, shape), BroadcastTo(y, shape));
    }

    /// <summary>A function of a sequence, by its order.</summary>
    internal static Tensor Ordered(Sequence function, int order, Tensor x)
    {
        Require.NotNull(x, function);
        return Apply.Of(new Op.Ordered(function, order), x);
    }
}
