namespace AutoDiff.Examples;

/// <summary>A stream whose next bytes can be looked at, whether or not the one below can seek.</summary>
internal sealed class PeekStream(Stream stream, CancellationToken cancellation) : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>Whether anything is left.</summary>
    public bool Any => Holds(1);

    public bool StartsWith(ReadOnlySpan<byte> bytes) => Holds(bytes.Length) && _buffer.AsSpan(_start, bytes.Length).SequenceEqual(bytes);

    public override int Read(Span<byte> buffer)
    {
        if (!Any)
            return 0;
        var read = Math.Min(buffer.Length, _end - _start);
        _buffer.AsSpan(_start, read).CopyTo(buffer);
        _start += read;
        return read;
    }

    private bool Holds(int count)
    {
        while (_end - _start < count)
        {
            cancellation.ThrowIfCancellationRequested();
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var read = stream.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0)
                return false;
            _end += read;
        }
        return true;
    }
}
