namespace AutoDiff;

/// <summary>Places storages in one array so that no two whose lifetimes meet overlap: best fit over the free gaps, in order of first use.</summary>
internal static class WorkspaceAllocator
{
    /// <summary>Storages start at multiples of this, a cache line of doubles.</summary>
    private const int Alignment = 8;

    /// <summary>Gives each storage its start, with at least <paramref name="margin"/> elements on either side that belong to none; returns the number of elements needed.</summary>
    /// <exception cref="ArgumentException">More elements are needed than an array can hold.</exception>
    public static int Place(List<Storage> storages, int steps, int margin = 0)
    {
        var lastEnding = new Storage?[steps]; // the storages that end at a step, each leading to the next
        var gaps = new List<(long Start, long Length)>();
        var end = 0L;
        var step = 0;
        storages.Sort((left, right) => left.First.CompareTo(right.First));
        foreach (var storage in storages)
        {
            for (; step < storage.First; step++)
            {
                for (var dead = lastEnding[step]; dead is not null; dead = dead.NextEnding)
                    Release(gaps, dead.Start - margin, Rounded(dead.Size, margin));
            }
            var start = Take(gaps, Rounded(storage.Size, margin), ref end) + margin;
            Require.That(
                end <= Array.MaxLength,
                $"[Plan] got values of {end} elements to hold at one time; expected {Allocation.Most}: compute in parts, or fewer examples at once"
            );
            storage.Start = (int)start;
            (storage.NextEnding, lastEnding[storage.Last]) = (lastEnding[storage.Last], storage);
        }
        return (int)end;
    }

    private static long Rounded(int size, int margin) => ((long)size + (2L * margin) + Alignment - 1) / Alignment * Alignment;

    private static long Take(List<(long Start, long Length)> gaps, long size, ref long end)
    {
        var best = -1;
        for (var i = 0; i < gaps.Count; i++)
        {
            if (gaps[i].Length >= size && (best < 0 || gaps[i].Length < gaps[best].Length))
                best = i;
        }
        if (best >= 0)
        {
            var (start, length) = gaps[best];
            if (length == size)
                gaps.RemoveAt(best);
            else
                gaps[best] = (start + size, length - size);
            return start;
        }
        // The last gap may reach the end: what is missing is added to it.
        var from = gaps.Count > 0 && gaps[^1].Start + gaps[^1].Length == end ? gaps[^1].Start : end;
        if (from < end)
            gaps.RemoveAt(gaps.Count - 1);
        end = from + size;
        return from;
    }

    private static void Release(List<(long Start, long Length)> gaps, long start, long length)
    {
        if (length == 0)
            return;
        var at = gaps.BinarySearch((start, 0));
        at = at < 0 ? ~at : at;
        if (at < gaps.Count && gaps[at].Start == start + length)
        {
            length += gaps[at].Length;
            gaps.RemoveAt(at);
        }
        if (at > 0 && gaps[at - 1].Start + gaps[at - 1].Length == start)
            gaps[at - 1] = (gaps[at - 1].Start, gaps[at - 1].Length + length);
        else
            gaps.Insert(at, (start, length));
    }
}
