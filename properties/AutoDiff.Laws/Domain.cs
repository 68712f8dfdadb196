using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace AutoDiff.Laws;

/// <summary>A set of numbers that a tensor's elements are drawn from.</summary>
/// <param name="Name">The name shown by printed cases.</param>
/// <param name="Elements">Draws a number.</param>
/// <param name="Contains">Whether a number belongs to the set, so that shrinking stays inside.</param>
public sealed record Domain(string Name, Gen<double> Elements, Func<double, bool> Contains)
{
    /// <summary>How far generated numbers stay from kinks and bounds: a difference quotient's step must fit between.</summary>
    public const double Margin = 0.15;

    /// <summary>[−3, 3] in steps of 1⁄1024.</summary>
    public static Domain Any { get; } = Between(-3, 3);

    /// <summary>[0.25, 4].</summary>
    public static Domain Positive { get; } = Between(0.25, 4);

    /// <summary>[0.15, 0.85], inside the unit interval.</summary>
    public static Domain UnitInterval { get; } = Between(Margin, 1 - Margin);

    /// <summary>Magnitudes in [0.25, 4], of either sign.</summary>
    public static Domain NonZero { get; } =
        new(
            "non-zero",
            from magnitude in Positive.Elements
            from negative in Gen.Elements(false, true)
            select negative ? -magnitude : magnitude,
            x => Positive.Contains(Math.Abs(x))
        );

    /// <summary>±0, the smallest and largest magnitudes, infinities, NaN, and some ordinary numbers: for laws about values, not derivatives.</summary>
    public static Domain Special { get; } =
        new(
            "special",
            Gen.Frequency(
                (3, Gen.Elements(0.0, -0.0, 1, -1, double.Epsilon, -double.Epsilon, 1e-310, double.MaxValue, double.MinValue)),
                (2, Gen.Elements(double.PositiveInfinity, double.NegativeInfinity, double.NaN)),
                (3, Any.Elements)
            ),
            _ => true
        );

    /// <summary>[<paramref name="low"/>, <paramref name="high"/>] in steps of 1⁄1024 of a unit.</summary>
    public static Domain Between(double low, double high) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"[{low}, {high}]"),
            Gen.Choose((int)Math.Ceiling(low * 1024), (int)Math.Floor(high * 1024)).Select(step => step / 1024.0),
            x => x >= low && x <= high
        );

    /// <summary>[−3, 3] without the neighbourhoods of the given kinks.</summary>
    public static Domain AwayFrom(params double[] kinks) => Any.Except(kinks);

    /// <summary>Exactly 0, half of the time, or any number: where zeros need care.</summary>
    public static Domain WithZeros { get; } = new("with zeros", Gen.OneOf(Gen.Constant(0.0), Any.Elements), Any.Contains);

    /// <summary>This set without the numbers within <see cref="Margin"/> of the given ones.</summary>
    public Domain Except(params double[] kinks)
    {
        bool Far(double x) => Array.TrueForAll(kinks, kink => Math.Abs(x - kink) >= Margin);
        return new(
            $"{Name} away from {string.Join(", ", kinks.Select(kink => kink.ToString(CultureInfo.InvariantCulture)))}",
            Elements.Where(Far),
            x => Contains(x) && Far(x)
        );
    }

    /// <summary>Simpler numbers of the set: shorter to write, or of the same length and nearer 0.</summary>
    public IEnumerable<double> Shrink(double x) =>
        new[] { 0, 1, 0.5, -1, 2, Math.Truncate(x), Math.Round(x), Math.Round(x, 1), Math.Abs(x) }
            .Where(simple => Contains(simple) && Complexity(simple) < Complexity(x))
            .Distinct();

    private static double Complexity(double x) =>
        double.IsFinite(x) ? x.ToString("R", CultureInfo.InvariantCulture).Length + Math.Min(0.5, Math.Abs(x) / 1e6) : 1000;
}
