using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>How much lies between two values: a row of a picture of bars.</summary>
/// <param name="Low">The lower value.</param>
/// <param name="High">The upper value.</param>
/// <param name="Amount">How much lies between them, in words.</param>
/// <param name="Weight">What the bar's length is in proportion to.</param>
public sealed record Bar(double Low, double High, string Amount, double Weight);

/// <summary>A picture of bars, ascending.</summary>
/// <param name="Caption">What is shown.</param>
/// <param name="Rows">The bars.</param>
public sealed record Bars(string Caption, ImmutableArray<Bar> Rows)
{
    private const int Width = 50;

    /// <summary>The length of a bar in characters: in proportion to its weight, but something for every weight above zero.</summary>
    public int Length(Bar row) => (int)Math.Ceiling(row.Weight * Width / Rows.Max(bar => bar.Weight));
}
