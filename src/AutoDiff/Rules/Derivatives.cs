using System.Diagnostics;
using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>
/// The derivative of every elementwise primitive: one factor that multiplies a tangent in forward mode and a cotangent in reverse mode.
/// Null stands for a derivative that is 0 everywhere it exists.
/// </summary>
internal static class Derivatives
{
    private static readonly Tensor One = 1;
    private static readonly Tensor MinusOne = -1;

    /// <summary>dy ⁄ dx of y = f(x).</summary>
    public static Tensor? Of(Unary function, Tensor x, Tensor y) =>
        function switch
        {
            Unary.Identity => One,
            Unary.StopGradient => null,
            Unary.Negate => MinusOne,
            Unary.Abs => Sign(x), // 0 at 0
            Unary.Sign => null,
            Unary.Square => 2 * x,
            Unary.Sqrt => 0.5 / (y + 0), // −0 as 0
            Unary.Reciprocal => -Square(y),
            Unary.Exp => y,
            Unary.Expm1 => Exp(x), // not y + 1, which cancels for very negative x
            Unary.Log => Reciprocal(x + 0), // −0 as 0
            Unary.Log1p => Reciprocal(1 + x),
            Unary.Sin => Cos(x),
            Unary.Cos => -Sin(x),
            Unary.Tan => 1 + Square(y),
            Unary.Asin => Reciprocal(Sqrt(OneMinusSquare(x))),
            Unary.Acos => -Reciprocal(Sqrt(OneMinusSquare(x))),
            Unary.Atan => Reciprocal(1 + Square(x)),
            Unary.Sinh => Cosh(x),
            Unary.Cosh => Sinh(x),
            Unary.Tanh => SechSquared(x), // not 1 − y², which cancels for large x
            Unary.SechSquared => -2 * Ops.Tanh(x) * y,
            Unary.Sigmoid => 0.25 * SechSquared(0.5 * x), // not y(1 − y), which cancels for large x, nor y σ(−x), whose derivative does at 0
            Unary.Softplus => Sigmoid(x),
            Unary.Relu => x > 0, // 0 at 0
            Unary.Erf => 1.1283791670955126 * Exp(-Square(x)), // 2⁄√π e^(−x²)
            Unary.Erfc => -1.1283791670955126 * Exp(-Square(x)),
            Unary.NormalCdf => 0.3989422804014327 * Exp(-0.5 * Square(x)), // 1⁄√(2π) e^(−x²⁄2)
            Unary.Floor => null,
            Unary.Round => null,
        };

    /// <summary>(∂z ⁄ ∂x, ∂z ⁄ ∂y) of z = f(x, y).</summary>
    public static (Tensor? X, Tensor? Y) Of(Binary function, Tensor x, Tensor y, Tensor z) =>
        function switch
        {
            Binary.Add => (One, One),
            Binary.Subtract => (One, MinusOne),
            Binary.Multiply => (y, x),
            Binary.Divide => (Reciprocal(y), -z / y),
            Binary.Power => Power(x, y, z),
            Binary.Atan2 => Atan2(x, y),
            Binary.Maximum => (Greater(x, y) + (0.5 * Equal(x, y)), Less(x, y) + (0.5 * Equal(x, y))), // a tie is shared
            Binary.Minimum => (Less(x, y) + (0.5 * Equal(x, y)), Greater(x, y) + (0.5 * Equal(x, y))),
            Binary.Equal or Binary.NotEqual or Binary.Less or Binary.LessOrEqual or Binary.Greater or Binary.GreaterOrEqual => (null, null),
        };

    /// <summary>The weights w of a reduction y of x with ẏ = Σ w ẋ, of x's shape; null where every weight is 1.</summary>
    public static Tensor? Of(Reduction kind, Ints axes, Tensor x, Tensor y) =>
        kind switch
        {
            Reduction.Sum => null,
            Reduction.Max or Reduction.Min => Shared(Equal(x, KeepAxes(y, x.Shape, axes)), axes), // ties share equally
            Reduction.LogSumExp => Exp(x - Finite(KeepAxes(y, x.Shape, axes))),
        };

    /// <summary>Whether an op's result can vary with its argument at position <paramref name="argument"/> and have a derivative there.</summary>
    public static bool Reaches(Op op, int argument) =>
        op switch
        {
            Op.Map(Unary.StopGradient or Unary.Sign or Unary.Floor or Unary.Round) => false,
            Op.Zip(>= Binary.Equal) => false,
            Op.ArgMax => false,
            Op.Select => argument > 0,
            Op.Gather or Op.ScatterAdd or Op.Barrier => argument == 0,
            Op.Custom => argument > 0,
            _ => true,
        };

    /// <summary>factor · t, where a factor of null is 0 and stays null.</summary>
    public static Tensor? Times(Tensor? factor, Tensor t) =>
        factor is null ? null
        : ReferenceEquals(factor, One) ? t
        : ReferenceEquals(factor, MinusOne) ? -t
        : factor * t;

    // (y·xʸ⁻¹, xʸ·ln x). At x = 0 the second has the limit 0 for y > 0, and y counts as a constant in both, so that mixed derivatives agree.
    // Where x⁻¹ is infinite the first is 0 at y = 0: only there x gives way, so nothing else is cut from a derivative of either.
    private static (Tensor, Tensor) Power(Tensor x, Tensor y, Tensor z)
    {
        var atZero = Equal(x, 0);
        var exponent = Where(atZero, StopGradient(y), y);
        var unbounded = Equal(y, 0) * Equal(Reciprocal(Abs(x)), double.PositiveInfinity); // in either precision
        return (exponent * Ops.Power(Where(unbounded, 1, x), exponent - 1), Where(atZero, 0, z * Log(Where(atZero, 1, x))));
    }

    // 1 − x²: by its factors where it cancels; elsewhere by itself, for the factors' derivative (1 − x) − (1 + x) cancels near 0.
    private static Tensor OneMinusSquare(Tensor x) => Where(Abs(x) < 0.5, 1 - Square(x), (1 - x) * (1 + x));

    // (y, −x) ⁄ (x² + y²), scaled so that no square overflows or underflows; any scale gives the same, so it is held constant.
    private static (Tensor, Tensor) Atan2(Tensor x, Tensor y)
    {
        var scale = StopGradient(Maximum(Abs(x), Abs(y)));
        var (u, v) = (x / scale, y / scale);
        var square = (Square(u) + Square(v)) * scale;
        return (v / square, -u / square);
    }

    private static Tensor Shared(Tensor ties, Ints axes) => ties / KeepAxes(Reduce(Reduction.Sum, ties, axes), ties.Shape, axes);

    // ln Σ eˣ is −∞ where every x is: its weights are then 0, which e^(x − 0) gives and e^(−∞ + ∞) does not.
    private static Tensor Finite(Tensor y) => Where(Equal(y, double.NegativeInfinity), 0, y);
}
