namespace AutoDiff.Examples;

/// <summary>The checksum of gzip: the reflected polynomial 0xEDB88320 (RFC 1952, section 8), a byte at a time.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value => Shifted((uint)value))];

    /// <summary>The register after more bytes; it starts, and the checksum is, with all bits inverted.</summary>
    public static uint Add(uint register, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
            register = Table[(byte)(register ^ value)] ^ (register >> 8);
        return register;
    }

    private static uint Shifted(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value >> 1) ^ ((value & 1) * 0xEDB88320u);
        return value;
    }
}
