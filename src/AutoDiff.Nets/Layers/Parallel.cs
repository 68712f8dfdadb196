using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Layers side by side: each gets the input, and their outputs are made one.</summary>
/// <remarks>Parameters and state of layer i lie below <c>layers.i</c>.</remarks>
public sealed record Parallel : Composite
{
    private readonly string _name;
    private readonly Func<IReadOnlyList<Tensor>, Tensor> _combine;

    private Parallel(string name, Func<IReadOnlyList<Tensor>, Tensor> combine, Layer[] layers)
    {
        (_name, _combine) = (name, Checks.NotNull(combine, nameof(Parallel), "the function"));
        Layers = Checks.Layers(layers, nameof(Parallel));
        Require.That(Layers.Length > 0, $"[Parallel] got no layers; expected at least one");
    }

    /// <summary>The layers.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The sum of the outputs, which have one shape.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one is null.</exception>
    public static Parallel Sum(params Layer[] layers) => new(nameof(Sum), Added, layers);

    /// <summary>The outputs one after another along an axis.</summary>
    /// <param name="axis">The axis of one example: 0 are the channels of images; negative axes count from the last.</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="ArgumentException">There is no layer, or one is null.</exception>
    public static Parallel Concatenate(int axis, params Layer[] layers) =>
        new($"Concatenate({axis})", outputs => Ops.Concatenate(outputs, Checks.Axis(axis, outputs[0], nameof(Parallel))), layers);

    /// <summary>What a function makes of the outputs.</summary>
    /// <param name="combine">From outputs [batch, …], in the layers' order, to one [batch, …].</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="ArgumentException">An argument is null, or there is no layer.</exception>
    public static Parallel Combine(Func<IReadOnlyList<Tensor>, Tensor> combine, params Layer[] layers) =>
        new(nameof(Combine), combine, layers);

    /// <inheritdoc/>
    protected internal override string Title => $"Parallel.{_name}";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts(Shape input)
    {
        Require.NotNull(input, nameof(Parallel));
        return [.. Layers.Select((layer, i) => new Part(Checks.Path(i), layer, input))];
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var application = new Application(parameters, context);
        Tensor[] outputs = [.. Layers.Select((layer, i) => application.Of(Checks.Path(i), layer, x))];
        return application.To(Checks.NotNull(_combine(outputs), Title, "the outputs made one"));
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        foreach (var part in Parts(input))
            part.Output();
        return base.OutputShape(input);
    }

    /// <inheritdoc/>
    public bool Equals(Parallel? other) =>
        ReferenceEquals(this, other)
        || (other is not null && (_name, _combine).Equals((other._name, other._combine)) && Layers.SequenceEqual(other.Layers));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_name, Layers.Length, Layers[0]);

    private static Tensor Added(IReadOnlyList<Tensor> outputs)
    {
        foreach (var output in outputs)
            Require.That(
                output.Shape.Equals(outputs[0].Shape),
                $"[Parallel.Sum] got outputs {outputs[0].Shape} and {output.Shape}; expected one shape"
            );
        return outputs.Aggregate(Add);
    }
}
