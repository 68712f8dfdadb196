using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A <see cref="Shape"/> as a JSON array of its lengths: <c>[784,128]</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ShapeJsonConverter : JsonConverter<Shape>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no array of lengths.</exception>
    public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return Shape.Of(JsonIntegers.Read(ref reader, nameof(Shape)));
        }
        catch (ArgumentException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options) =>
        JsonIntegers.Write(writer, value.AsSpan());
}
