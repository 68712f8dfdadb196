using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AutoDiff;

/// <summary>A <see cref="TensorMap"/> as a JSON object of its tensors by name.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TensorMapJsonConverter : JsonConverter<TensorMap>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no object of tensors, or its names make no map.</exception>
    public override TensorMap Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"[TensorMap] got {reader.TokenType}; expected an object of tensors by name");
        var tensor = (JsonTypeInfo<Tensor>)options.GetTypeInfo(typeof(Tensor));
        var entries = new List<(string, Tensor)>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString()!;
            reader.Read();
            entries.Add(
                (
                    name,
                    JsonSerializer.Deserialize(ref reader, tensor)
                        ?? throw new JsonException($"[TensorMap] \"{name}\" is null; expected a tensor")
                )
            );
        }
        try
        {
            return TensorMap.Of([.. entries]);
        }
        catch (ArgumentException problem)
        {
            throw new JsonException(problem.Message, problem);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TensorMap value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        var tensor = (JsonTypeInfo<Tensor>)options.GetTypeInfo(typeof(Tensor));
        writer.WriteStartObject();
        foreach (var (name, leaf) in value)
        {
            writer.WritePropertyName(name);
            JsonSerializer.Serialize(writer, leaf, tensor);
        }
        writer.WriteEndObject();
    }
}
