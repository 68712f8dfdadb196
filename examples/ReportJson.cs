using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff.Examples;

/// <summary>A report for machines: every figure to its last bit; infinities and NaN as strings.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals
)]
[JsonSerializable(typeof(Report))]
public sealed partial class ReportJson : JsonSerializerContext
{
    public static byte[] Of(Report report) => [.. JsonSerializer.SerializeToUtf8Bytes(report, Default.Report), (byte)'\n'];
}
