using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AutoDiff.Examples.Pages;

/// <summary>A piece of HTML: what is written stands as it is, what stands in holes is escaped unless it is such a piece itself.</summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>A piece with holes: <c>Html.Of($"&lt;p&gt;{words}&lt;/p&gt;")</c>.</summary>
    public static Html Of(Writer written) => new(written.ToString());

    /// <summary>What is HTML already, such as a figure's SVG.</summary>
    public static Html Trusted(string text) => new(text);

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces));

    public override string ToString() => _text ?? "";

    /// <summary>Words as text, or within an attribute's quotes; what may not stand in a page at all becomes U+FFFD.</summary>
    private static void Escape(StringBuilder into, string words)
    {
        foreach (var rune in words.EnumerateRunes())
            _ = rune.Value switch
            {
                '&' => into.Append("&amp;"),
                '<' => into.Append("&lt;"),
                '>' => into.Append("&gt;"),
                '"' => into.Append("&quot;"),
                '\'' => into.Append("&#39;"),
                '\r' => into, // a line's end is \n in every page
                '\n' or '\t' => into.Append((char)rune.Value),
                _ => into.Append(Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE ? "\uFFFD" : rune.ToString()),
            };
    }

    /// <summary>Writes a piece.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Writer(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _text = new(literalLength + (16 * formattedCount));

        public void AppendLiteral(string text) => _text.Append(text);

        public void AppendFormatted(Html piece) => _text.Append(piece.ToString());

        public void AppendFormatted(string words) => Escape(_text, words);

        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");

        public override string ToString() => _text.ToString();
    }
}
