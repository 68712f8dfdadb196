using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A <see cref="Tensor"/> as <c>{"shape":[2],"values":[0.1,"NaN"]}</c>: its elements in row-major order, computed now.</summary>
/// <remarks>
/// Numbers are the shortest that give the same bits when read, −0 included; infinities and NaN are the strings <c>"Infinity"</c>,
/// <c>"-Infinity"</c> and <c>"NaN"</c>. Every NaN is read as <see cref="double.NaN"/>, and every tensor as a <see cref="Constant"/> whose elements
/// are stored one by one. What is read takes memory for the elements that are there, whatever the shape says.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorJsonConverter : JsonConverter<Tensor>
{
    private const string Expected = "expected {\"shape\":[…],\"values\":[…]}";

    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => typeof(Tensor).IsAssignableFrom(typeToConvert);

    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no object of a shape and as many numbers as the shape needs.</exception>
    public override Tensor Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (!typeToConvert.IsAssignableFrom(typeof(Constant)))
            throw new JsonException($"[Tensor] got the type {typeToConvert.Name}, of which none can be read; expected Tensor");
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"[Tensor] got {reader.TokenType}; {Expected}");
        Shape? shape = null;
        double[]? values = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (shape is null && reader.ValueTextEquals("shape"u8))
                shape = ReadShape(ref reader, options);
            else if (values is null && reader.ValueTextEquals("values"u8))
                values = ReadValues(ref reader);
            else
                throw new JsonException($"[Tensor] got the property \"{reader.GetString()}\", unknown or a second time; {Expected}");
        }
        if (shape is null || values is null)
            throw new JsonException($"[Tensor] got no {(shape is null ? "shape" : "values")}; {Expected}");
        return shape.Size == values.Length
            ? Constant.Owning(values, shape)
            : throw new JsonException($"[Tensor] shape {shape} needs {shape.Size} values; got {values.Length}");
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The tensor depends on an input, or is being differentiated: it has no values to write.</exception>
    public override void Write(Utf8JsonWriter writer, Tensor value, JsonSerializerOptions options)
    {
        var constant = Known(value);
        writer.WriteStartObject();
        writer.WritePropertyName("shape"u8);
        JsonIntegers.Write(writer, constant.Shape.AsSpan());
        writer.WriteStartArray("values"u8);
        foreach (var number in constant.Values)
        {
            if (double.IsFinite(number))
                writer.WriteNumberValue(number);
            else
                writer.WriteStringValue(
                    double.IsNaN(number) ? "NaN"u8
                    : number > 0 ? "Infinity"u8
                    : "-Infinity"u8
                );
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Constant Known(Tensor value)
    {
        if (value is Constant known)
            return known;
        var input = (Input?)Walk.Order(value).Find(node => node is Input);
        Require.That(
            input is null,
            $"[JsonSerializer] got a tensor of shape {value.Shape} that depends on input \"{input?.Name}\"; expected one whose values are known"
        );
        Evaluation.RequireClosed([value], "JsonSerializer");
        return Evaluation.Evaluate([value], "JsonSerializer")[0];
    }

    private static Shape ReadShape(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.Read();
        return new ShapeJsonConverter().Read(ref reader, typeof(Shape), options);
    }

    private static double[] ReadValues(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"[Tensor] got {reader.TokenType} for the values; expected an array of numbers");
        var values = new List<double>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(
                Number(ref reader)
                    ?? throw new JsonException(
                        $"[Tensor] value {values.Count} is {reader.TokenType}, or beyond the range; expected a number, \"NaN\", \"Infinity\" or \"-Infinity\""
                    )
            );
        return [.. values];
    }

    private static double? Number(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.Number => reader.TryGetDouble(out var number) && double.IsFinite(number) ? number : null,
            JsonTokenType.String => reader.ValueTextEquals("NaN"u8) ? double.NaN
            : reader.ValueTextEquals("Infinity"u8) ? double.PositiveInfinity
            : reader.ValueTextEquals("-Infinity"u8) ? double.NegativeInfinity
            : null,
            _ => null,
        };
}
