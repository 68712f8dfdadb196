namespace AutoDiff;

/// <summary>Three trees as one.</summary>
/// <typeparam name="TFirst">The first tree's type.</typeparam>
/// <typeparam name="TSecond">The second tree's type.</typeparam>
/// <typeparam name="TThird">The third tree's type.</typeparam>
/// <param name="First">The tree whose leaves come first.</param>
/// <param name="Second">The tree whose leaves follow.</param>
/// <param name="Third">The tree whose leaves come last.</param>
[TensorTree]
public sealed partial record Triple<TFirst, TSecond, TThird>(TFirst First, TSecond Second, TThird Third)
    where TFirst : ITensorTree<TFirst>
    where TSecond : ITensorTree<TSecond>
    where TThird : ITensorTree<TThird>
{
    /// <summary>The trees as a value tuple.</summary>
    public static implicit operator (TFirst, TSecond, TThird)(Triple<TFirst, TSecond, TThird> triple)
    {
        ArgumentNullException.ThrowIfNull(triple);
        return (triple.First, triple.Second, triple.Third);
    }

    /// <summary>The trees of a value tuple.</summary>
    public static implicit operator Triple<TFirst, TSecond, TThird>((TFirst First, TSecond Second, TThird Third) trees) =>
        new(trees.First, trees.Second, trees.Third);
}
