using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace AutoDiff.Numerics;

/// <summary>Argument checks at the public edge: each failure names the operation, what it got and what it expected.</summary>
internal static class Check
{
    public static void Length(string operation, string what, int got, int expected)
    {
        if (got != expected)
            Fail($"[{operation}] got {what} of {got} values; expected {expected}");
    }

    public static void Positive(string operation, string what, double got)
    {
        if (!(got > 0))
            Fail($"[{operation}] got {what} {got}; expected a positive number");
    }

    public static void NonNegative(string operation, string what, double got)
    {
        if (!(got >= 0 && double.IsFinite(got)))
            Fail($"[{operation}] got {what} {got}; expected a finite number of at least 0");
    }

    public static void Finite(string operation, string what, ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
                Fail($"[{operation}] got {values[i]} at position {i} of {what}; expected finite values");
        }
    }

    [DoesNotReturn]
    public static void Fail(FormattableString message) => throw new ArgumentException(message.ToString(CultureInfo.InvariantCulture));
}
