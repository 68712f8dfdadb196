using System.IO.Compression;
using System.Text;
using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Tests.Data;

/// <summary>A gzip file is read whole or refused.</summary>
public sealed class GunzipStreamTests
{
    private static readonly byte[] Rows =
    [
        .. Enumerable.Range(0, 400).SelectMany(row => "1.25,2,0\n3,4.5,1\n"u8[..(9 + (row % 2 * 8))].ToArray()),
    ];

    [Fact]
    public void ItIsToldByItsContent() => Assert.Equal(400 + 200, Read(Packed(Rows)).Count);

    [Fact]
    public void MembersFollowEachOther()
    {
        Assert.Equal([1, 2, 0, 3, 4, 1], Cells([.. Packed("1,2,0\n3,"u8), .. Packed([]), .. Packed("4,1\n"u8)]));
        Assert.Equal(3 * 600, Read([.. Packed(Rows), .. Packed(Rows), .. Packed(Rows)]).Count);
    }

    /// <summary>Extra field, name, comment and the header's own check (RFC 1952, section 2.3).</summary>
    [Fact]
    public void OptionalPartsOfTheHeaderAreSkipped()
    {
        byte[] header = [0x1F, 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0xFF, 3, 0, 1, 2, 3, .. "name\0comment\0"u8];
        byte[] check = [0x35, 0x5F];
        Assert.Equal([1, 2, 0, 3, 4, 1], Cells([.. header, .. check, .. Packed("1,2,0\n3,4,1\n"u8).AsSpan(10)]));
        check[1] ^= 1;
        Assert.Throws<InvalidFileException>(() => Read([.. header, .. check, .. Packed("1,2,0\n3,4,1\n"u8).AsSpan(10)]));
    }

    /// <summary>Members that end at every place of the blocks that are read.</summary>
    [Fact]
    public void MembersEndAnywhereInABlock()
    {
        var member = Packed("1.25,2,0\n"u8);
        for (var fill = 0; fill < 2 * member.Length; fill++)
        {
            // An empty member as long as is needed before: its name is skipped.
            byte[] first = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 0xFF, .. Enumerable.Repeat((byte)'n', 8192 - 60 + fill), 0, 3, .. new byte[9]];
            Assert.Equal(2, Read([.. first, .. member, .. member]).Count);
        }
    }

    /// <summary>No bytes of ours that stand behind the file count as its text, wherever it was cut: here data are stored as they are.</summary>
    [Fact]
    public void StoredTextCutAnywhereIsRefused()
    {
        var packed = Packed(Rows.AsSpan(0, 200), CompressionLevel.NoCompression);
        for (var length = 2; length < packed.Length; length++)
            Assert.Equal(
                "[Csv.Read] f.csv: the gzip data are cut off; expected a whole gzip file",
                Assert.Throws<InvalidFileException>(() => Read(packed[..length])).Message
            );
    }

    /// <summary>Every place where a file can have been cut.</summary>
    [Fact]
    public void CutAnywhereItIsRefused()
    {
        var packed = Packed(Rows);
        for (var length = 2; length < packed.Length; length++)
            Assert.Equal(
                "[Csv.Read] f.csv: the gzip data are cut off; expected a whole gzip file",
                Assert.Throws<InvalidFileException>(() => Read(packed[..length])).Message
            );
        Assert.Throws<InvalidFileException>(() => Read([.. packed, .. packed.AsSpan(0, 5)]));
    }

    /// <summary>What is unpacked of a cut member is not taken for a faulty row.</summary>
    [Fact]
    public void DenseTextCutAnywhereIsSaidToBeCut()
    {
        var random = new Random(1);
        byte[] rows = [.. Enumerable.Range(0, 3000).SelectMany(_ => Encoding.ASCII.GetBytes($"{random.Next(256)},{random.Next(256)},1\n"))];
        var packed = Packed(rows);
        for (var length = 20; length < packed.Length; length += 37)
            Assert.Equal(
                "[Csv.Read] f.csv: the gzip data are cut off; expected a whole gzip file",
                Assert.Throws<InvalidFileException>(() => Read(packed[..length])).Message
            );
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
            Assert.True(problem is InvalidFileException, $"byte {place}: {problem}");
        }
    }

    [Theory]
    [InlineData(new byte[] { 0 })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 0x1F, 0x1F, 0x8B })]
    public void WhatFollowsIsRefused(byte[] rest) =>
        Assert.StartsWith(
            "[Csv.Read] f.csv: the gzip data end before the file does",
            Assert.Throws<InvalidFileException>(() => Read([.. Packed(Rows), .. rest])).Message,
            StringComparison.Ordinal
        );

    private static Table Read(byte[] bytes) => Csv.Read(new MemoryStream(bytes), null, "f.csv", TestContext.Current.CancellationToken);

    private static double[] Cells(byte[] bytes) => Read(bytes).ToTensor().ToArray();

    private static byte[] Packed(ReadOnlySpan<byte> text, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, level, leaveOpen: true))
            gzip.Write(text);
        return packed.ToArray();
    }
}
