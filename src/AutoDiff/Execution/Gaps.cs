namespace AutoDiff;

/// <summary>The free parts of an array that grows at its end, found by length and by place.</summary>
internal sealed class Gaps
{
    private readonly SortedSet<(long Length, long Start)> _byLength = [];
    private readonly Dictionary<long, long> _lengths = []; // by start
    private readonly Dictionary<long, long> _starts = []; // by end

    /// <summary>The array's length.</summary>
    public long End { get; private set; }

    /// <summary>Takes part of the shortest gap that is long enough, the first of equals, or else of the array's end with what is free before it; gives where it begins.</summary>
    public long Take(long size)
    {
        if (_byLength.Count > 0 && _byLength.Max.Length >= size)
        {
            var (length, start) = _byLength.GetViewBetween((size, 0), (long.MaxValue, 0)).Min;
            Remove(start, length);
            if (length > size)
                Add(start + size, length - size);
            return start;
        }
        var from = End;
        if (_starts.TryGetValue(End, out var last))
            Remove(from = last, End - last);
        End = from + size;
        return from;
    }

    /// <summary>Frees a part, which becomes one with the gaps beside it.</summary>
    public void Release(long start, long length)
    {
        if (length == 0)
            return;
        if (_lengths.TryGetValue(start + length, out var behind))
        {
            Remove(start + length, behind);
            length += behind;
        }
        if (_starts.TryGetValue(start, out var before))
        {
            Remove(before, start - before);
            (start, length) = (before, length + start - before);
        }
        Add(start, length);
    }

    private void Add(long start, long length)
    {
        _byLength.Add((length, start));
        _lengths.Add(start, length);
        _starts.Add(start + length, start);
    }

    private void Remove(long start, long length)
    {
        _byLength.Remove((length, start));
        _lengths.Remove(start);
        _starts.Remove(start + length);
    }
}
