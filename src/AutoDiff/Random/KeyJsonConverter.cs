using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AutoDiff;

/// <summary>A <see cref="Key"/> as the 32 hexadecimal digits of its bits, in a string: a JSON number of so many digits loses some in most readers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyJsonConverter : JsonConverter<Key>
{
    private const int Digits = 32;

    /// <inheritdoc/>
    /// <exception cref="JsonException">It is no string of 32 hexadecimal digits.</exception>
    public override Key Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"[Key] got {reader.TokenType}; expected a string of {Digits} hexadecimal digits");
        var text = reader.GetString()!;
        return text.Length == Digits && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
            ? Key.FromBits(bits)
            : throw new JsonException($"[Key] got a string of {text.Length} characters; expected {Digits} hexadecimal digits");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Key value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Bits.ToString("x32", CultureInfo.InvariantCulture));
}
