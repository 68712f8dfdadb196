using System.Collections.Immutable;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Layers side by side, in parallel: each gets the input, and their outputs are made one.</summary>
/// <remarks>Parameters and state of layer i lie below <c>layers.i</c>.</remarks>
public sealed record Branch : Composite
{
    // Neither is the sum.
    private readonly int? _axis;
    private readonly Func<IReadOnlyList<Tensor>, Tensor>? _combine;

    private Branch(Layer[] layers, int? axis, Func<IReadOnlyList<Tensor>, Tensor>? combine)
    {
        (Layers, _axis, _combine) = (Checks.Layers(layers, nameof(Branch)), axis, combine);
        Require.That(Layers.Length > 0, $"[Branch] got no layers; expected at least one");
    }

    /// <summary>The layers.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The sum of the outputs, which have one shape.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one is null.</exception>
    public static Branch Sum(params Layer[] layers) => new(layers, null, null);

    /// <summary>The outputs one after another along an axis.</summary>
    /// <param name="axis">The axis of one example: 0 are the channels of images; negative axes count from the last.</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="ArgumentException">There is no layer, or one is null.</exception>
    public static Branch Concatenate(int axis, params Layer[] layers) => new(layers, axis, null);

    /// <summary>What a function makes of the outputs.</summary>
    /// <param name="combine">From outputs [batch, …], in the layers' order, to one [batch, …].</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="ArgumentException">An argument is null, or there is no layer.</exception>
    public static Branch Combine(Func<IReadOnlyList<Tensor>, Tensor> combine, params Layer[] layers) =>
        new(layers, null, Checks.NotNull(combine, nameof(Branch), "the function"));

    /// <inheritdoc/>
    protected internal override string Title =>
        _combine is not null ? "Branch.Combine"
        : _axis is { } axis ? $"Branch.Concatenate({axis})"
        : "Branch.Sum";

    /// <inheritdoc/>
    public override IReadOnlyList<Part> Parts(Shape input)
    {
        Require.NotNull(input, nameof(Branch));
        return [.. Layers.Select((layer, i) => new Part(Checks.Path(i), layer, input))];
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var application = new Application(parameters, context);
        Tensor[] outputs = [.. Layers.Select((layer, i) => application.Of(Checks.Path(i), layer, x))];
        return application.To(Merged(outputs));
    }

    /// <inheritdoc/>
    public override Shape OutputShape(Shape input)
    {
        Shape[] outputs = [.. Parts(input).Select(part => part.Output())];
        return OutputOf(input, x => Merged([.. outputs.Select(output => Tensor.Zeros(output.Insert(0, x.Shape[0])))]));
    }

    /// <inheritdoc/>
    public bool Equals(Branch? other) =>
        ReferenceEquals(this, other)
        || (other is not null && (_axis, _combine).Equals((other._axis, other._combine)) && Layers.SequenceEqual(other.Layers));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_axis, Layers.Length, Layers[0]);

    private Tensor Merged(IReadOnlyList<Tensor> outputs) =>
        _combine is not null ? Checks.NotNull(_combine(outputs), Title, "the outputs made one")
        : _axis is { } axis ? Ops.Concatenate(outputs, Checks.Axis(axis, outputs[0], nameof(Branch)))
        : Added(outputs);

    private static Tensor Added(IReadOnlyList<Tensor> outputs)
    {
        foreach (var output in outputs)
            Require.That(
                output.Shape.Equals(outputs[0].Shape),
                $"[Branch.Sum] got outputs {outputs[0].Shape} and {output.Shape}; expected one shape"
            );
        return outputs.Aggregate(Add);
    }
}
