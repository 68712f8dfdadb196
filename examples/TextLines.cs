using System.IO.Compression;

namespace AutoDiff.Examples;

/// <summary>The lines of a text, gzip or plain, without blank ones at its end.</summary>
internal static class TextLines
{
    public static IReadOnlyList<string> Read(Stream stream, CancellationToken cancellation)
    {
        using var text = new StreamReader(IsGzip(stream) ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        var lines = new List<string>();
        var filled = 0;
        while (text.ReadLine() is { } line)
        {
            cancellation.ThrowIfCancellationRequested();
            lines.Add(line);
            filled = string.IsNullOrWhiteSpace(line) ? filled : lines.Count;
        }
        return lines[..filled];
    }

    /// <summary>Told by the first two bytes, not by the name: a renamed file is read all the same.</summary>
    private static bool IsGzip(Stream stream)
    {
        var start = stream.Position;
        var gzip = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = start;
        return gzip;
    }
}
