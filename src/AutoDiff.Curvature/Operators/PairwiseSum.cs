namespace AutoDiff.Curvature;

/// <summary>Terms summed in pairs, pairs in fours, and so on, by their places: in whatever order they come, on whatever thread, the bits are the same.</summary>
/// <remarks>k terms err by log₂ k roundings (Higham 2002, section 4.2); in order on one thread, at most log₂ k + 2 wait at a time.</remarks>
/// <param name="count">How many terms there are.</param>
/// <param name="free">Takes arrays that are no longer needed.</param>
internal sealed class PairwiseSum(int count, Action<double[][]> free)
{
    private readonly Dictionary<(int Level, int Index), WeightedTerm?> _waiting = [];

    /// <summary>The sum once all terms have come; null where all were nothing.</summary>
    public WeightedTerm? Total { get; private set; }

    /// <summary>Adds the term of a place, each once; null for one that does not count.</summary>
    public void Add(int index, WeightedTerm? term)
    {
        var (level, last) = (0, count - 1);
        for (; last > 0; level++, index >>= 1, last >>= 1)
        {
            // The last one of an odd number goes up alone.
            if (index == last && index % 2 == 0)
                continue;
            WeightedTerm? other;
            lock (_waiting)
            {
                if (!_waiting.Remove((level, index ^ 1), out other))
                {
                    _waiting.Add((level, index), term);
                    return;
                }
            }
            term = Sum(term, other);
        }
        Total = term;
    }

    private WeightedTerm? Sum(WeightedTerm? term, WeightedTerm? other)
    {
        if (term is null || other is null)
            return term ?? other;
        var sum = term.Plus(other);
        free(other.Values);
        return sum;
    }
}
