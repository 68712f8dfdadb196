using System.Globalization;
using System.Text.RegularExpressions;
using AutoDiff.Laws;

namespace AutoDiff.Properties;

/// <summary>A random program at a point.</summary>
/// <param name="Program">The function.</param>
/// <param name="Point">Where.</param>
/// <param name="Seed">Decides the directions.</param>
public sealed partial record GraphCase(GraphProgram Program, Tensor Point, int Seed)
{
    public Trial Trial => new("program", Program.Build, Point, Seed);

    /// <summary>The case that <see cref="ToString"/> printed, whatever steps there are by now.</summary>
    /// <exception cref="FormatException">The text is no case.</exception>
    public static GraphCase Parse(string text)
    {
        var parts = Parts().Match(text);
        if (!parts.Success)
            throw new FormatException($"[GraphCase] got \"{text}\"; expected a program's lines, then at …, directions …");
        double[] point =
        [
            .. Number().Matches(parts.Groups["point"].Value).Select(number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture)),
        ];
        int[] shape =
        [
            .. Number().Matches(parts.Groups["shape"].Value).Select(number => int.Parse(number.ValueSpan, CultureInfo.InvariantCulture)),
        ];
        return new(
            GraphProgram.Parse(text),
            Tensors.Constant(point, Shape.Of(shape)),
            int.Parse(parts.Groups["seed"].ValueSpan, CultureInfo.InvariantCulture)
        );
    }

    /// <summary>What <see cref="Parse"/> reads: paste it there to replay a case.</summary>
    public override string ToString() => $"{Program.Print(Point.Shape)}  at {Point}, directions {Seed}";

    [GeneratedRegex(
        @"^ *v0 : \[(?<shape>[^\]]*)\](.|\n)*^ *at (?<point>.*), directions (?<seed>\d+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Parts();

    [GeneratedRegex(@"-?\d[\d.E+-]*")]
    private static partial Regex Number();
}
