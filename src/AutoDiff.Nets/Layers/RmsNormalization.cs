using static AutoDiff.Nets.Normalizing;
using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Normalization by the root of the mean square: y = x ⁄ √(mean of x² + ε)·γ over each example's last axes; no mean is subtracted.</summary>
/// <remarks>Parameters: <c>scale</c> γ = 1, of the shape of the axes normalized. Zeros stay 0. B. Zhang, R. Sennrich, "Root mean square layer normalization" (2019).</remarks>
public sealed record RmsNormalization : Layer
{
    /// <summary>How many axes, the last ones of an example, are normalized together: at least 1; 1 unless set.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Axes
    {
        get;
        init => field = Checks.Positive(value, nameof(RmsNormalization), "axes");
    } = 1;

    /// <summary>ε, added to the mean square: finite, at least 0; 1e-6 unless set, as in T5.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(RmsNormalization), "epsilon");
    } = 1e-6;

    /// <summary>Whether there is γ.</summary>
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        var shape = LastAxes(input, Axes, nameof(RmsNormalization));
        return Affine ? TensorMap.Of(("scale", Tensor.Ones(shape))) : TensorMap.Empty;
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        LastAxes(x.Shape.Without([0]), Axes, nameof(RmsNormalization));
        var square = Mean(Square(x), Enumerable.Range(x.Rank - Axes, Axes).ToArray(), keepDims: true);
        return Scaled(x * (1 / Sqrt(square + Epsilon)), Affine ? parameters["scale"] : null);
    }
}
