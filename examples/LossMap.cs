using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>A plane of losses as lines of text: the higher the loss, the darker the character, by equal steps of a logarithm from the lowest on.</summary>
public static class LossMap
{
    private const string Ramp = ".,:;+*x#%@";
    private const char NotFinite = '?';
    private const char Here = 'O';

    // What the first of the ramp's steps is of the whole range.
    private const double Finest = 1e-3;

    /// <summary>A line for each row, the last row first as on a plot, with the middle marked.</summary>
    public static ImmutableArray<string> Of(ImmutableArray<ImmutableArray<double>> losses)
    {
        var (low, high) = Range(losses);
        var (rows, columns) = (losses.Length, losses[0].Length);
        return
        [
            .. Enumerable
                .Range(0, rows)
                .Reverse()
                .Select(row =>
                    string.Concat(losses[row].Select((loss, i) => row == rows / 2 && i == columns / 2 ? Here : Character(loss, low, high)))
                ),
        ];
    }

    /// <summary>What the characters mean: the loss up to which each is drawn.</summary>
    public static string Legend(ImmutableArray<ImmutableArray<double>> losses)
    {
        var (low, high) = Range(losses);
        var steps = Ramp.Select(
            (character, i) =>
                string.Create(CultureInfo.InvariantCulture, $"{character} {low + ((high - low) * Place((i + 1.0) / Ramp.Length)):G3}")
        );
        return string.Join("  ", steps) + $"  {NotFinite} not finite  {Here} the net";
    }

    private static char Character(double loss, double low, double high)
    {
        if (!double.IsFinite(loss))
            return NotFinite;
        var share = high > low ? (loss - low) / (high - low) : 0;
        for (var i = 0; i < Ramp.Length - 1; i++)
        {
            if (share <= Place((i + 1.0) / Ramp.Length))
                return Ramp[i];
        }
        return Ramp[^1];
    }

    /// <summary>From a share of the ramp to one of the range: equal steps of ln(1 + share/finest).</summary>
    private static double Place(double share) => Finest * (Math.Pow(1 + (1 / Finest), share) - 1);

    private static (double Low, double High) Range(ImmutableArray<ImmutableArray<double>> losses)
    {
        var finite = losses.SelectMany(row => row).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        return (finite.Min(), finite.Max());
    }
}
