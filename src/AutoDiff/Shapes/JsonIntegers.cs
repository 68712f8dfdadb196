using System.Text.Json;

namespace AutoDiff;

/// <summary>Lists of integers as JSON arrays.</summary>
internal static class JsonIntegers
{
    public static void Write(Utf8JsonWriter writer, ReadOnlySpan<int> values)
    {
        writer.WriteStartArray();
        foreach (var value in values)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
    }

    /// <exception cref="JsonException">There is no array here, or an element is no 32-bit integer.</exception>
    public static int[] Read(ref Utf8JsonReader reader, string operation)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException($"[{operation}] got {reader.TokenType}; expected an array of integers");
        var values = new List<int>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt32(out var value))
                throw new JsonException($"[{operation}] element {values.Count} is no 32-bit integer");
            values.Add(value);
        }
        return [.. values];
    }
}
