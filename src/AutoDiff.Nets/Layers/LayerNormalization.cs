using static AutoDiff.Nets.Normalizing;

namespace AutoDiff.Nets;

/// <summary>Layer normalization: y = (x − μ) ⁄ √(σ² + ε)·γ + β with mean and biased variance of each example's last axes, in training and inference alike.</summary>
/// <remarks>
/// Parameters: <c>scale</c> γ = 1 and <c>shift</c> β = 0, of the shape of the axes normalized. As PyTorch's <c>LayerNorm</c>. Where all values are the same, as a single one is,
/// the output is β. J. L. Ba, J. R. Kiros, G. E. Hinton, "Layer normalization" (2016).
/// </remarks>
public sealed record LayerNormalization : Layer
{
    /// <summary>How many axes, the last ones of an example, are normalized together: at least 1; 1 unless set.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Axes
    {
        get;
        init => field = Checks.Positive(value, nameof(LayerNormalization), "axes");
    } = 1;

    /// <summary>ε, added to the variance: finite, at least 0; 1e-5 unless set, as PyTorch's.</summary>
    /// <exception cref="ArgumentException">It is out of range.</exception>
    public double Epsilon
    {
        get;
        init => field = NotNegative(value, nameof(LayerNormalization), "epsilon");
    } = 1e-5;

    /// <summary>Whether there are γ and β.</summary>
    public bool Affine { get; init; } = true;

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input) => ScaleAndShift(Affine, LastAxes(input, Axes, nameof(LayerNormalization)));

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(x);
        LastAxes(x.Shape.Without([0]), Axes, nameof(LayerNormalization));
        var (mean, variance) = Moments(x, [.. Enumerable.Range(x.Rank - Axes, Axes)]);
        return Normalized(x, mean, variance, Epsilon, Affine ? parameters["scale"] : null, Affine ? parameters["shift"] : null);
    }
}
