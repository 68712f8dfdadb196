using System.Globalization;
using System.Security;

namespace AutoDiff.Plots;

/// <summary>Texts and numbers as SVG holds them.</summary>
internal static class Lettering
{
    /// <summary>A number to two decimals.</summary>
    public static string Number(double value) => (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture); // −0 + 0 = 0

    /// <summary>A text within an element or between quotes; what XML cannot hold is left out.</summary>
    public static string Escape(string text) =>
        SecurityElement.Escape(
            string.Concat(
                text.EnumerateRunes()
                    .Where(rune => rune.Value >= ' ' && rune.Value is not (0xFFFE or 0xFFFF or >= 127 and < 160))
                    .Select(rune => rune.ToString())
            )
        );

    /// <summary>What a text is wide at most, in the widest of the usual fonts without serifs.</summary>
    public static double Width(string text, double size) => size * text.Sum(Width);

    /// <summary>A text cut to a width, an ellipsis for what is lost.</summary>
    public static string Cut(string text, double width, double size)
    {
        if (Width(text, size) <= width)
            return text;
        var length = Enumerable.Range(1, text.Length).TakeWhile(count => Width(text[..count] + "…", size) <= width).LastOrDefault();
        return text[..length].TrimEnd() + "…";
    }

    /// <summary>A text on as many lines at most, the last one cut.</summary>
    public static string[] Wrap(string text, double width, double size, int most)
    {
        List<string> lines = [""];
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (lines.Count == most || Width($"{lines[^1]} {word}", size) <= width || lines[^1] == "")
                lines[^1] = $"{lines[^1]} {word}".TrimStart();
            else
                lines.Add(word);
        return [.. lines.Where(line => line != "").Select(line => Cut(line, width, size))];
    }

    private static double Width(char letter) =>
        letter switch
        {
            'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '|' or '\'' or ' ' => 0.34,
            'f' or 't' or 'r' or 'I' or '(' or ')' or '[' or ']' or '-' or '/' => 0.42,
            'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 0.98,
            >= 'A' and <= 'Z' or '−' or '+' or '=' or '<' or '>' or '→' or '↑' => 0.76,
            < '\u2E80' => 0.63,
            _ => 1,
        };
}
