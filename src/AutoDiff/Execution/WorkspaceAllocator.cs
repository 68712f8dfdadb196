namespace AutoDiff;

/// <summary>Places storages in one array so that no two whose lifetimes meet overlap: best fit over the free gaps, in order of first use.</summary>
internal static class WorkspaceAllocator
{
    /// <summary>Storages start at multiples of this, a cache line of doubles.</summary>
    private const int Alignment = 8;

    /// <summary>Gives each storage its start; returns the number of elements needed.</summary>
    /// <exception cref="OverflowException">More elements are needed than an array can hold.</exception>
    public static int Place(List<Storage> storages, int steps)
    {
        var lastEnding = new Storage?[steps]; // the storages that end at a step, each leading to the next
        var gaps = new List<(int Start, int Length)>();
        var end = 0;
        var step = 0;
        storages.Sort((left, right) => left.First.CompareTo(right.First));
        foreach (var storage in storages)
        {
            for (; step < storage.First; step++)
            {
                for (var dead = lastEnding[step]; dead is not null; dead = dead.NextEnding)
                    Release(gaps, dead.Start, Rounded(dead.Size));
            }
            storage.Start = Take(gaps, Rounded(storage.Size), ref end);
            (storage.NextEnding, lastEnding[storage.Last]) = (lastEnding[storage.Last], storage);
        }
        return end;
    }

    private static int Rounded(int size) => checked((size + Alignment - 1) / Alignment * Alignment);

    private static int Take(List<(int Start, int Length)> gaps, int size, ref int end)
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
        end = checked(from + size);
        return from;
    }

    private static void Release(List<(int Start, int Length)> gaps, int start, int length)
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
