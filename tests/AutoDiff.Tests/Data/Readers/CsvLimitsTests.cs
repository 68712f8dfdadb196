using System.IO.Compression;
using AutoDiff.Data;
using AutoDiff.Files;

namespace AutoDiff.Tests.Data;

/// <summary>No input is read further than the limits, whatever it is.</summary>
public sealed class CsvLimitsTests
{
    private static readonly CsvOptions Small = new()
    {
        MostRows = 3,
        MostBytesPerRow = 10,
        MostBytes = 1 << 20,
    };

    [Theory]
    [InlineData("1,2\n3,4\n5,6\n")]
    [InlineData("a,b\n1,2\n3,4\n5,6\n\n\n\n\n")]
    [InlineData("1234567,90\n1,2\r\n")]
    public void UpToTheLimitsIsRead(string text) => Assert.Equal(2, Tables.Read(text, Small).Columns.Length);

    [Theory]
    [InlineData("1,2\n3,4\n5,6\n7,8\n", "[Csv.Read] f.csv, line 4: there are more than 3 rows; CsvOptions.MostRows sets the limit")]
    [InlineData("a,b\n1,2\n3,4\n5,6\n7,8\n", "[Csv.Read] f.csv, line 5: there are more than 3 rows; CsvOptions.MostRows sets the limit")]
    [InlineData(
        "1,2\n12345678,90\n",
        "[Csv.Read] f.csv, line 2: the row has more than 10 bytes; CsvOptions.MostBytesPerRow sets the limit"
    )]
    public void BeyondThemIsRefused(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidFileException>(() => Tables.Read(text, Small)).Message);

    [Fact]
    public void EndlessTextIsReadNoFurtherThanTheLimits()
    {
        var zeros = new Endless("\0"u8.ToArray());
        Assert.Contains("more than 1048576 bytes", Refusal(zeros, new()), StringComparison.Ordinal);
        Assert.InRange(zeros.Given, 1 << 20, 2 << 20);

        var blanks = new Endless("\n"u8.ToArray());
        Assert.Equal(
            "[Csv.Read] f.csv, byte 1048576: there are more than 1 MiB of text; CsvOptions.MostBytes sets the limit",
            Refusal(blanks, new() { MostBytes = 1 << 20 })
        );
        Assert.InRange(blanks.Given, 1 << 20, 2 << 20);

        var rows = new Endless("1,2\n"u8.ToArray());
        Assert.Contains("more than 1000 rows", Refusal(rows, new() { MostRows = 1000 }), StringComparison.Ordinal);
        Assert.InRange(rows.Given, 4000, 1 << 20);
    }

    /// <summary>A thousandfold packed: the limit counts what it unpacks to, and no more of it is unpacked.</summary>
    [Fact]
    public void ADensePackageIsReadNoFurtherThanTheLimits()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var rows = new byte[1 << 16];
            for (var i = 0; i < rows.Length; i++)
                rows[i] = "1,2\n"u8[i % 4];
            for (var i = 0; i < 64 << 4; i++) // 64 MiB
                gzip.Write(rows);
        }
        packed.Position = 0;
        Assert.Equal(
            "[Csv.Read] f.csv, byte 1048576: there are more than 1 MiB of text; CsvOptions.MostBytes sets the limit",
            Refusal(packed, new() { MostBytes = 1 << 20 })
        );
        Assert.InRange(packed.Length, 0, 1 << 20);
        Assert.InRange(packed.Position, 0, packed.Length / 2);
    }

    /// <summary>Raising a limit would not help where the package is what cannot be believed.</summary>
    [Fact]
    public void APackageOfAThousandTimesItsSizeIsRefusedAsOne()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var lines = new byte[1 << 20];
            for (var i = 0; i < lines.Length; i++)
                lines[i] = "1,2\n"u8[i % 4];
            for (var i = 0; i <= 64; i++)
                gzip.Write(lines);
        }
        packed.Position = 0;
        var message = Refusal(packed, new() { MostRows = int.MaxValue });
        Assert.Contains("the gzip data hold more than 64 MiB, far more than texts pack to", message, StringComparison.Ordinal);
        Assert.DoesNotContain("sets the limit", message, StringComparison.Ordinal);
    }

    private static string Refusal(Stream stream, CsvOptions limits) =>
        Assert.Throws<InvalidFileException>(() => Csv.Read(stream, limits, "f.csv", TestContext.Current.CancellationToken)).Message;

    /// <summary>The same text over and over, and how much of it was taken.</summary>
    private sealed class Endless(byte[] text) : MemoryStream
    {
        public long Given { get; private set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++)
                buffer[offset + i] = text[(int)(Given++ % text.Length)];
            return count;
        }
    }
}
