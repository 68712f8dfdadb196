using System.IO.Compression;
using AutoDiff.Data;
using AutoDiff.Files;
using AutoDiff.Tests.Files;

namespace AutoDiff.Tests.Data;

public sealed class IdxTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("a");

    public void Dispose() => _folder.Dispose();

    /// <summary>Bytes written by hand from the format's description: types, order of bytes, signs.</summary>
    [Theory]
    [InlineData("00000802 00000002 00000003 000102fdfeff", new[] { 0, 1, 2, 253, 254, 255.0 }, new[] { 2, 3 })]
    [InlineData("00000901 00000003 7f80ff", new[] { 127, -128, -1.0 }, new[] { 3 })]
    [InlineData("00000b01 00000003 7fff80000102", new[] { 32767, -32768, 258.0 }, new[] { 3 })]
    [InlineData("00000c01 00000002 7fffffff80000000", new[] { 2147483647, -2147483648.0 }, new[] { 2 })]
    [InlineData("00000d01 00000003 3fc00000c0490fdb7f800000", new[] { 1.5, -3.1415927410125732, double.PositiveInfinity }, new[] { 3 })]
    [InlineData("00000e01 00000002 400921fb54442d188000000000000000", new[] { Math.PI, -0.0 }, new[] { 2 })]
    [InlineData("00000800 2a", new[] { 42.0 }, new int[0])]
    public void Every_type_is_read_and_written(string bytes, double[] values, int[] lengths)
    {
        var file = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        var tensor = Read(file);
        Assert.Equal(values, tensor.ToArray());
        Assert.Equal(lengths, tensor.Shape);
        Assert.Equal(values, Read(Packed(file)).ToArray());
        Idx.Write(Path, tensor, (IdxType)file[2]);
        Assert.Equal(file, File.ReadAllBytes(Path));
        Idx.Write(Path, tensor, (IdxType)file[2], compressed: true);
        Assert.Equal(values, Idx.Read(Path).ToArray());
        Assert.Equal(values.Select(value => value / 3), Idx.Read(Path, divisor: 3).ToArray());
    }

    [Theory]
    [InlineData(IdxType.Byte)]
    [InlineData(IdxType.Int16)]
    [InlineData(IdxType.Double)]
    public void More_than_one_piece_comes_back(IdxType type)
    {
        var tensor = Tensor.Of([.. Enumerable.Range(0, 300_007).Select(i => (double)(i * 7 % 251))]);
        foreach (var compressed in new[] { false, true })
        {
            Idx.Write(Path, tensor, type, compressed);
            Assert.Equal(tensor.ToArray(), Idx.Read(Path).ToArray());
        }
    }

    [Fact]
    public void Bits_of_a_double_stay()
    {
        var signalling = BitConverter.Int64BitsToDouble(0x7FF0000000000001);
        Idx.Write(Path, Tensor.Of([signalling]), IdxType.Double);
        Assert.Equal(0x7FF0000000000001, BitConverter.DoubleToInt64Bits(Idx.Read(Path).ToArray()[0]));
    }

    [Fact]
    public void A_stream_is_read_from_where_it_stands_and_left_open()
    {
        byte[] file = [0, 0, 8, 1, 0, 0, 0, 2, 5, 6];
        foreach (var bytes in new[] { file, Packed(file) })
        {
            using var stream = new MemoryStream([9, 9, 9, .. bytes]) { Position = 3 };
            Assert.Equal([5.0, 6], Idx.Read(stream).ToArray());
            Assert.True(stream.CanRead);
        }
    }

    [Theory]
    [InlineData("", 0, "0 bytes are left for the magic number; expected 4")]
    [InlineData("0000", 0, "2 bytes are left for the magic number; expected 4")]
    [InlineData("01000801 00000001 00", 0, "the file begins with the bytes 01000801")]
    [InlineData("00010801 00000001 00", 0, "the file begins with the bytes 00010801")]
    [InlineData("00000a01 00000001 00", 0, "the file begins with the bytes 00000a01")]
    [InlineData("00000802 00000001", 8, "0 bytes are left for the lengths of the axes")]
    [InlineData("00000802 00000001 00000000", 8, "the length of axis 1 is 0; expected at least 1")]
    [InlineData("00000801 ffffffff 00", 4, "the length of axis 0 is 4294967295")]
    [InlineData("00000802 00010000 00010000 00", 8, "the length of axis 1 is 65536; expected at least 1, and at most 2147483591")]
    [InlineData("00000801 00000003 0102", 8, "2 bytes follow the header; expected 3")]
    [InlineData("00000801 00000001 0102", 8, "2 bytes follow the header; expected 1")]
    [InlineData("00000b01 00000001 01", 8, "1 bytes follow the header; expected 2")]
    public void What_is_damaged_is_refused_with_its_place(string bytes, int offset, string message)
    {
        var file = Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal));
        var problem = Assert.Throws<InvalidFileException>(() => Read(file));
        Assert.StartsWith($"[Idx.Read] the stream, byte {offset}: {message}", problem.Message, StringComparison.Ordinal);
        Assert.Equal((offset, "the stream"), (problem.Offset, problem.Path));
    }

    [Theory]
    [InlineData("00000801 00000003 0102", 10, "2 bytes follow the header; expected 3")]
    [InlineData("00000801 00000001 0102", 9, "there are more bytes; expected 1 behind the header")]
    [InlineData("00000801 7fffffc7 0102", 8, "the header claims 2147483591 bytes; expected at most 67108864 in a gzip file of this size")]
    public void What_is_damaged_before_it_was_packed_is_refused(string bytes, int offset, string message)
    {
        var file = Packed(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        var problem = Assert.Throws<InvalidFileException>(() => Read(file));
        Assert.StartsWith($"[Idx.Read] the stream, unpacked, byte {offset}: {message}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(offset, problem.Offset);
    }

    /// <summary>A header that claims 60 MiB, the truth of a byte: no memory is taken for the claim.</summary>
    [Fact]
    public void No_memory_is_taken_for_what_is_not_there()
    {
        var file = Packed([0, 0, 8, 1, 3, 0xC0, 0, 0, 1]);
        Assert.Throws<InvalidFileException>(() => Read(file));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<InvalidFileException>(() => Read(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_packed_file_is_refused_cut_anywhere_or_changed_where_it_matters()
    {
        var packed = Packed([0, 0, 8, 1, 0, 0, 0, 200, .. Enumerable.Range(0, 200).Select(i => (byte)(i * i))]);
        for (var length = 1; length < packed.Length; length++)
            Assert.Throws<InvalidFileException>(() => Read(packed[..length]));
        for (var place = 0; place < packed.Length; place++)
        {
            if (place is >= 3 and < 10) // time, system, level
                continue;
            var changed = (byte[])packed.Clone();
            changed[place] ^= 1;
            Assert.Throws<InvalidFileException>(() => Read(changed));
        }
        var problem = Assert.Throws<InvalidFileException>(() => Read([.. packed, 0]));
        Assert.Contains("the gzip data end before the file does", problem.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidFileException>(() => Read(Packed(packed)));
    }

    [Theory]
    [InlineData(IdxType.Byte, 256)]
    [InlineData(IdxType.Byte, -1)]
    [InlineData(IdxType.Byte, 0.5)]
    [InlineData(IdxType.Byte, double.NaN)]
    [InlineData(IdxType.SByte, 128)]
    [InlineData(IdxType.Int16, -32769)]
    [InlineData(IdxType.Int32, 2147483648)]
    [InlineData(IdxType.Single, 1e39)]
    public void What_a_type_does_not_hold_is_not_written(IdxType type, double value)
    {
        var problem = Assert.Throws<ArgumentException>(() => Idx.Write(Path, Tensor.Of([1, value]), type));
        Assert.StartsWith("[Idx.Write] element 1 is ", problem.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Misuse_is_refused_at_once()
    {
        Assert.Throws<ArgumentNullException>(() => Idx.Read((string)null!));
        Assert.Throws<ArgumentNullException>(() => Idx.Read((Stream)null!));
        Assert.Throws<ArgumentException>(() => Idx.Read(""));
        using var pipe = new GZipStream(new MemoryStream(), CompressionMode.Decompress);
        Assert.Throws<ArgumentException>(() => Idx.Read(pipe));
        foreach (var divisor in new[] { 0, double.NaN, double.PositiveInfinity })
            Assert.Throws<ArgumentException>(() => Idx.Read(Path, divisor));
        Assert.Throws<ArgumentNullException>(() => Idx.Write(Path, null!));
        Assert.Throws<ArgumentException>(() => Idx.Write(Path, Tensor.Of([1]), (IdxType)0x0A));
        Assert.Throws<ArgumentException>(() => Idx.Write(Path, Tensor.Full(0, [2, 0])));
    }

    [Fact]
    public void Paths_without_a_file_are_refused()
    {
        Assert.Throws<FileNotFoundException>(() => Idx.Read(Path));
        Assert.Throws<UnauthorizedAccessException>(() => Idx.Read(_folder.Path));
        File.WriteAllBytes(Path, []);
        Assert.Contains("is empty", Assert.Throws<InvalidFileException>(() => Idx.Read(Path)).Message, StringComparison.Ordinal);
        Assert.Throws<DirectoryNotFoundException>(() => Idx.Write(_folder.File("none/a"), Tensor.Of([1])));
    }

    private static Tensor Read(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return Idx.Read(stream);
    }

    private static byte[] Packed(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
