using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>A report as plain text: ASCII, no control characters, the same for the same report.</summary>
public static class ReportText
{
    private const int NameWidth = 21;

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
        foreach (var picture in section.Pictures)
            Write(output, picture);
        foreach (var line in section.Map)
            output.WriteLine($"  |{line}|");
        output.WriteLine();
    }

    private static void Write(TextWriter output, Bars picture)
    {
        output.WriteLine($"  {picture.Caption}");
        foreach (var row in picture.Rows)
            output.WriteLine($"  {Range(row)}  {row.Amount, 6} {new string('#', picture.Length(row))}".TrimEnd());
    }

    internal static string Range(Bar row) => $"{Edge(row.Low), 10} to {Edge(row.High), 9}";

    private static string Edge(double value) => value.ToString("0.0e+0", CultureInfo.InvariantCulture);
}
