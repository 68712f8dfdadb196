namespace AutoDiff.Plots;

/// <summary>Colours and strokes.</summary>
internal static class Style
{
    /// <summary>How many colours the palette has.</summary>
    public const int Colours = 8;

    /// <summary>How many shades contours' lines have.</summary>
    public const int Levels = 16;

    /// <summary>The palette on a light ground.</summary>
    public static IReadOnlyList<string> Light { get; } =
    ["#2f6db5", "#d9661f", "#12866f", "#c23b7a", "#7a55c7", "#8a6d1a", "#3c3f46", "#4a9fd8"];

    /// <summary>The palette on a dark ground.</summary>
    public static IReadOnlyList<string> Dark { get; } =
    ["#6aa9f0", "#f08a4b", "#3dbf9a", "#ee7fb4", "#b497f5", "#d9b944", "#c9ccd2", "#2f8fc0"];

    /// <summary>The style that each SVG holds, the same in all, so that many may stand in one page.</summary>
    public static string Sheet { get; } =
        $$"""
            <style>
            .plot{font:11px Helvetica,Arial,"Liberation Sans",sans-serif;color-scheme:light dark;color:#24272c;{{Theme(
                "#fff",
                Light,
                0,
                0.74
            )}}}
            @media(prefers-color-scheme:dark){ .plot{color:#dcdfe4;{{Theme("#16181d", Dark, 0.34, 1)}} } }
            .plot text{fill:currentColor}
            .plot .title{font-size:13px;font-weight:600}
            .plot .soft{fill-opacity:.8}
            .plot .grid{fill:none;stroke:currentColor;stroke-opacity:.13;stroke-width:.75}
            .plot .axis{fill:none;stroke:currentColor;stroke-opacity:.55;stroke-width:.75}
            .plot .line{fill:none;stroke:currentColor;stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
            .plot .thin{stroke-width:1.1}
            .plot .dash{stroke-dasharray:5 3.5;stroke-linecap:butt}
            .plot .fill{fill:currentColor}
            .plot .area{fill:currentColor;fill-opacity:.2}
            .plot .cell{shape-rendering:crispEdges}
            .plot .halo{stroke:var(--plot-ground);stroke-width:3;stroke-linejoin:round;paint-order:stroke}
            {{string.Concat(Enumerable.Range(0, Colours).Select(i => $".plot .p{i}{{color:var(--plot-{i})}}"))}}
            {{string.Concat(Enumerable.Range(0, Levels).Select(i => $".plot .v{i}{{color:var(--level-{i})}}"))}}
            </style>

            """.ReplaceLineEndings("\n");

    /// <summary>A colour of the sequential map, from dark violet at 0 through green to light yellow at 1; its lightness rises evenly.</summary>
    public static string Shade(double place)
    {
        // OKLCH (Ottosson 2020)
        var (lightness, chroma, hue) = (0.26 + 0.68 * place, 0.115 + 0.05 * place, (300 - 195 * place) * Math.PI / 180);
        var (a, b) = (chroma * Math.Cos(hue), chroma * Math.Sin(hue));
        var l = Math.Pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        var m = Math.Pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        var s = Math.Pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        return $"#{Byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)}{Byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)}{Byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)}";
    }

    private static string Byte(double linear) =>
        (
            (int)Math.Round(255 * Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055, 0, 1))
        ).ToString("x2", System.Globalization.CultureInfo.InvariantCulture);

    private static string Theme(string ground, IEnumerable<string> palette, double from, double to) =>
        $"--plot-ground:{ground};{string.Join(';', palette.Select((colour, i) => $"--plot-{i}:{colour}"))};{string.Join(';', Enumerable.Range(0, Levels).Select(i => $"--level-{i}:{Shade(from + (to - from) * i / (Levels - 1))}"))}";
}
