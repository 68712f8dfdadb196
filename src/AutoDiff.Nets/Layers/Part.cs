namespace AutoDiff.Nets;

/// <summary>A layer inside another.</summary>
/// <param name="Path">Where its parameters lie: <c>layers.0</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Input">The shape of one example that reaches it.</param>
public sealed record Part(string Path, Layer Layer, Shape Input)
{
    /// <summary>The shape of one example's output.</summary>
    /// <exception cref="LayerException">The layer takes no such input.</exception>
    public Shape Output()
    {
        try
        {
            return Layer.OutputShape(Input);
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
