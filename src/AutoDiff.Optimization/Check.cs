using System.Globalization;

namespace AutoDiff.Optimization;

/// <summary>Argument checks that name the operation, what it got and what it expected.</summary>
internal static class Check
{
    public static void That(bool condition, FormattableString problem)
    {
        if (!condition)
            throw new ArgumentException(problem.ToString(CultureInfo.InvariantCulture));
    }

    public static void NotNegative(string operation, string name, double value) =>
        That(value >= 0 && double.IsFinite(value), $"[{operation}] got {name} {value}; expected a finite number of at least 0");

    public static void Fraction(string operation, string name, double value) =>
        That(value is >= 0 and < 1, $"[{operation}] got {name} {value}; expected at least 0 and below 1");
}
