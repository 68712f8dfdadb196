namespace AutoDiff;

/// <summary>Hands out leaves one after another while a tree is rebuilt.</summary>
public sealed class LeafReader
{
    private readonly IReadOnlyList<Tensor> _leaves;
    private int _next;

    /// <summary>A reader at the first of <paramref name="leaves"/>.</summary>
    public LeafReader(IReadOnlyList<Tensor> leaves) => _leaves = leaves;

    /// <summary>How many leaves are left.</summary>
    public int Remaining => _leaves.Count - _next;

    /// <summary>The next leaf.</summary>
    /// <exception cref="ArgumentException">There is none left.</exception>
    public Tensor Next()
    {
        Require.That(_next < _leaves.Count, $"[TreeMath.Rebuild] got {_leaves.Count} leaves; expected more, as the tree has");
        return _leaves[_next++];
    }
}
