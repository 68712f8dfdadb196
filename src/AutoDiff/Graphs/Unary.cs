namespace AutoDiff;

/// <summary>The elementwise functions of one argument that are primitives: a new one is a member here and a row of <see cref="Unaries"/>.</summary>
public enum Unary
{
    /// <summary>x, as a node of its own.</summary>
    Identity,

    /// <summary>x, with derivative 0.</summary>
    StopGradient,

    /// <summary>−x.</summary>
    Negate,

    /// <summary>|x|, with derivative sign(x), so 0 at 0.</summary>
    Abs,

    /// <summary>−1, 0 or 1; NaN of NaN. Derivative 0.</summary>
    Sign,

    /// <summary>x².</summary>
    Square,

    /// <summary>√x; NaN below 0, derivative infinite at 0.</summary>
    Sqrt,

    /// <summary>1 ⁄ x.</summary>
    Reciprocal,

    /// <summary>eˣ.</summary>
    Exp,

    /// <summary>eˣ − 1, exact to rounding near 0.</summary>
    Expm1,

    /// <summary>ln x; −∞ at 0, NaN below.</summary>
    Log,

    /// <summary>ln(1 + x), exact to rounding near 0.</summary>
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

    /// <summary>sech² x = 1 ⁄ cosh² x, the derivative of tanh x: without cancellation or overflow.</summary>
    SechSquared,

    /// <summary>1 ⁄ (1 + e⁻ˣ), without overflow at either end.</summary>
    Sigmoid,

    /// <summary>ln(1 + eˣ), without overflow: x for large x, eˣ for very negative x.</summary>
    Softplus,

    /// <summary>max(x, 0), with derivative 0 at 0; NaN of NaN.</summary>
    Relu,

    /// <summary>The error function 2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    Erf,

    /// <summary>1 − erf x, to full relative accuracy in the right tail.</summary>
    Erfc,

    /// <summary>The normal distribution function Φ(x) = ½ erfc(−x ⁄ √2), to full relative accuracy in the left tail.</summary>
    NormalCdf,

    /// <summary>The largest integer not above x. Derivative 0.</summary>
    Floor,

    /// <summary>The nearest integer, halves to even. Derivative 0.</summary>
    Round,
}
