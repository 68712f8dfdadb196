using System.Text.RegularExpressions;

namespace AutoDiff.Examples.Pages;

/// <summary>SVGs within one page: the style that each holds, and all share, stands in the page's head once.</summary>
internal static partial class InlineSvg
{
    private const string Dark = "@media(prefers-color-scheme:dark)";

    /// <summary>All styles of some SVGs, once each; paper is light in every scheme.</summary>
    public static string Styles(IEnumerable<string> svgs) =>
        string.Concat(svgs.SelectMany(svg => Style().Matches(svg)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal))
            .Replace(Dark, "@media screen and (prefers-color-scheme:dark)", StringComparison.Ordinal);

    /// <summary>An SVG without its style.</summary>
    public static string Unstyled(string svg) => Style().Replace(svg, "");

    [GeneratedRegex("<style>(.*?)</style>\n?", RegexOptions.Singleline)]
    private static partial Regex Style();
}
