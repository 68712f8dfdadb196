using static AutoDiff.Ops;

namespace AutoDiff;

/// <summary>Slopes of elementwise functions that take more than a line, and their product with a direction.</summary>
internal static class Slopes
{
    /// <summary>The slope of a function that is its argument.</summary>
    public static readonly Tensor One = 1;

    /// <summary>The slope of its negative.</summary>
    public static readonly Tensor MinusOne = -1;

    /// <summary>slope · t, a tangent in forward mode, a cotangent in reverse mode; a slope of null is 0 and stays null.</summary>
    public static Tensor? Times(Tensor? slope, Tensor t) =>
        slope is null ? null
        : ReferenceEquals(slope, One) ? t
        : ReferenceEquals(slope, MinusOne) ? -t
        : slope * t;

    /// <summary>1 − x²: by its factors where it cancels; elsewhere by itself, for the factors' derivative (1 − x) − (1 + x) cancels near 0.</summary>
    public static Tensor OneMinusSquare(Tensor x) => Where(Abs(x) < 0.5, 1 - Square(x), (1 - x) * (1 + x));

    /// <summary>1 where x is above y; a tie is shared.</summary>
    public static Tensor Above(Tensor x, Tensor y) => Greater(x, y) + (0.5 * Equal(x, y));

    /// <summary>1 where x is below y; a tie is shared.</summary>
    public static Tensor Below(Tensor x, Tensor y) => Less(x, y) + (0.5 * Equal(x, y));

    /// <summary>y·xʸ⁻¹. At x = 0 y counts as a constant, as in the slope in y, so that mixed derivatives agree.</summary>
    /// <remarks>Where x⁻¹ is infinite it is 0 at y = 0: only there x gives way, so nothing else is cut from a derivative of either.</remarks>
    public static Tensor OfPowerInBase(Tensor x, Tensor y)
    {
        var exponent = Where(Equal(x, 0), StopGradient(y), y);
        var unbounded = Equal(y, 0) * Equal(Reciprocal(Abs(x)), double.PositiveInfinity); // in either precision
        return exponent * Power(Where(unbounded, 1, x), exponent - 1);
    }

    /// <summary>xʸ·ln x, which at x = 0 has the limit 0 for y > 0.</summary>
    public static Tensor OfPowerInExponent(Tensor x, Tensor y, Tensor z)
    {
        var atZero = Equal(x, 0);
        return Where(atZero, 0, z * Log(Where(atZero, 1, x)));
    }

    /// <summary>(y, −x) ⁄ (x² + y²), scaled so that no square overflows or underflows; any scale gives the same, so it is held constant.</summary>
    public static (Tensor X, Tensor Y) OfAngle(Tensor x, Tensor y)
    {
        var scale = StopGradient(Maximum(Abs(x), Abs(y)));
        var (u, v) = (x / scale, y / scale);
        var square = (Square(u) + Square(v)) * scale;
        return (v / square, -u / square);
    }

    /// <summary>(x, y) ⁄ √(x² + y²), by the ratio of the smaller to the larger: in x ⁄ z as it stands, 1 ⁄ z − x² ⁄ z³ cancels in the next derivative.</summary>
    public static (Tensor X, Tensor Y) OfLength(Tensor x, Tensor y)
    {
        var wide = Abs(x) >= Abs(y);
        var larger = Where(wide, x, y);
        var ratio = Where(wide, y, x) / Where(Equal(larger, 0), 1, larger);
        var along = Sign(larger) * Reciprocal(Sqrt(1 + Square(ratio))); // 0 at (0, 0)
        return (along * Where(wide, 1, ratio), along * Where(wide, ratio, 1));
    }

    /// <summary>I₁e′ = D₂ − D₁ with the derivatives Dₙ of I₀e without their signs; near 0 nothing cancels, as in I₀e − I₁e ⁄ x − |I₁e| it would in the next one.</summary>
    public static Tensor OfBesselI1e(Tensor x) => Ordered(Sequence.BesselI0e, 2, x) - Ordered(Sequence.BesselI0e, 1, x);

    /// <summary>Where elements equal what they were reduced to over the axes: shared equally by ties.</summary>
    public static Tensor OfChoice(Ints axes, Tensor x, Tensor y)
    {
        var ties = Equal(x, KeepAxes(y, x.Shape, axes));
        return ties / KeepAxes(Reduce(Reduction.Sum, ties, axes), ties.Shape, axes);
    }

    /// <summary>e^(x − y). ln Σ eˣ is −∞ where every x is: the slopes are then 0, which e^(x − 0) gives and e^(−∞ + ∞) does not.</summary>
    public static Tensor OfLogSumExp(Ints axes, Tensor x, Tensor y)
    {
        var kept = KeepAxes(y, x.Shape, axes);
        return Exp(x - Where(Equal(kept, double.NegativeInfinity), 0, kept));
    }
}
