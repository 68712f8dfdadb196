namespace AutoDiff.Numerics;

/// <summary>A key's random words one after another, made many at a time.</summary>
internal ref struct WordReader(PhiloxKey key, Span<ulong> buffer)
{
    private const int Most = 256;

    private readonly Span<ulong> _buffer = buffer;
    private uint _next;

    /// <summary>How long a buffer should be for so many words: an even number.</summary>
    public static int Size(int words) => words >= Most ? Most : Math.Max(2, (words + 1) & ~1);

    /// <summary>A whole number in 0 … bound − 1.</summary>
    public int Below(int bound)
    {
        var range = (ulong)bound;
        var threshold = unchecked(0 - range) % range; // 2⁶⁴ mod bound
        ulong high;
        ulong low;
        do
        {
            high = Math.BigMul(Next(), range, out low);
        } while (low < threshold);
        return (int)high;
    }

    private ulong Next()
    {
        var at = (int)(_next % (uint)_buffer.Length);
        if (at == 0)
            key.Fill(_next, _buffer);
        _next++;
        return _buffer[at];
    }
}
