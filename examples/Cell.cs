using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>A cell of a table of numbers.</summary>
internal static class Cell
{
    private const int ShownCharacters = 24;

    /// <summary>Whether the cell is a number: decimal point and exponent, no separators of groups.</summary>
    public static bool IsNumber(ReadOnlySpan<char> cell, out double value)
    {
        value = 0;
        // double.TryParse overlooks NULs at the end.
        return !cell.Contains('\0') && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the cell is a whole number that counts something.</summary>
    public static bool IsCount(ReadOnlySpan<char> cell, out int count)
    {
        count = 0;
        return !cell.Contains('\0') && int.TryParse(cell, NumberStyles.Integer, CultureInfo.InvariantCulture, out count);
    }

    /// <summary>The cell between quotes, short, and without characters that a terminal would act on.</summary>
    public static string Shown(ReadOnlySpan<char> cell)
    {
        var trimmed = cell.Trim();
        var shown = trimmed[..Math.Min(trimmed.Length, ShownCharacters)].ToArray();
        for (var i = 0; i < shown.Length; i++)
            shown[i] = char.IsControl(shown[i]) ? '?' : shown[i];
        return trimmed.Length > ShownCharacters ? $"\"{new string(shown)}...\"" : $"\"{new string(shown)}\"";
    }
}
