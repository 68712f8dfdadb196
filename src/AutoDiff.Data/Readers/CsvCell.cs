using System.Globalization;
using System.Text;

namespace AutoDiff.Data;

/// <summary>A cell of a table.</summary>
internal static class CsvCell
{
    private const int ShownCharacters = 24;

    /// <summary>Whether the cell is a number: decimal point and exponent, no separators of groups.</summary>
    public static bool IsNumber(ReadOnlySpan<byte> cell, out double value)
    {
        value = 0;
        // double.TryParse overlooks NULs at the end.
        return !cell.Contains((byte)0) && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether the cell is a whole number that counts something.</summary>
    public static bool IsCount(ReadOnlySpan<byte> cell, out int count)
    {
        count = 0;
        return !cell.Contains((byte)0) && int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out count);
    }

    /// <summary>The cell between quotes, short, and without characters that a terminal would act on.</summary>
    public static string Shown(string cell)
    {
        var trimmed = cell.AsSpan().Trim();
        var shown = new StringBuilder().Append('"');
        foreach (var one in trimmed[..Math.Min(trimmed.Length, ShownCharacters)])
            shown.Append(char.IsControl(one) ? '?' : one);
        return shown.Append(trimmed.Length > ShownCharacters ? "...\"" : "\"").ToString();
    }
}
