using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AutoDiff;

/// <summary>Gives every <see cref="TreeList{T}"/> its <see cref="TreeListJsonConverter{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TreeListJsonConverter : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert is { IsGenericType: true } && typeToConvert.GetGenericTypeDefinition() == typeof(TreeList<>);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The program is compiled ahead of time, so that no generic type can be made of one found at run time.</exception>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(typeToConvert);
        if (!RuntimeFeature.IsDynamicCodeSupported)
            throw new NotSupportedException(
                $"[TreeList] {typeToConvert} needs a converter that exists at compile time; add a TreeListJsonConverter of its element type to the options"
            );
        var converter = typeof(TreeListJsonConverter<>).MakeGenericType(typeToConvert.GetGenericArguments());
        return (JsonConverter)Activator.CreateInstance(converter)!;
    }
}

/// <summary>A <see cref="TreeList{T}"/> as a JSON array of its trees.</summary>
/// <remarks>Only a program compiled ahead of time names it, in its <see cref="JsonSerializerOptions.Converters"/>.</remarks>
public sealed class TreeListJsonConverter<T> : JsonConverter<TreeList<T>>
    where T : ITensorTree<T>
{
    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no array of trees.</exception>
    public override TreeList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"[TreeList] got {reader.TokenType}; expected an array of trees");
        var element = Element(options);
        var items = ImmutableArray.CreateBuilder<T>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(
                JsonSerializer.Deserialize(ref reader, element)
                    ?? throw new JsonException($"[TreeList] element {items.Count} is null; expected a tensor or a tree")
            );
        return new(items.DrainToImmutable());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TreeList<T> value, JsonSerializerOptions options)
    {
        var element = Element(options);
        writer.WriteStartArray();
        foreach (var item in value.Items)
            JsonSerializer.Serialize(writer, item, element);
        writer.WriteEndArray();
    }

    private static JsonTypeInfo<T> Element(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
}
