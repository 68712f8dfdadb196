using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>Layers one after another.</summary>
/// <remarks>Parameters and state of layer i lie below <c>layers.i</c>.</remarks>
public sealed record Sequential : Composite
{
    /// <summary>The layers in the order in which they are applied.</summary>
    /// <exception cref="ArgumentException">A layer is null.</exception>
    public Sequential(params Layer[] layers) => Layers = Checks.Layers(layers, nameof(Sequential));

    /// <summary>The layers in the order in which they are applied.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts(Shape input)
    {
        Require.NotNull(input, nameof(Sequential));
        var parts = new Part[Layers.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = new(Checks.Path(i), Layers[i], i == 0 ? input : parts[i - 1].Output());
        return parts;
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var application = new Application(parameters, context);
        for (var i = 0; i < Layers.Length; i++)
            x = application.Of(Checks.Path(i), Layers[i], x);
        return application.To(x);
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Parts(input) is [.., var last] ? last.Output() : input;

    /// <inheritdoc/>
    public bool Equals(Sequential? other) => ReferenceEquals(this, other) || (other is not null && Layers.SequenceEqual(other.Layers));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var layer in Layers)
            hash.Add(layer);
        return hash.ToHashCode();
    }
}
