using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Each example in another shape, its elements in the same order: [batch, …] → [batch, lengths…].</summary>
public sealed record Reshape : Layer
{
    /// <summary>Examples of a shape.</summary>
    /// <param name="lengths">The lengths without the batch axis; one may be −1: what is left.</param>
    /// <exception cref="ArgumentException">A length is below −1, or two are −1.</exception>
    public Reshape(params Ints lengths) => Lengths = lengths;

    /// <summary>The lengths without the batch axis.</summary>
    /// <exception cref="ArgumentException">A length is below −1, or two are −1.</exception>
    public Ints Lengths
    {
        get;
        init
        {
            Require.NotNull(value, nameof(Reshape));
            Require.That(
                value.All(length => length >= -1) && value.Count(length => length == -1) < 2,
                $"[Reshape] got lengths {value}; expected none negative but one −1"
            );
            field = value;
        }
    }

    /// <inheritdoc/>
    protected internal override string Title => $"Reshape({string.Join(", ", Lengths)})";

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        var example = Checks.Example(x, nameof(Reshape));
        var known = Lengths.Where(length => length >= 0).Aggregate(1L, (product, length) => product * length);
        var fits = Lengths.Contains(-1) ? known > 0 && example.Size % known == 0 : known == example.Size;
        Require.That(fits, $"[Reshape] got examples of shape {example}; expected as many elements as {Lengths} has");
        return ReshapeTo(x, [x.Shape[0], .. Lengths.Select(length => length >= 0 ? length : (int)(example.Size / known))]);
    }
}
