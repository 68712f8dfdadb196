using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A <see cref="Key"/> as the 32 hexadecimal digits of its bits, in a string: a JSON number of so many digits loses some in most readers. Keys with batch axes as arrays of these.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyJsonConverter : JsonConverter<Key>
{
    private const int Digits = 32;

    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no string of 32 hexadecimal digits, nor an array of some, all of one shape.</exception>
    public override Key Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return Batch(ref reader, typeToConvert, options);
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"[Key] got {reader.TokenType}; expected a string of {Digits} hexadecimal digits");
        var text = reader.GetString()!;
        return text.Length == Digits && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? Key.FromBits(bits)
            : throw new JsonException($"[Key] got a string of {text.Length} characters; expected {Digits} hexadecimal digits");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Key value, JsonSerializerOptions options)
    {
        if (value.Words.Rank == 1)
        {
            writer.WriteStringValue(value.Bits.ToString("x32", CultureInfo.InvariantCulture));
            return;
        }
        writer.WriteStartArray();
        for (var i = 0; i < value.Words.Shape[0]; i++)
            Write(writer, Key.FromWords(Ops.Take(value.Words, 0, i)), options);
        writer.WriteEndArray();
    }

    private Key Batch(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var words = new List<Tensor>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            words.Add(Read(ref reader, type, options).Words);
            if (!words[^1].Shape.Equals(words[0].Shape))
                throw new JsonException(
                    $"[Key] got keys of shapes {words[0].Shape} and {words[^1].Shape} side by side; expected one shape"
                );
        }
        return Key.FromWords(words.Count == 0 ? Tensor.Zeros([0, KeyWords.Count]) : Evaluation.Evaluate([Ops.Stack(words)])[0]);
    }
}
