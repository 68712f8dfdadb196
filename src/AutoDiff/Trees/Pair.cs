namespace AutoDiff;

/// <summary>Two trees as one.</summary>
/// <typeparam name="TFirst">The first tree's type.</typeparam>
/// <typeparam name="TSecond">The second tree's type.</typeparam>
/// <param name="First">The tree whose leaves come first.</param>
/// <param name="Second">The tree whose leaves follow.</param>
[TensorTree]
public sealed partial record Pair<TFirst, TSecond>(TFirst First, TSecond Second)
    where TFirst : ITensorTree<TFirst>
    where TSecond : ITensorTree<TSecond>
{
    /// <summary>The trees as a value tuple.</summary>
    public static implicit operator (TFirst, TSecond)(Pair<TFirst, TSecond> pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return (pair.First, pair.Second);
    }

    /// <summary>The trees of a value tuple.</summary>
    public static implicit operator Pair<TFirst, TSecond>((TFirst First, TSecond Second) trees) => new(trees.First, trees.Second);
}
