namespace AutoDiff.Nets;

/// <summary>Initial weights: a pure function of a key, so that the same key gives the same bits.</summary>
/// <param name="Name">What it is called, in messages and summaries.</param>
/// <param name="Draw">(key, shape, fans of the weight) → weights of that shape.</param>
public sealed record Initializer(string Name, Func<Key, Shape, Fans, Tensor> Draw)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
