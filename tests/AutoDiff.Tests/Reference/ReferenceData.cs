using System.Text.Json;

namespace AutoDiff.Tests;

/// <summary>The values of other programs that lie beside these tests; README.md says how they were made.</summary>
internal static class ReferenceData
{
    public static JsonElement Read(string file) =>
        // Python writes NaN, which JSON does not know.
        JsonDocument
            .Parse(
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", file)).Replace("NaN", "null", StringComparison.Ordinal)
            )
            .RootElement;

    public static double[] Numbers(this JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    public static Tensor Matrix(this JsonElement rows)
    {
        var values = rows.EnumerateArray().Select(Numbers).ToArray();
        return Tensor.Of(values.SelectMany(row => row).ToArray(), values.Length, values[0].Length);
    }

    public static Tensor ShapedTensor(this JsonElement tensor) =>
        Tensor.Of(
            tensor.GetProperty("data").Numbers(),
            Shape.Of([.. tensor.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32())])
        );

    /// <summary>Largest difference relative to the largest expected magnitude.</summary>
    public static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        var scale = 1e-300;
        foreach (var value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (var i = 0; i < expected.Length; i++)
            Assert.True(
                Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                $"{what} [{i}]: expected {expected[i]:R}, got {actual[i]:R}"
            );
    }
}
