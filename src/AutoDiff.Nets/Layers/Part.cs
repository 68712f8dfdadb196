namespace AutoDiff.Nets;

/// <summary>A layer inside another.</summary>
/// <param name="Path">Where its parameters lie: <c>layers.0</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of one example that reaches it.</param>
public sealed record Part(string Path, Layer Layer, Shape Input)
{
    /// <summary>The shape of one example's output.</summary>
    /// <exception cref="LayerException">The layer takes no such input.</exception>
    public Shape Output() => Named(() => Layer.OutputShape(Input));

    /// <summary>The parameters before training.</summary>
    /// <param name="key">The key of the draws: the same key, the same bits.</param>
    /// <exception cref="LayerException">The layer takes no such input.</exception>
    public TensorMap Init(Key key) => Named(() => Layer.Init(key, Input));

    /// <summary>The state before training.</summary>
    /// <exception cref="LayerException">The layer takes no such input.</exception>
    public TensorMap InitState() => Named(() => Layer.InitState(Input));

    /// <summary>What is asked of the layer, where it refuses by an error that names its path.</summary>
    internal T Named<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (LayerException inner)
        {
            throw inner.Below(Path);
        }
        catch (ArgumentException problem)
        {
            throw new LayerException(Path, Layer.Title, Input, problem);
        }
    }
}
