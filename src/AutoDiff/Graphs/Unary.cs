namespace AutoDiff;

/// <summary>The elementwise functions of one argument that are primitives: a new one is a member here and a row of <see cref="Unaries"/>.</summary>
public enum Unary
{
    /// <summary>x as a node of its own: differentiating with respect to it is apart from differentiating with respect to x.</summary>
    Identity,

    /// <summary>x, treated as a constant by every derivative.</summary>
    StopGradient,

    /// <summary>−x.</summary>
    Negate,

    /// <summary>|x|; the derivative at 0 is 0.</summary>
    Abs,

    /// <summary>−1, 0 or 1 by the sign of x, NaN of NaN; derivative 0.</summary>
    Sign,

    /// <summary>x².</summary>
    Square,

    /// <summary>√x; NaN for x &lt; 0, with an infinite derivative at 0.</summary>
    Sqrt,

    /// <summary>1 ⁄ x; infinite at 0.</summary>
    Reciprocal,

    /// <summary>eˣ; infinite from x ≈ 709.78, 0 below x ≈ −745.13.</summary>
    Exp,

    /// <summary>eˣ − 1, without cancellation near 0.</summary>
    Expm1,

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    Log,

    /// <summary>ln(1 + x), without cancellation near 0; −∞ at −1, NaN below.</summary>
    Log1p,

    /// <summary>sin x, x in radians.</summary>
    Sin,

    /// <summary>cos x, x in radians.</summary>
    Cos,

    /// <summary>tan x, x in radians.</summary>
    Tan,

    /// <summary>arcsin x in [−π⁄2, π⁄2]; NaN outside [−1, 1].</summary>
    Asin,

    /// <summary>arccos x in [0, π]; NaN outside [−1, 1].</summary>
    Acos,

    /// <summary>arctan x in [−π⁄2, π⁄2].</summary>
    Atan,

    /// <summary>sinh x.</summary>
    Sinh,

    /// <summary>cosh x.</summary>
    Cosh,

    /// <summary>tanh x.</summary>
    Tanh,

    /// <summary>sech² x = 1 ⁄ cosh² x, the derivative of tanh x: accurate where 1 − tanh² x cancels; overflows nowhere.</summary>
    SechSquared,

    /// <summary>σ(x) = 1 ⁄ (1 + e⁻ˣ); overflows nowhere.</summary>
    Sigmoid,

    /// <summary>ln(1 + eˣ); x for large x, eˣ for very negative x.</summary>
    Softplus,

    /// <summary>max(x, 0), NaN of NaN; the derivative at 0 is 0.</summary>
    Relu,

    /// <summary>The error function 2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    Erf,

    /// <summary>1 − erf x, to full relative accuracy in the right tail.</summary>
    Erfc,

    /// <summary>The normal distribution function Φ(x) = ½ erfc(−x ⁄ √2), to full relative accuracy in the left tail.</summary>
    NormalCdf,

    /// <summary>The largest integer not above x; derivative 0.</summary>
    Floor,

    /// <summary>The nearest integer, halves to even; derivative 0.</summary>
    Round,

    /// <summary>2ˣ; infinite from x = 1024, 0 below x ≈ −1074; whole powers are exact.</summary>
    Exp2,

    /// <summary>log₂ x, exact for powers of 2; −∞ at 0, NaN below.</summary>
    Log2,

    /// <summary>log₁₀ x, exact for powers of 10; −∞ at 0, NaN below.</summary>
    Log10,

    /// <summary>∛x, with the sign of x; the derivative at 0 is infinite.</summary>
    Cbrt,

    /// <summary>arsinh x = ln(x + √(x² + 1)), whose derivative 1 ⁄ √(x² + 1) overflows nowhere.</summary>
    Asinh,

    /// <summary>arcosh x = ln(x + √(x² − 1)) ≥ 0; NaN for x &lt; 1, with an infinite derivative at 1.</summary>
    Acosh,

    /// <summary>artanh x = ½ ln((1 + x) ⁄ (1 − x)); ±∞ at ±1, NaN beyond.</summary>
    Atanh,

    /// <summary>The y whose error function is x; ±∞ at ±1, NaN beyond. Within 4 units in the last place.</summary>
    ErfInv,

    /// <summary>e^−|x| I₁(x), the modified Bessel function of the first kind of order 1, scaled so that it overflows nowhere. Within 4 units in the last
    /// place. The derivative at 0 is ½, those of higher order there, where it is not smooth, are 0.</summary>
    BesselI1e,
}
