using System.Buffers.Binary;
using System.IO.Compression;

namespace AutoDiff.Examples;

/// <summary>The text in a gzip file (RFC 1952), member after member, each checked against its trailer.</summary>
/// <remarks><see cref="GZipStream"/> takes a file that was cut for one that is shorter, and ignores what follows the last member.</remarks>
internal sealed class GunzipStream(PeekStream packed) : ForwardStream
{
    private const byte Deflate = 8;
    private const byte HasHeaderCheck = 2;
    private const byte HasExtra = 4;
    private const byte HasName = 8;
    private const byte HasComment = 16;
    private const byte Reserved = 0xE0;

    private Member? _member;

    /// <summary>The first two bytes of every member.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    /// <exception cref="InvalidDataException">The data are cut off or damaged, or something else follows them.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            if (_member is null)
            {
                if (!packed.Any)
                    return 0;
                ReadHeader();
                _member = new(packed);
            }
            var read = _member.Read(buffer);
            if (read > 0)
                return read;
            CheckTrailer(_member);
            _member.Dispose();
            _member = null;
            if (packed.Any && !packed.StartsWith(Magic))
                throw new InvalidDataException(
                    "the gzip data end before the file does; expected nothing or another gzip member after them"
                );
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _member?.Dispose();
        base.Dispose(disposing);
    }

    private void CheckTrailer(Member member)
    {
        Span<byte> trailer = stackalloc byte[8];
        for (var i = 0; i < trailer.Length; i++)
            trailer[i] = Next();
        var (sum, length) = (BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
        if (sum != member.Sum || length != member.Length)
            throw new InvalidDataException("the gzip data are damaged: the checksum or length that follows them is not theirs");
    }

    private void ReadHeader()
    {
        Span<byte> head = stackalloc byte[10];
        for (var i = 0; i < head.Length; i++)
            head[i] = Next();
        var flags = head[3];
        if (head[2] != Deflate || (flags & Reserved) != 0)
            throw new InvalidDataException(
                $"the gzip header names method {head[2]} and flags {flags}; expected method {Deflate} (deflate)"
            );
        if ((flags & HasExtra) != 0)
            Skip(Next() | (Next() << 8));
        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        if ((flags & HasHeaderCheck) != 0)
            Skip(2);
    }

    private void Skip(int count)
    {
        for (var i = 0; i < count; i++)
            Next();
    }

    private void SkipText()
    {
        while (Next() != 0) { }
    }

    private byte Next()
    {
        Span<byte> one = stackalloc byte[1];
        return packed.Read(one) == 1 ? one[0] : throw CutOff();
    }

    private static InvalidDataException CutOff() => new("the gzip data are cut off");

    /// <summary>The deflated data of one member.</summary>
    private sealed class Member : IDisposable
    {
        private readonly SingleBytes _bytes;
        private readonly DeflateStream _text;
        private uint _register = ~0u;

        public Member(PeekStream packed)
        {
            _bytes = new(packed);
            _text = new(_bytes, CompressionMode.Decompress);
        }

        public uint Sum => ~_register;

        /// <summary>The bytes read, modulo 2³².</summary>
        public uint Length { get; private set; }

        public int Read(Span<byte> buffer)
        {
            var read = _text.Read(buffer);
            _register = Crc32.Add(_register, buffer[..read]);
            Length = unchecked(Length + (uint)read);
            // A stream that has reached its own end asks for no more bytes.
            return read == 0 && _bytes.Exhausted ? throw CutOff() : read;
        }

        public void Dispose()
        {
            _text.Dispose();
            _bytes.Dispose();
        }
    }

    /// <summary>One byte a read: <see cref="DeflateStream"/> reads ahead by what it is given, and here must stop at its last byte.</summary>
    private sealed class SingleBytes(PeekStream packed) : ForwardStream
    {
        public bool Exhausted { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            var read = buffer.IsEmpty ? 0 : packed.Read(buffer[..1]);
            Exhausted |= read == 0 && !buffer.IsEmpty;
            return read;
        }
    }
}
