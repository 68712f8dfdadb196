using System.IO.Compression;

namespace AutoDiff.Data;

/// <summary>The text in a gzip file (RFC 1952), member after member: whole, or refused.</summary>
/// <remarks>
/// <see cref="GZipStream"/> holds each member against its trailer, but takes a file that was cut for one that is shorter, and ignores what follows
/// the last member. So one more member is put behind the file: its text, the mark, is what comes last if and only if all before it is whole.
/// </remarks>
internal sealed class GunzipStream : ForwardStream
{
    // No text ends so: there is no 0xFF in UTF-8. Packed, it looks otherwise, so that the mark is not read where data are stored as they are.
    private static readonly byte[] Mark = [.. Enumerable.Repeat((byte)0xFF, 64)];
    private static readonly byte[] PackedMark = Packed(Mark);

    private const long Free = 1 << 26;
    private const long Ratio = 100;

    private readonly MarkedStream _packed;
    private readonly GZipStream _unpacked;
    private readonly PeekStream _text;

    public GunzipStream(Stream packed, CancellationToken cancellation)
    {
        _packed = new(packed);
        _unpacked = new(_packed, CompressionMode.Decompress);
        _text = new(_unpacked, cancellation);
    }

    /// <summary>The first two bytes of every member.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    /// <summary>The most bytes that a file of so many is believed to hold: images and tables pack to a fifth or tenth, bombs to a thousandth.</summary>
    public static long Most(long packed) => Math.Max(Free, Ratio * packed);

    /// <exception cref="InvalidDataException">The data are cut off or damaged, or something else follows them.</exception>
    public override int Read(Span<byte> buffer)
    {
        var ahead = Ahead();
        if (_packed.Ended && !_text.EndsWith(Mark))
            throw CutOff();
        if (ahead <= Mark.Length && !_packed.Ended)
            throw new InvalidDataException("the gzip data end before the file does; expected nothing or another gzip member after them");
        return _text.Read(buffer[..Math.Min(buffer.Length, ahead - Mark.Length)]);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>How much is unpacked and not read yet: more than the mark, or all; all, too, once the mark is being read, which would be text in a file that was cut.</summary>
    private int Ahead()
    {
        try
        {
            var ahead = _text.Ahead(Mark.Length + 1);
            return _packed.Ended ? _text.Ahead(int.MaxValue) : ahead;
        }
        catch (InvalidDataException problem)
        {
            throw _packed.Ended ? CutOff() : new InvalidDataException("the gzip data are damaged", problem);
        }
    }

    private static InvalidDataException CutOff() => new("the gzip data are cut off");

    private static byte[] Packed(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(text);
        return packed.ToArray();
    }

    /// <summary>A file, and then the mark.</summary>
    private sealed class MarkedStream(Stream file) : ForwardStream
    {
        private readonly MemoryStream _mark = new(PackedMark, writable: false);

        /// <summary>Whether all of the file was read, and more asked for.</summary>
        public bool Ended { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var read = Ended ? 0 : file.Read(buffer);
            Ended |= read == 0 && !buffer.IsEmpty;
            return Ended ? _mark.Read(buffer) : read;
        }
    }
}
