using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace AutoDiff;

/// <summary>Argument checks at the public edge: each failure names the operation, what it got and what it expected.</summary>
/// <remarks>One file, part of every project: a check is no project's public business.</remarks>
internal static partial class Require
{
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [InterpolatedStringHandlerArgument(nameof(condition))] ref Problem problem
    )
    {
        if (!condition)
            throw new ArgumentException(problem.ToStringAndClear());
    }

    public static void NotNull<T>([NotNull] object? argument, T operation, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        if (argument is null)
            throw new ArgumentNullException(name, $"[{operation}] got null for {name}; expected a value");
    }

    public static void Length(string operation, string what, int got, long expected) =>
        That(got == expected, $"[{operation}] got {what} of {got} values; expected {expected}");

    public static void Positive(string operation, string what, double got) =>
        That(got > 0, $"[{operation}] got {what} {got}; expected a positive number");

    public static void NonNegative(string operation, string what, double got) =>
        That(got >= 0 && double.IsFinite(got), $"[{operation}] got {what} {got}; expected a finite number of at least 0");

    public static void Fraction(string operation, string what, double got) =>
        That(got is >= 0 and < 1, $"[{operation}] got {what} {got}; expected at least 0 and below 1");

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

    /// <summary>A message that is formatted only when the check fails, so that a passing check costs nothing.</summary>
    [InterpolatedStringHandler]
    public ref struct Problem
    {
        private DefaultInterpolatedStringHandler _text;

        public Problem(int literalLength, int formattedCount, bool condition, out bool needed)
        {
            needed = !condition;
            _text = needed ? new(literalLength, formattedCount, CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public string ToStringAndClear() => _text.ToStringAndClear();
    }
}
