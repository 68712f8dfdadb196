using System.Text;

namespace AutoDiff.Data;

/// <summary>The bytes of a text, unpacked, as long as they are UTF-8 and not too many.</summary>
internal sealed class CsvText : ForwardStream
{
    private const long Mebibyte = 1 << 20;

    private readonly PeekStream _bytes;
    private readonly GunzipStream? _unpacked;
    private readonly Func<string, long?, Exception> _refuse;
    private readonly long _most;
    private readonly long _mostUnpacked = long.MaxValue;
    private readonly char[] _characters = new char[1 << 12];
    private readonly Decoder _utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetDecoder();
    private long _offset;

    /// <param name="stream">The bytes, plain or gzip.</param>
    /// <param name="most">The most that are read.</param>
    /// <param name="refuse">What to throw: what is wrong, and at which byte.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public CsvText(Stream stream, long most, Func<string, long?, Exception> refuse, CancellationToken cancellation)
    {
        (_most, _refuse) = (most, refuse);
        // Asked before anything is read.
        var length = stream.CanSeek ? stream.Length - stream.Position : long.MaxValue / (1 << 10);
        var bytes = new PeekStream(stream, cancellation);
        if (bytes.StartsWith(GunzipStream.Magic))
        {
            _mostUnpacked = GunzipStream.Most(length);
            _unpacked = new(bytes, cancellation);
            bytes = new PeekStream(_unpacked, cancellation);
        }
        _bytes = Utf16(bytes) is { } encoding
            ? new PeekStream(Encoding.CreateTranscodingStream(bytes, encoding, Encoding.UTF8, leaveOpen: true), cancellation)
            : bytes;
    }

    /// <summary>The first bytes, which stay to be read.</summary>
    public ReadOnlySpan<byte> Sample(int count)
    {
        _ = _bytes.Ahead(count);
        return _bytes.Peeked;
    }

    public override int Read(Span<byte> buffer)
    {
        var read = _bytes.Read(buffer);
        if (read > _most - _offset)
            throw _refuse(
                $"there are more than {Size(_most)} of text; {nameof(CsvOptions)}.{nameof(CsvOptions.MostBytes)} sets the limit",
                _most
            );
        if (read > _mostUnpacked - _offset)
            throw _refuse(
                $"the gzip data hold more than {Size(_mostUnpacked)}, far more than texts pack to; expected less, or the file unpacked",
                _mostUnpacked
            );
        Validate(buffer[..read], atEnd: read == 0 && !buffer.IsEmpty);
        _offset += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _unpacked?.Dispose();
        base.Dispose(disposing);
    }

    private static UnicodeEncoding? Utf16(PeekStream bytes) =>
        bytes.StartsWith([0xFF, 0xFE]) ? new(bigEndian: false, byteOrderMark: true)
        : bytes.StartsWith([0xFE, 0xFF]) ? new(bigEndian: true, byteOrderMark: true)
        : null;

    private static string Size(long bytes) => bytes % Mebibyte == 0 ? $"{bytes / Mebibyte} MiB" : $"{bytes} bytes";

    private void Validate(ReadOnlySpan<byte> bytes, bool atEnd)
    {
        for (var at = 0; at < bytes.Length || atEnd; )
        {
            var piece = bytes[at..Math.Min(bytes.Length, at + _characters.Length - 2)];
            try
            {
                _ = _utf8.GetChars(piece, _characters, atEnd);
            }
            catch (DecoderFallbackException problem)
            {
                throw _refuse(
                    $"the bytes {Convert.ToHexStringLower(problem.BytesUnknown ?? [])} are no UTF-8; expected UTF-8 text",
                    Math.Max(0, _offset + at + problem.Index)
                );
            }
            at += piece.Length;
            if (atEnd)
                return;
        }
    }
}
