using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>A layer whose weight is divided by its largest singular value σ, estimated by power iteration: as a map of Euclidean spaces it then stretches nothing.</summary>
/// <remarks>
/// <para>
/// The weight counts as a matrix M [outputs, all else]. State: the layer's, with <c>weight.left</c> u [outputs] and <c>weight.right</c> v [all else]. Training first iterates
/// u ← M·v ⁄ ‖M·v‖, v ← Mᵀ·u ⁄ ‖Mᵀ·u‖ and returns these; inference leaves them. σ = uᵀ·M·v, where u and v are constants to the derivative: exact in the first order once they have
/// converged, and in higher ones the derivative of that function. As PyTorch's <c>spectral_norm</c>.
/// </para>
/// <para>
/// A state begins with the same draws whatever the weights, so σ means nothing before the first training call: apply the net to any batch in training some times, keeping only the
/// state, to begin where PyTorch does (15 iterations). A weight of zeros stays. T. Miyato and others, "Spectral normalization for generative adversarial networks" (2018), algorithm 1.
/// </para>
/// </remarks>
/// <param name="Layer">A layer with a parameter <c>weight</c> of two axes or more.</param>
public sealed record SpectralNormalized(Layer Layer) : Layer
{
    private const double Smallest = 1e-12; // PyTorch's bound of a norm that is divided by

    /// <summary>A layer with a parameter <c>weight</c> of two axes or more.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Layer Layer
    {
        get;
        init => field = Normalizing.NotNull(value, nameof(SpectralNormalized));
    } = Normalizing.NotNull(Layer, nameof(SpectralNormalized));

    /// <summary>The axis of the weight that counts outputs; null, unless set, is the last of a matrix [inputs, units] and else the first, as of kernels [outputs, …].</summary>
    public int? Axis { get; init; }

    /// <summary>How many iterations a training call makes, at least 1; 1 unless set, as PyTorch's.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Iterations
    {
        get;
        init => field = Checks.Positive(value, nameof(SpectralNormalized), "iterations");
    } = 1;

    /// <inheritdoc/>
    protected internal override string Title => $"SpectralNormalized({Layer.Title})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        var parameters = Layer.Init(key, input);
        Reweighted.Required(parameters, Layer, nameof(SpectralNormalized));
        return parameters;
    }

    /// <inheritdoc/>
    public override TensorMap InitState(Shape input)
    {
        var key = Key.Of(0);
        var matrix = Matrix(Init(key, input)["weight"]);
        return Reweighted.With(
            Layer.InitState(input),
            ("weight.left", Unit(key.FoldIn(0).Normal([matrix.Shape[0]]))),
            ("weight.right", Unit(key.FoldIn(1).Normal([matrix.Shape[1]])))
        );
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(context);
        var weight = Reweighted.Required(parameters, Layer, nameof(SpectralNormalized));
        var matrix = Matrix(weight);
        var u = Normalizing.Running(context, "weight.left", nameof(SpectralNormalized));
        var v = Normalizing.Running(context, "weight.right", nameof(SpectralNormalized));
        if (context.IsTraining)
        {
            var constant = StopGradient(matrix);
            for (var i = 0; i < Iterations; i++)
            {
                u = Unit(MatMul(constant, v));
                v = Unit(MatMul(u, constant));
            }
        }
        var largest = Sum(u * MatMul(matrix, v));
        var inner = Reweighted.With(parameters, (Reweighted.Weight, weight / Where(Equal(largest, 0), 1, largest)));
        var (output, state) = Layer.Apply(inner, x, context);
        return new(output, Reweighted.With(state, ("weight.left", u), ("weight.right", v)));
    }

    private static Tensor Unit(Tensor vector) => vector / Maximum(Norm(vector), Smallest);

    private Tensor Matrix(Tensor weight)
    {
        var axis = Reweighted.OutputAxis(Axis, weight.Shape, nameof(SpectralNormalized));
        return Reshape(MoveAxis(weight, axis, 0), weight.Shape[axis], weight.Shape.Size / weight.Shape[axis]);
    }
}
