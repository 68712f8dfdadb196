using System.Text.Json;

namespace AutoDiff.Benchmarks;

/// <summary>Figures for machines.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the figures to a file, where one was asked for.</summary>
    public static void Write(string? path, object figures)
    {
        if (path is not null)
            File.WriteAllText(path, JsonSerializer.Serialize(figures, Indented));
    }
}
