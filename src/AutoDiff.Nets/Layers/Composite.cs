namespace AutoDiff.Nets;

/// <summary>A layer made of layers: parameters and state of each lie below its path.</summary>
/// <remarks>A composite of one's own says what its parts are, and in <see cref="Layer.Apply"/> applies each by <see cref="Application.Of"/>.</remarks>
public abstract record Composite : Layer
{
    /// <summary>The layers inside, each with its path and the shape of an example that reaches it.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <exception cref="ArgumentException">The shapes do not fit; the message names the layer by its path.</exception>
    public abstract IReadOnlyList<Part> Parts(Shape input);

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, GetType().Name);
        return TensorMap.Join([.. Parts(input).Select((part, i) => (part.Path, part.Init(key.FoldIn((ulong)i))))]);
    }

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input) => TensorMap.Join([.. Parts(input).Select(part => (part.Path, part.InitState()))]);
}
