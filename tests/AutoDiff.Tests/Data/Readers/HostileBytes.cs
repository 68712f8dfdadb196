using System.Buffers.Binary;
using System.IO.Compression;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

/// <summary>Changes a data file as damage and malice do: numbers of headers, texts, packages; besides what <see cref="Mutation"/> does to any file.</summary>
internal static class HostileBytes
{
    private static readonly uint[] _numbers =
    [
        0,
        1,
        2,
        0x7F,
        0xFF,
        0x100,
        0xFFFF,
        0x10000,
        0x1000000,
        0x7FFFFFC7,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
    ];

    private static readonly byte[][] _texts =
    [
        .. new[]
        {
            "\"",
            "\"\"",
            "\",\"",
            ",",
            ",,,,",
            ";",
            "\t",
            " ",
            "|",
            "\n",
            "\r",
            "\r\n\r\n",
            "\0",
            "\uFEFF",
            "\uFFFD",
            "\u202E",
            "\u001b[31m",
        }.Select(Utf8),
        .. new[]
        {
            "1e999",
            "-1e999",
            "NaN",
            "Infinity",
            "-",
            "1,5",
            "0x10",
            "1_000",
            "1 000",
            "١",
            "1e",
            "-0",
            "4294967296",
            "?",
            "NA",
        }.Select(Utf8),
        [0xFF],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF5, 0x80],
        [0xFE, 0xFF],
        [0xFF, 0xFE],
    ];

    /// <summary>The file after one to four changes; a package is changed outside or inside, where its checksum is right again.</summary>
    public static byte[] Of(byte[] file, ref ulong random)
    {
        var packed = file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]);
        switch (Below(ref random, 200))
        {
            case 0:
                return Pack(file);
            case 1:
                return Noise(Below(ref random, 2 * file.Length), ref random);
            case 2 when packed:
                return Bomb(Unpack(file), ref random);
            case 3:
                return [.. file, .. file];
            case < 120 when packed:
                return Pack(Changed(Unpack(file), ref random));
            default:
                return Changed(file, ref random);
        }
    }

    public static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Unpack(byte[] packed)
    {
        using var unpacked = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress))
            gzip.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    private static byte[] Changed(byte[] bytes, ref ulong random)
    {
        for (var changes = 1 + Below(ref random, 4); changes > 0; changes--)
            bytes = Below(ref random, 3) switch
            {
                0 => Texted(bytes, ref random),
                1 => Numbered(bytes, ref random),
                _ => Mutation.Of(bytes.Length == 0 ? [0] : bytes, ref random),
            };
        return bytes;
    }

    private static byte[] Texted(byte[] bytes, ref ulong random)
    {
        var at = Below(ref random, bytes.Length + 1);
        var text = _texts[Below(ref random, _texts.Length)];
        var times = Below(ref random, 50) == 0 ? 1 + Below(ref random, 5_000) : 1;
        // In place of as many bytes, or between.
        var rest = Below(ref random, 2) == 0 ? at : Math.Min(bytes.Length, at + text.Length);
        return [.. bytes[..at], .. Enumerable.Repeat(text, times).SelectMany(one => one), .. bytes[rest..]];
    }

    /// <summary>A number with the highest byte first, most often where headers are.</summary>
    private static byte[] Numbered(byte[] bytes, ref ulong random)
    {
        if (bytes.Length < sizeof(uint))
            return bytes;
        var changed = (byte[])bytes.Clone();
        var last = bytes.Length - sizeof(uint);
        var at = Below(ref random, 1 + (Below(ref random, 3) == 0 ? last : Math.Min(last, 24)));
        BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(at), _numbers[Below(ref random, _numbers.Length)]);
        return changed;
    }

    /// <summary>The file with up to a mebibyte of one byte behind, a thousandfold packed; an IDX header may claim it.</summary>
    private static byte[] Bomb(byte[] bytes, ref ulong random)
    {
        var fill = (ReadOnlySpan<byte>)[0, (byte)'\n', (byte)'1', (byte)',', (byte)'"', (byte)' '];
        var bomb = new byte[bytes.Length + Below(ref random, 1 << 20)];
        bomb.AsSpan().Fill(fill[Below(ref random, fill.Length)]);
        bytes.CopyTo(bomb, 0);
        return Pack(bomb);
    }

    private static byte[] Noise(int length, ref ulong random)
    {
        var noise = new byte[length];
        for (var i = 0; i < noise.Length; i++)
            noise[i] = (byte)SplitMix64.Next(ref random);
        return noise;
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private static int Below(ref ulong random, int bound) => bound < 1 ? 0 : (int)(SplitMix64.Next(ref random) % (ulong)bound);
}
