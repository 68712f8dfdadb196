using System.Collections.Immutable;

namespace AutoDiff.Nets;

/// <summary>Layers one after another.</summary>
/// <remarks>Parameters and state of layer i lie below <c>layers.i</c>.</remarks>
public sealed record Sequential : Layer
{
    /// <summary>The layers in the order in which they are applied.</summary>
    /// <exception cref="ArgumentException">A layer is null.</exception>
    public Sequential(params Layer[] layers)
    {
        Require.NotNull(layers, nameof(Sequential));
        for (var i = 0; i < layers.Length; i++)
            Require.That(layers[i] is not null, $"[Sequential] layer {i} is null; expected a layer");
        Layers = [.. layers];
    }

    /// <summary>The layers in the order in which they are applied.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, nameof(Sequential));
        var shapes = Shapes(input);
        return TensorMap.Join([.. Layers.Select((layer, i) => (Path(i), layer.Init(key.FoldIn((ulong)i), shapes[i])))]);
    }

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input)
    {
        var shapes = Shapes(input);
        return TensorMap.Join([.. Layers.Select((layer, i) => (Path(i), layer.InitState(shapes[i])))]);
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var states = new (string, TensorMap)[Layers.Length];
        for (var i = 0; i < Layers.Length; i++)
        {
            var (output, state) = Layers[i].Apply(parameters.Part(Path(i)), x, context.Part(Path(i), i));
            (x, states[i]) = (output, (Path(i), state));
        }
        return new(x, TensorMap.Join(states));
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input) => Shapes(input)[^1];

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

    private static string Path(int index) => $"layers.{index}";

    // The shape before each layer, and the one after the last.
    private Shape[] Shapes(Shape input)
    {
        Require.NotNull(input, nameof(Sequential));
        var shapes = new Shape[Layers.Length + 1];
        shapes[0] = input;
        for (var i = 0; i < Layers.Length; i++)
        {
            try
            {
                shapes[i + 1] = Layers[i].OutputShape(shapes[i]);
            }
            catch (ArgumentException problem)
            {
                throw new ArgumentException($"[Sequential] layer {i}, {Layers[i]}, on examples of {shapes[i]}: {problem.Message}", problem);
            }
        }
        return shapes;
    }
}
