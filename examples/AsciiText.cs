using System.Collections.Frozen;
using System.Text;

namespace AutoDiff.Examples;

/// <summary>Text in ASCII, for whoever reads it from a pipe or a log: ± as +/-, 10⁻⁸ as 10^-8, λ as lambda.</summary>
internal static class AsciiText
{
    /// <summary>What stands for a character that none of the table stands for.</summary>
    public const char Unknown = '?';

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";
    private const string Raised = "0123456789+-";

    private static readonly FrozenDictionary<char, string> Spelt = new Dictionary<char, string>
    {
        ['±'] = "+/-",
        ['−'] = "-",
        ['–'] = "-",
        ['—'] = "-",
        ['×'] = "x",
        ['·'] = "*",
        ['÷'] = "/",
        ['≤'] = "<=",
        ['≥'] = ">=",
        ['≠'] = "!=",
        ['≈'] = "~",
        ['∝'] = "~",
        ['→'] = "->",
        ['∞'] = "inf",
        ['√'] = "sqrt ",
        ['½'] = "1/2",
        ['ᵀ'] = "^T",
        ['‖'] = "|",
        ['∇'] = "grad ",
        ['∂'] = "d",
        ['Σ'] = "sum ",
        ['°'] = " deg",
        ['µ'] = "u",
        ['…'] = "...",
        ['‘'] = "'",
        ['’'] = "'",
        ['“'] = "\"",
        ['”'] = "\"",
        ['\u00a0'] = " ",
        ['\u202f'] = " ",
        ['ä'] = "a",
        ['á'] = "a",
        ['é'] = "e",
        ['è'] = "e",
        ['í'] = "i",
        ['ö'] = "o",
        ['ó'] = "o",
        ['ü'] = "u",
        ['α'] = "alpha",
        ['β'] = "beta",
        ['γ'] = "gamma",
        ['δ'] = "delta",
        ['ε'] = "epsilon",
        ['η'] = "eta",
        ['θ'] = "theta",
        ['κ'] = "kappa",
        ['λ'] = "lambda",
        ['μ'] = "mu",
        ['π'] = "pi",
        ['ρ'] = "rho",
        ['σ'] = "sigma",
        ['τ'] = "tau",
        ['φ'] = "phi",
        ['χ'] = "chi",
        ['ω'] = "omega",
    }.ToFrozenDictionary();

    public static string Of(string text)
    {
        if (text.All(char.IsAscii))
            return text;
        var ascii = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
            if (Superscripts.IndexOf(text[i], StringComparison.Ordinal) is >= 0 and var place)
                ascii.Append(i > 0 && Superscripts.Contains(text[i - 1]) ? "" : "^").Append(Raised[place]);
            else if (text[i] is >= '₀' and <= '₉')
                ascii.Append((char)(text[i] - '₀' + '0'));
            else if (char.IsAscii(text[i]))
                ascii.Append(text[i]);
            else
                ascii.Append(Spelt.GetValueOrDefault(text[i], Unknown.ToString()));
        return ascii.ToString();
    }
}
