using System.Diagnostics.CodeAnalysis;

namespace AutoDiff;

/// <summary>Argument checks at the public edge: each failure names the operation, what it got and what it expected.</summary>
internal static class Require
{
    public static void That(
        [DoesNotReturnIf(false)] bool condition,
        [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(condition))] ref Problem problem
    )
    {
        if (!condition)
            throw new ArgumentException(problem.ToStringAndClear());
    }

    public static void NotNull<T>(
        [NotNull] object? argument,
        T operation,
        [System.Runtime.CompilerServices.CallerArgumentExpression(nameof(argument))] string? name = null
    )
    {
        if (argument is null)
            throw new ArgumentNullException(name, $"[{operation}] got null for {name}; expected a value");
    }

    /// <summary>The axis of <paramref name="shape"/>, or of it with <paramref name="added"/> more, counted from the front; negative axes count from the end, as in NumPy.</summary>
    public static int Axis(int axis, Shape shape, string operation, int added = 0)
    {
        var rank = shape.Rank + added;
        if (axis < -rank || axis >= rank)
            That(
                false,
                $"[{operation}] axis {axis} is out of range for {shape}; expected {(rank == 0 ? "a tensor that has axes" : $"{-rank} to {rank - 1}")}"
            );
        return axis < 0 ? axis + rank : axis;
    }

    /// <summary>A message that is formatted only when the check fails, so that a passing check costs nothing.</summary>
    [System.Runtime.CompilerServices.InterpolatedStringHandler]
    public ref struct Problem
    {
        private System.Runtime.CompilerServices.DefaultInterpolatedStringHandler _text;

        public Problem(int literalLength, int formattedCount, bool condition, out bool needed)
        {
            needed = !condition;
            _text = needed ? new(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture) : default;
        }

        public void AppendLiteral(string text) => _text.AppendLiteral(text);

        public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

        public string ToStringAndClear() => _text.ToStringAndClear();
    }
}
