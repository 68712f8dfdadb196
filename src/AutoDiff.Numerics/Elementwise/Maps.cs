namespace AutoDiff.Numerics;

/// <summary>The functions of one number that have vector loops: a line for each, with its body in double and in single precision.</summary>
/// <remarks>Within a few units in the last place, the same bits on every machine that has fused multiply-add.</remarks>
public static class Maps
{
    /// <summary>x.</summary>
    public static MapKernel Copy { get; } = new(new CopyLoop<double>(), new CopyLoop<float>());

    /// <summary>−x.</summary>
    public static MapKernel Negate { get; } = MapKernel.Of<Arithmetic<double>.Negate, Arithmetic<float>.Negate>();

    /// <summary>|x|.</summary>
    public static MapKernel Abs { get; } = MapKernel.Of<Arithmetic<double>.Abs, Arithmetic<float>.Abs>();

    /// <summary>−1, 0 or 1; NaN of NaN.</summary>
    public static MapKernel Sign { get; } = MapKernel.Of<Arithmetic<double>.Sign, Arithmetic<float>.Sign>();

    /// <summary>x².</summary>
    public static MapKernel Square { get; } = MapKernel.Of<Arithmetic<double>.Square, Arithmetic<float>.Square>();

    /// <summary>√x.</summary>
    public static MapKernel Sqrt { get; } = MapKernel.Of<Arithmetic<double>.Sqrt, Arithmetic<float>.Sqrt>();

    /// <summary>1 ⁄ x.</summary>
    public static MapKernel Reciprocal { get; } = MapKernel.Of<Arithmetic<double>.Reciprocal, Arithmetic<float>.Reciprocal>();

    /// <summary>max(x, 0).</summary>
    public static MapKernel Relu { get; } = MapKernel.Of<Arithmetic<double>.Relu, Arithmetic<float>.Relu>();

    /// <summary>The largest whole number that is not above x.</summary>
    public static MapKernel Floor { get; } = MapKernel.Of<Arithmetic<double>.Floor, Arithmetic<float>.Floor>();

    /// <summary>The nearest whole number, the even one of two.</summary>
    public static MapKernel Round { get; } = MapKernel.Of<Arithmetic<double>.Round, Arithmetic<float>.Round>();

    /// <summary>eˣ.</summary>
    public static MapKernel Exp { get; } = MapKernel.Of<Exponentials.Exp, SingleExponentials.Exp>();

    /// <summary>eˣ − 1.</summary>
    public static MapKernel Expm1 { get; } = MapKernel.Of<Exponentials.Expm1, SingleExponentials.Expm1>();

    /// <summary>1 ⁄ (1 + e⁻ˣ).</summary>
    public static MapKernel Sigmoid { get; } = MapKernel.Of<Exponentials.Sigmoid, SingleExponentials.Sigmoid>();

    /// <summary>tanh x.</summary>
    public static MapKernel Tanh { get; } = MapKernel.Of<Exponentials.Tanh, SingleExponentials.Tanh>();

    /// <summary>1 ⁄ cosh² x.</summary>
    public static MapKernel SechSquared { get; } = MapKernel.Of<Exponentials.SechSquared, SingleExponentials.SechSquared>();

    /// <summary>ln x.</summary>
    public static MapKernel Log { get; } = MapKernel.Of<Logarithms.Log, SingleLogarithms.Log>();

    /// <summary>ln(1 + x).</summary>
    public static MapKernel Log1p { get; } = MapKernel.Of<Logarithms.Log1p, SingleLogarithms.Log1p>();

    /// <summary>ln(1 + eˣ).</summary>
    public static MapKernel Softplus { get; } = MapKernel.Of<Logarithms.Softplus, SingleLogarithms.Softplus>();

    /// <summary>sin x.</summary>
    public static MapKernel Sin { get; } = MapKernel.Of<Trigonometric.Sin, SingleTrigonometric.Sin>();

    /// <summary>cos x.</summary>
    public static MapKernel Cos { get; } = MapKernel.Of<Trigonometric.Cos, SingleTrigonometric.Cos>();

    /// <summary>tan x.</summary>
    public static MapKernel Tan { get; } = MapKernel.Of<Trigonometric.Tan, Widened<Trigonometric.Tan>>();

    /// <summary>arcsin x.</summary>
    public static MapKernel Asin { get; } = MapKernel.Of<InverseTrigonometric.Asin, Widened<InverseTrigonometric.Asin>>();

    /// <summary>arccos x.</summary>
    public static MapKernel Acos { get; } = MapKernel.Of<InverseTrigonometric.Acos, Widened<InverseTrigonometric.Acos>>();

    /// <summary>arctan x.</summary>
    public static MapKernel Atan { get; } = MapKernel.Of<InverseTrigonometric.Atan, Widened<InverseTrigonometric.Atan>>();

    /// <summary>sinh x.</summary>
    public static MapKernel Sinh { get; } = MapKernel.Of<Hyperbolic.Sinh, Widened<Hyperbolic.Sinh>>();

    /// <summary>cosh x.</summary>
    public static MapKernel Cosh { get; } = MapKernel.Of<Hyperbolic.Cosh, Widened<Hyperbolic.Cosh>>();

    /// <summary>2ˣ.</summary>
    public static MapKernel Exp2 { get; } = MapKernel.Of<Exponentials.Exp2, Widened<Exponentials.Exp2>>();

    /// <summary>log₂ x.</summary>
    public static MapKernel Log2 { get; } = MapKernel.Of<LogarithmsOfBase.Two, Widened<LogarithmsOfBase.Two>>();

    /// <summary>log₁₀ x.</summary>
    public static MapKernel Log10 { get; } = MapKernel.Of<LogarithmsOfBase.Ten, Widened<LogarithmsOfBase.Ten>>();

    /// <summary>∛x.</summary>
    public static MapKernel Cbrt { get; } = MapKernel.Of<Roots.Cbrt, Widened<Roots.Cbrt>>();

    /// <summary>arsinh x.</summary>
    public static MapKernel Asinh { get; } = MapKernel.Of<InverseHyperbolic.Asinh, Widened<InverseHyperbolic.Asinh>>();

    /// <summary>arcosh x.</summary>
    public static MapKernel Acosh { get; } = MapKernel.Of<InverseHyperbolic.Acosh, Widened<InverseHyperbolic.Acosh>>();

    /// <summary>artanh x.</summary>
    public static MapKernel Atanh { get; } = MapKernel.Of<InverseHyperbolic.Atanh, Widened<InverseHyperbolic.Atanh>>();

    /// <summary>sin πx ⁄ πx.</summary>
    public static MapKernel Sinc { get; } = MapKernel.Of<SincLoop, Widened<SincLoop>>();

    /// <summary>2⁄√π ∫₀ˣ e^(−t²) dt.</summary>
    public static MapKernel Erf { get; } = MapKernel.Of<ErrorFunctions.Erf, SingleErrorFunctions.Erf>();

    /// <summary>1 − erf x.</summary>
    public static MapKernel Erfc { get; } = MapKernel.Of<ErrorFunctions.Erfc, Widened<ErrorFunctions.Erfc>>();

    /// <summary>½ erfc(−x ⁄ √2).</summary>
    public static MapKernel NormalCdf { get; } = MapKernel.Of<ErrorFunctions.NormalCdf, Widened<ErrorFunctions.NormalCdf>>();

    /// <summary>tanh x and, in the same pass, its slope 1 ⁄ cosh² x.</summary>
    public static MapTwoKernel TanhAndSechSquared { get; } = MapTwoKernel.Of<Exponentials.TanhAndSlope, SingleExponentials.TanhAndSlope>();
}
