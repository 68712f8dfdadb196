using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>A layer whose weight is a length times a direction, output by output: weight = g·v ⁄ ‖v‖.</summary>
/// <remarks>
/// Parameters: the layer's, with <c>weight.direction</c> v of the weight's shape and <c>weight.length</c> g [outputs] in place of <c>weight</c>; they begin at the layer's own weight and its
/// norms, so the layer begins as it would without. ‖v‖ is over all axes but that of the outputs. A direction of zeros gives a weight of zeros. As PyTorch's <c>weight_norm</c>
/// (whose length keeps the other axes, at length 1). T. Salimans, D. P. Kingma, "Weight normalization" (2016), equation 2.
/// </remarks>
/// <param name="Layer">A layer with a parameter <c>weight</c> of two axes or more.</param>
public sealed record WeightNormalized(Layer Layer) : Layer
{
    /// <summary>A layer with a parameter <c>weight</c> of two axes or more.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Layer Layer
    {
        get;
        init => field = Normalizing.NotNull(value, nameof(WeightNormalized));
    } = Normalizing.NotNull(Layer, nameof(WeightNormalized));

    /// <summary>The axis of the weight that counts outputs; null, unless set, is the last of a matrix [inputs, units] and else the first, as of kernels [outputs, …].</summary>
    public int? Axis { get; init; }

    /// <inheritdoc/>
    protected internal override string Title => $"WeightNormalized({Layer.Title})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        var parameters = Layer.Init(key, input);
        var weight = Reweighted.Required(parameters, Layer, nameof(WeightNormalized));
        var (_, over) = Axes(weight.Shape);
        return Reweighted.With(parameters, ("weight.direction", weight), ("weight.length", Norm(weight, over)));
    }

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input) => Layer.InitState(input);

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var direction = parameters["weight.direction"];
        var (axis, over) = Axes(direction.Shape);
        var norm = Norm(direction, over);
        var factor = parameters["weight.length"] / Where(Equal(norm, 0), 1, norm);
        var weight = direction * Reweighted.PerOutput(factor, direction.Shape, axis);
        return Layer.Apply(Reweighted.With(parameters, (Reweighted.Weight, weight)), x, context);
    }

    private (int Outputs, int[] Others) Axes(Shape weight)
    {
        var axis = Reweighted.OutputAxis(Axis, weight, nameof(WeightNormalized));
        return (axis, Normalizing.Except(weight.Rank, axis));
    }
}
