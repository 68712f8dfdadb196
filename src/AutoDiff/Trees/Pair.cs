namespace AutoDiff;

/// <summary>Two trees as one.</summary>
/// <typeparam name="TFirst">The first tree's type.</typeparam>
/// <typeparam name="TSecond">The second tree's type.</typeparam>
/// <param name="First">The tree whose leaves come first.</param>
/// <param name="Second">The tree whose leaves follow.</param>
public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second) : ITensorTree<Pair<TFirst, TSecond>>
    where TFirst : ITensorTree<TFirst>
    where TSecond : ITensorTree<TSecond>
{
    /// <inheritdoc/>
    public void AddLeaves(ICollection<Tensor> leaves) { First.AddLeaves(leaves); Second.AddLeaves(leaves); }
    /// <inheritdoc/>
    public void AddNames(string path, ICollection<string> names) { First.AddNames("First", names); Second.AddNames("Second", names); }
    /// <inheritdoc/>
    public Pair<TFirst, TSecond> Rebuild(LeafReader leaves) => new(First.Rebuild(leaves), Second.Rebuild(leaves));
}
