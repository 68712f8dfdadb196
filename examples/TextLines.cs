namespace AutoDiff.Examples;

/// <summary>The lines of a text, gzip or plain, one after another; refused where it is larger than the limits.</summary>
/// <remarks>Lines end in LF, CR or both. UTF-8, or what a byte order mark says; bytes that are no text are read as U+FFFD.</remarks>
internal sealed class TextLines : IDisposable
{
    private readonly string _source;
    private readonly ReadLimits _limits;
    private readonly StreamReader _text;
    private readonly char[] _block = new char[1 << 14];
    private char[] _line = new char[256];
    private int _start;
    private int _end;
    private bool _afterReturn;

    public TextLines(string source, Stream stream, ReadLimits limits, CancellationToken cancellation)
    {
        (_source, _limits) = (source, limits);
        var bytes = new PeekStream(stream, cancellation);
        // Told by the first two bytes, not by the name: a renamed file is read all the same.
        Stream text = bytes.StartsWith(GunzipStream.Magic) ? new GunzipStream(bytes, cancellation) : bytes;
        _text = new(new Metered(text, source, limits.Size));
    }

    /// <summary>The number of the line that was read last, counted from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Reads the next line, which holds until the one after it is read; false at the end.</summary>
    public bool Next(out ReadOnlySpan<char> line)
    {
        var length = 0;
        while (true)
        {
            if (_start == _end)
            {
                (_start, _end) = (0, _text.Read(_block, 0, _block.Length));
                if (_end == 0)
                {
                    line = _line.AsSpan(0, length);
                    Number += length > 0 ? 1 : 0;
                    return length > 0;
                }
            }
            // The two characters CR LF may come in different blocks.
            if (_afterReturn && _block[_start] == '\n')
                _start++;
            _afterReturn = false;
            var rest = _block.AsSpan(_start, _end - _start);
            var stop = rest.IndexOfAny('\n', '\r');
            Append(stop < 0 ? rest : rest[..stop], ref length);
            if (stop < 0)
            {
                _start = _end;
                continue;
            }
            _afterReturn = rest[stop] == '\r';
            _start += stop + 1;
            line = _line.AsSpan(0, length);
            Number++;
            return true;
        }
    }

    public void Dispose() => _text.Dispose();

    private void Append(ReadOnlySpan<char> part, ref int length)
    {
        if (part.Length > _limits.Line - length)
            throw new RefusedException($"{_source}, line {Number + 1}: has more than {_limits.Line} characters; --max-line sets the limit");
        if (length + part.Length > _line.Length)
            Array.Resize(ref _line, Math.Max(length + part.Length, 2 * _line.Length));
        part.CopyTo(_line.AsSpan(length));
        length += part.Length;
    }

    /// <summary>A stream of at most so many bytes.</summary>
    private sealed class Metered(Stream stream, string source, int mebibytes) : ForwardStream
    {
        private long _left = (long)mebibytes << 20;

        public override int Read(Span<byte> buffer)
        {
            var read = stream.Read(buffer);
            _left -= read;
            return _left >= 0
                ? read
                : throw new RefusedException($"{source}: has more than {mebibytes} MiB of text; --max-size sets the limit");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
