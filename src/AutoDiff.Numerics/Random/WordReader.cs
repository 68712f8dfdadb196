namespace AutoDiff.Numerics;

/// <summary>A key's random words one after another, made many at a time.</summary>
internal ref struct WordReader(PhiloxKey key, Span<ulong> buffer)
{
    private const int Most = 256;

    private readonly Span<ulong> _buffer = buffer;
    private uint _next;
    private int _at = buffer.Length;

    /// <summary>How long a buffer should be for so many words: an even number.</summary>
    public static int Size(int words) => words >= Most ? Most : Math.Max(2, (words + 1) & ~1);

    /// <summary>A whole number in 0 … bound − 1.</summary>
    public int Below(int bound)
    {
        var range = (ulong)bound;
        var high = Math.BigMul(Next(), range, out ulong low);
        // What is refused is below the range, so that the division is rarely needed.
        if (low < range)
        {
            var threshold = unchecked(0 - range) % range; // 2⁶⁴ mod bound
            while (low < threshold)
                high = Math.BigMul(Next(), range, out low);
        }
        return (int)high;
    }

    private ulong Next()
    {
        if (_at == _buffer.Length)
        {
            key.Fill(_next, _buffer);
            (_next, _at) = (_next + (uint)_buffer.Length, 0);
        }
        return _buffer[_at++];
    }
}
