using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>A report as plain text: ASCII, no control characters, the same for the same report.</summary>
public static class ReportText
{
    private const int NameWidth = 21;
    private const int BarWidth = 50;

    public static void Write(TextWriter output, Report report)
    {
        foreach (var section in Sections.Of(report))
            Write(output, section);
    }

    private static void Write(TextWriter output, Section section)
    {
        output.WriteLine(section.Title);
        foreach (var line in section.Lines)
            output.WriteLine($"  {line.Name.PadRight(NameWidth)}{line.Value}");
        if (!section.Spectrum.IsEmpty)
            Write(output, section.Spectrum);
        output.WriteLine();
    }

    private static void Write(TextWriter output, ImmutableArray<SpectrumBin> spectrum)
    {
        output.WriteLine("  spectrum, by half decades");
        var most = spectrum.Max(bin => bin.Count);
        foreach (var bin in spectrum)
            output.WriteLine($"  {Range(bin)}  {bin.Count, 6} {new string('#', Bar(bin.Count, most))}".TrimEnd());
    }

    internal static string Range(SpectrumBin bin) => $"{Edge(bin.Low), 10} to {Edge(bin.High), 9}";

    /// <summary>In proportion to the count, but something for every count above zero.</summary>
    internal static int Bar(int count, int most) => (int)Math.Ceiling((double)count * BarWidth / most);

    private static string Edge(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
