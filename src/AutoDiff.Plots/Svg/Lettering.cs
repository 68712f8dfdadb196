using System.Globalization;
using System.Security;

namespace AutoDiff.Plots;

/// <summary>Texts and numbers as SVG holds them.</summary>
internal static class Lettering
{
    /// <summary>A number to two decimals.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture); // −0 + 0 = 0

    /// <summary>Two of them.</summary>
    public static string Pair(double x, double y) => $"{Number(x)} {Number(y)}";

    /// <summary>A text within an element or between quotes; what XML cannot hold is left out.</summary>
    public static string Escape(string text)
    {
        var legal = text.EnumerateRunes().Where(rune => rune.Value is >= ' ' and < 0x7F or > 0x9F and not (0xFFFE or 0xFFFF));
        return SecurityElement.Escape(string.Concat(legal));
    }

    /// <summary>What a text is wide at most, in the widest of the usual fonts without serifs.</summary>
    public static double Width(string text, double size) => size * text.Sum(Width);

    /// <summary>A text cut to a width, with an ellipsis for what is lost.</summary>
    public static string Cut(string text, double width, double size)
    {
        if (Width(text, size) <= width)
            return text;
        var most = Enumerable.Range(1, text.Length - 1).TakeWhile(length => Width(text[..length] + "…", size) <= width).LastOrDefault();
        return text[..most].TrimEnd() + "…";
    }

    /// <summary>A text on as many lines at most, the last one cut.</summary>
    public static ImmutableArray<string> Wrap(string text, double width, double size, int most)
    {
        List<string> lines = [];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines.Count > 0 && (lines.Count == most || Width($"{lines[^1]} {word}", size) <= width))
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        return [.. lines.Select(line => Cut(line, width, size))];
    }

    private static double Width(char letter) =>
        letter switch
        {
            'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '|' or '\'' or ' ' => 0.34,
            'f' or 't' or 'r' or 'I' or '(' or ')' or '[' or ']' or '-' or '/' => 0.42,
            'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 1,
            (>= 'A' and <= 'Z') or '−' or '+' or '=' or '<' or '>' or '→' or '↑' or '±' or '×' => 0.78,
            < '\u1100' => 0.64,
            _ => 1,
        };
}
