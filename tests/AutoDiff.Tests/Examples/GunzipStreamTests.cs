using System.IO.Compression;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>A gzip file is read whole or refused.</summary>
public sealed class GunzipStreamTests
{
    private static readonly byte[] Rows =
    [
        .. Enumerable.Range(0, 400).SelectMany(row => "1.25,2,0\n3,4.5,1\n"u8[..(9 + (row % 2 * 8))].ToArray()),
    ];

    [Fact]
    public void ItIsToldByItsContent() => Assert.Equal(400 + 200, Read(Packed(Rows)).Rows);

    [Fact]
    public void MembersFollowEachOther()
    {
        Assert.Equal([1, 2, 0, 3, 4, 1], Read([.. Packed("1,2,0\n3,"u8), .. Packed([]), .. Packed("4,1\n"u8)]).Cells);
        Assert.Equal(3 * 600, Read([.. Packed(Rows), .. Packed(Rows), .. Packed(Rows)]).Rows);
    }

    [Fact]
    public void OptionalPartsOfTheHeaderAreSkipped()
    {
        var packed = Packed("1,2,0\n3,4,1\n"u8);
        byte[] parts = [3, 0, 1, 2, 3, .. "name\0comment\0"u8, 0xAB, 0xCD];
        byte[] header = [.. packed.AsSpan(0, 3), 2 | 4 | 8 | 16, .. packed.AsSpan(4, 6), .. parts];
        Assert.Equal([1, 2, 0, 3, 4, 1], Read([.. header, .. packed.AsSpan(10)]).Cells);
    }

    /// <summary>Every place where a file can have been cut.</summary>
    [Fact]
    public void CutAnywhereItIsRefused()
    {
        var packed = Packed(Rows);
        for (var length = 2; length < packed.Length; length++)
            Assert.Equal("the gzip data are cut off", Assert.Throws<InvalidDataException>(() => Read(packed[..length])).Message);
        Assert.Throws<InvalidDataException>(() => Read([.. packed, .. packed.AsSpan(0, 5)]));
    }

    /// <summary>Every byte that can have changed, but those of the header that say nothing of the text: time, system, level.</summary>
    [Fact]
    public void ChangedAnywhereItIsRefused()
    {
        var packed = Packed(Rows);
        for (var place = 0; place < packed.Length; place++)
        {
            if (place is >= 3 and < 10)
                continue;
            var changed = (byte[])packed.Clone();
            changed[place] ^= 1;
            var problem = Record.Exception(() => Read(changed));
            Assert.True(problem is InvalidDataException or RefusedException, $"byte {place}: {problem}");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 0x1F })]
    [InlineData(new byte[] { 1, 2, 3 })]
    public void WhatFollowsIsRefused(byte[] rest) =>
        Assert.StartsWith(
            "the gzip data end before the file does",
            Assert.Throws<InvalidDataException>(() => Read([.. Packed(Rows), .. rest])).Message,
            StringComparison.Ordinal
        );

    private static CsvTable Read(byte[] bytes) =>
        CsvReader.Read("f.csv", new MemoryStream(bytes), new(), TestContext.Current.CancellationToken);

    private static byte[] Packed(ReadOnlySpan<byte> text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(text);
        return packed.ToArray();
    }
}
