using AutoDiff.Plots;

namespace AutoDiff.Tests.Plots;

public class StyleTests
{
    // To linear sRGB as those see it who lack one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
    private static readonly (string Name, double[] Matrix)[] Visions =
    [
        ("full", [1, 0, 0, 0, 1, 0, 0, 0, 1]),
        ("protanopia", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
        ("deuteranopia", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]),
        ("tritanopia", [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900]),
    ];

    [Fact]
    public void EachColourStandsOutFromItsGround()
    {
        foreach (var (light, dark) in Style.Palette)
        {
            Assert.All(["#ffffff", "#fbfbfa"], ground => Assert.True(Contrast(light, ground) >= 3, light));
            Assert.True(Contrast(dark, "#16181d") >= 3, dark);
        }
    }

    [Fact]
    public void ColoursAreToldApartByAllEyes()
    {
        foreach (var theme in new[] { Style.Palette.Select(colour => colour.Light), Style.Palette.Select(colour => colour.Dark) })
        foreach (var (name, matrix) in Visions)
        {
            var seen = theme.Select(colour => Lab(Times(matrix, Linear(colour)))).ToArray();
            for (var i = 0; i < seen.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.True(Distance(seen[i], seen[j]) > 0.1, $"{name}: {i} and {j} are {Distance(seen[i], seen[j])} apart"); // some five just noticeable differences
        }
    }

    [Fact]
    public void ShadesLightenEvenlyWithinTheScreensColours()
    {
        var shades = Enumerable.Range(0, 65).Select(i => Lab(Linear(Style.Shade(i / 64.0)))).ToArray();
        Assert.All(shades.Zip(shades.Skip(1)), pair => Assert.InRange(pair.Second[0] - pair.First[0], 0.002, 0.02));
        Assert.InRange(shades[0][0], 0.2, 0.32);
        Assert.InRange(shades[^1][0], 0.9, 0.97);
        Assert.All(shades.Zip(shades.Skip(1)), pair => Assert.InRange(Distance(pair.First, pair.Second), 0.005, 0.03));
    }

    [Fact]
    public void ContoursShadesStandOutFromTheirGround()
    {
        var levels = System
            .Text.RegularExpressions.Regex.Matches(Style.Sheet, "--level-[0-9]+:(#[0-9a-f]{6})")
            .Select(match => match.Groups[1].Value)
            .ToArray();
        Assert.Equal(2 * Style.Levels, levels.Length);
        Assert.All(levels[..Style.Levels], colour => Assert.True(Contrast(colour, "#fbfbfa") >= 1.9, colour));
        Assert.All(levels[Style.Levels..], colour => Assert.True(Contrast(colour, "#16181d") >= 1.9, colour));
    }

    private static double Contrast(string a, string b)
    {
        double[] lights = [.. new[] { a, b }.Select(colour => Times([0.2126, 0.7152, 0.0722], Linear(colour))[0]).Order()];
        return (lights[1] + 0.05) / (lights[0] + 0.05);
    }

    private static double[] Linear(string colour) =>
        [
            .. new[] { 1, 3, 5 }
                .Select(i => Convert.ToInt32(colour.Substring(i, 2), 16) / 255.0)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
        ];

    private static double[] Lab(double[] rgb)
    {
        double[] toCones =
        [
            0.4122214708,
            0.5363325363,
            0.0514459929,
            0.2119034982,
            0.6806995451,
            0.1073969566,
            0.0883024619,
            0.2817188376,
            0.6299787005,
        ];
        double[] toLab =
        [
            0.2104542553,
            0.7936177850,
            -0.0040720468,
            1.9779984951,
            -2.4285922050,
            0.4505937099,
            0.0259040371,
            0.7827717662,
            -0.8086757660,
        ];
        return Times(toLab, [.. Times(toCones, [.. rgb.Select(c => Math.Clamp(c, 0, 1))]).Select(Math.Cbrt)]);
    }

    private static double[] Times(double[] rows, double[] v) =>
        [.. rows.Chunk(3).Select(row => row[0] * v[0] + row[1] * v[1] + row[2] * v[2])];

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
}
