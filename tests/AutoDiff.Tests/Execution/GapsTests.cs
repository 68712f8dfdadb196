namespace AutoDiff.Tests;

/// <summary>Places in an array against a search through every free element.</summary>
public class GapsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void TheShortestGapThatFitsIsTakenAndElseTheEnd(int seed)
    {
        var random = new Random(seed);
        var gaps = new Gaps();
        var free = new List<bool>(); // element by element
        var taken = new List<(long Start, long Length)>();
        for (var i = 0; i < 2000; i++)
        {
            if (taken.Count > 0 && random.Next(100) < (i / 250 % 2 == 0 ? 40 : 60))
            {
                var (start, length) = taken[random.Next(taken.Count)];
                taken.Remove((start, length));
                gaps.Release(start, length);
                for (var at = start; at < start + length; at++)
                    free[(int)at] = true;
                continue;
            }
            var size = random.Next(12);
            var expected = Expected(free, size);
            Assert.Equal(expected, gaps.Take(size));
            for (var at = expected; at < expected + size; at++)
            {
                if (at == free.Count)
                    free.Add(false);
                free[at] = false;
            }
            taken.Add((expected, size));
            Assert.Equal(free.Count, gaps.End);
        }
    }

    private static int Expected(List<bool> free, int size)
    {
        var (best, shortest, start) = (-1, int.MaxValue, 0);
        for (var at = 0; at <= free.Count; at++)
        {
            if (at < free.Count && free[at])
                continue;
            var length = at - start;
            if (length > 0 && length >= size && length < shortest)
                (best, shortest) = (start, length);
            start = at + 1;
        }
        if (best >= 0)
            return best;
        var end = free.Count;
        while (end > 0 && free[end - 1])
            end--;
        return end;
    }
}
