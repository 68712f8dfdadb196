using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace AutoDiff.Examples;

/// <summary>Options whose refusals name the option, what it got and what it expected; numbers are read alike in every culture.</summary>
internal static class StrictOption
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>A whole number: digits, and nothing between them.</summary>
    public static Option<T> Whole<T>(string name, T standard, T least, T most, string description)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        Of(
            name,
            "NUMBER",
            standard,
            description,
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            text =>
                T.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
                    ? value
                    : null
        );

    /// <summary>A finite number, at least 0.</summary>
    public static Option<double> NonNegative(string name, double standard, string description) =>
        Of<double>(
            name,
            "NUMBER",
            standard,
            description,
            "a finite number, at least 0, such as 0.001 or 1e-3",
            text =>
                double.TryParse(text, Real, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
                    ? value
                    : null
        );

    /// <summary>One of an enum's names, in lower case.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="help">What stands for the value in the help.</param>
    /// <param name="standard">The value where the option is omitted, or given without one.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="bare">Whether it may be given without a value.</param>
    public static Option<string?> Choice<T>(string name, string help, string? standard, string description, bool bare = false)
        where T : struct, Enum
    {
        var names = Names<T>();
        var option = new Option<string?>(name)
        {
            HelpName = help,
            Arity = bare ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result =>
                names.Contains(Text(result), StringComparer.Ordinal)
                    ? Text(result)
                    : Refuse<string>(result, name, $"one of {string.Join(", ", names)}"),
        };
        option.CompletionSources.Add(names);
        return option;
    }

    public static string[] Names<T>()
        where T : struct, Enum => Array.ConvertAll(Enum.GetNames<T>(), name => name.ToLowerInvariant());

    private static Option<T> Of<T>(string name, string help, T standard, string description, string expected, Func<string, T?> parse)
        where T : struct =>
        new(name)
        {
            HelpName = help,
            Description = description,
            DefaultValueFactory = _ => standard,
            CustomParser = result => parse(Text(result)) ?? Refuse<T>(result, name, expected),
        };

    private static string Text(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";

    private static T? Refuse<T>(ArgumentResult result, string name, string expected)
    {
        result.AddError($"{name} {Text(result)}: expected {expected}");
        return default;
    }
}
