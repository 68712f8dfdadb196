using AutoDiff.Data;

namespace AutoDiff.Examples;

/// <summary>The built-in data: handwritten digits of 8×8 pixels, 0 to 16 (see Data/README.md).</summary>
public static class Digits
{
    public const string Name = "UCI optical digits (built in)";

    public static Table Read(CancellationToken cancellation = default)
    {
        using var resource = typeof(Digits).Assembly.GetManifestResourceStream("digits.csv.gz")!;
        return Csv.Read(resource, source: Name, cancellation: cancellation);
    }
}
