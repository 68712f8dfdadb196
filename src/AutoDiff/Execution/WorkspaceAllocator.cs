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
        var gaps = new Gaps();
        var step = 0;
        storages.Sort((left, right) => left.First.CompareTo(right.First));
        foreach (var storage in storages)
        {
            for (; step < storage.First; step++)
            {
                for (var dead = lastEnding[step]; dead is not null; dead = dead.NextEnding)
                    gaps.Release(dead.Start - margin, Rounded(dead.Size, margin));
            }
            var start = gaps.Take(Rounded(storage.Size, margin)) + margin;
            Require.That(
                gaps.End <= Array.MaxLength,
                $"[Plan] got values of {gaps.End} elements to hold at one time; expected {Allocation.Most}: compute in parts, or fewer examples at once"
            );
            storage.Start = (int)start;
            (storage.NextEnding, lastEnding[storage.Last]) = (lastEnding[storage.Last], storage);
        }
        return (int)gaps.End;
    }

    private static long Rounded(int size, int margin) => ((long)size + (2L * margin) + Alignment - 1) / Alignment * Alignment;
}
