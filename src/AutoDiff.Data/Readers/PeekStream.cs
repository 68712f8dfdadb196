namespace AutoDiff.Data;

/// <summary>A stream whose next bytes can be looked at, whether or not the one below can seek.</summary>
internal sealed class PeekStream(Stream stream, CancellationToken cancellation) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    public bool StartsWith(ReadOnlySpan<byte> bytes) =>
        Ahead(bytes.Length) >= bytes.Length && _buffer.AsSpan(_start, bytes.Length).SequenceEqual(bytes);

    /// <summary>What can be looked at without reading on.</summary>
    public ReadOnlySpan<byte> Peeked => _buffer.AsSpan(_start, _end - _start);

    /// <summary>Whether what can be looked at ends so.</summary>
    public bool EndsWith(ReadOnlySpan<byte> bytes) => Peeked.EndsWith(bytes);

    public override int Read(Span<byte> buffer)
    {
        var read = Math.Min(buffer.Length, Ahead(1));
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    /// <summary>How many bytes can be looked at: at least so many, or all that are left or that there is room for.</summary>
    public int Ahead(int count)
    {
        while (_end - _start < count)
        {
            cancellation.ThrowIfCancellationRequested();
            Peeked.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                break;
            _end += read;
        }
        return _end - _start;
    }
}
