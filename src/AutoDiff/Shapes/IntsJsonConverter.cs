using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>An <see cref="Ints"/> as a JSON array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IntsJsonConverter : JsonConverter<Ints>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no array of integers.</exception>
    public override Ints Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Ints.Of(JsonIntegers.Read(ref reader, nameof(Ints)));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Ints value, JsonSerializerOptions options) =>
        JsonIntegers.Write(writer, value.AsSpan());
}
