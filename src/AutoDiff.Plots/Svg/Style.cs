using System.Globalization;

namespace AutoDiff.Plots;

/// <summary>Colours and strokes.</summary>
internal static class Style
{
    /// <summary>How many shades contours' lines have.</summary>
    public const int Levels = 16;

    /// <summary>The palette, on a light ground and on a dark one.</summary>
    public static ImmutableArray<(string Light, string Dark)> Palette { get; } =
    [
        ("#3d60e9", "#2a72ec"),
        ("#d87425", "#dc8d43"),
        ("#1e3708", "#6fe0df"),
        ("#9b2b78", "#985075"),
        ("#9584c7", "#b297ef"),
        ("#625708", "#eac819"),
        ("#1819c2", "#d12b08"),
        ("#0f0d24", "#f7f7a7"),
    ];

    /// <summary>What each SVG begins with; the same in all, so that many may stand in one page.</summary>
    public static string Sheet { get; } =
        $$"""
            <style>
            .plot{font:11px Helvetica,Arial,"Liberation Sans",sans-serif;color-scheme:light dark;{{Theme(
                "#24272c",
                "#fff",
                c => c.Light,
                0
            )}}}
            @media(prefers-color-scheme:dark){.plot{{{Theme("#dcdfe4", "#16181d", c => c.Dark, 0.34)}}} }
            .plot text{fill:currentColor}
            .plot .title{font-weight:600}
            .plot .soft{fill-opacity:.8}
            .plot .grid,.plot .axis,.plot .line{fill:none;stroke:currentColor;stroke-width:.75}
            .plot .grid{stroke-opacity:.13}
            .plot .axis{stroke-opacity:.55}
            .plot .line{stroke-width:1.6;stroke-linejoin:round;stroke-linecap:round}
            .plot .thin{stroke-width:1.1}
            .plot .faint{stroke-opacity:.45}
            .plot .dash{stroke-dasharray:5 3.5;stroke-linecap:butt}
            .plot .dot{stroke:currentColor;stroke-linecap:round}
            .plot .fill{fill:currentColor}
            .plot .area{fill:currentColor;fill-opacity:.2}
            .plot .cell{shape-rendering:crispEdges}
            .plot .halo{stroke:var(--plot-ground);stroke-width:3;stroke-linejoin:round;paint-order:stroke}
            {{All(Palette.Length, i => $".plot .p{i}{{color:var(--plot-{i})}}")}}
            {{All(Levels, i => $".plot .v{i}{{color:var(--level-{i})}}")}}
            </style>

            """;

    /// <summary>A colour of the sequential map, from dark violet at 0 through green to light yellow at 1; its lightness rises evenly.</summary>
    public static string Shade(double place)
    {
        // OKLCH to linear sRGB (Ottosson 2020)
        var (lightness, chroma, hue) = (0.26 + 0.68 * place, 0.115 + 0.05 * place, (300 - 195 * place) * Math.PI / 180);
        var (a, b) = (chroma * Math.Cos(hue), chroma * Math.Sin(hue));
        var l = Math.Pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
        var m = Math.Pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
        var s = Math.Pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
        var red = Byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
        var green = Byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
        return $"#{red}{green}{Byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)}";
    }

    private static string Byte(double linear)
    {
        var light = Math.Clamp(linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.Pow(linear, 1 / 2.4) - 0.055, 0, 1);
        return ((int)Math.Round(255 * light)).ToString("x2", CultureInfo.InvariantCulture);
    }

    /// <summary>Text, ground, palette, and contours' shades from a place on: of the light ones, those that a light ground shows.</summary>
    private static string Theme(string text, string ground, Func<(string Light, string Dark), string> side, double from) =>
        $"color:{text};--plot-ground:{ground};"
        + All(Palette.Length, i => $"--plot-{i}:{side(Palette[i])};")
        + All(Levels, i => $"--level-{i}:{Shade(from + (from == 0 ? 0.74 : 1 - from) * i / (Levels - 1))};");

    private static string All(int count, Func<int, string> each) => string.Concat(Enumerable.Range(0, count).Select(each));
}
