using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>A dense layer y = x·W + b over the last axis; leading axes are a batch.</summary>
/// <remarks>Parameters: <c>weight</c> [inputs, units] and <c>bias</c> [units]. Both begin uniform in ±1 ⁄ √inputs, as PyTorch's <c>Linear</c> does (whose weight is the transpose).</remarks>
/// <param name="Units">The number of outputs, above 0.</param>
public sealed record Dense(int Units) : Layer
{
    /// <summary>The number of outputs.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Units
    {
        get;
        init => field = Checks.Positive(value, nameof(Dense), "units");
    } = Checks.Positive(Units, nameof(Dense), "units");

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Initial weights.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer Weight
    {
        get;
        init => field = Checks.NotNull(value, nameof(Dense), "the initial weights");
    } = Initializers.FanIn;

    /// <summary>Initial biases.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer BiasStart
    {
        get;
        init => field = Checks.NotNull(value, nameof(Dense), "the initial biases");
    } = Initializers.FanIn;

    /// <inheritdoc/>
    protected internal override string Title => $"Dense({Units})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, nameof(Dense));
        Require.That(
            input is { Rank: > 0 },
            $"[Dense] got examples of shape {input}; expected at least one axis, the last of which are the inputs"
        );
        var fans = new Fans(input[-1], Units);
        var weight = Weight.Draw(key.FoldIn(0), [input[-1], Units], fans);
        return Bias
            ? TensorMap.Of(("weight", weight), ("bias", BiasStart.Draw(key.FoldIn(1), [Units], fans)))
            : TensorMap.Of(("weight", weight));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var product = MatMul(x, parameters["weight"]);
        return Bias ? product + parameters["bias"] : product;
    }
}
