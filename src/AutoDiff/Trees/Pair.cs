namespace AutoDiff;

/// <summary>Two trees as one.</summary>
/// <typeparam name="TFirst">The first tree's type.</typeparam>
/// <typeparam name="TSecond">The second tree's type.</typeparam>
/// <param name="First">The tree whose leaves come first.</param>
/// <param name="Second">The tree whose leaves follow.</param>
[TensorTree]
public sealed partial record Pair<TFirst, TSecond>(TFirst First, TSecond Second)
    where TFirst : ITensorTree<TFirst>
    where TSecond : ITensorTree<TSecond>;
