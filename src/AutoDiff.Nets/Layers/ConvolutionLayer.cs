using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>What convolutions along any number of axes share, transposed ones among them.</summary>
/// <remarks>
/// Parameters: <c>weight</c> and <c>bias</c> [outputs]. Both begin uniform in ±1 ⁄ √fan, the fan being the weight's second axis times the window, as PyTorch's do.
/// </remarks>
public abstract record ConvolutionLayer : Layer
{
    private protected ConvolutionLayer(int outputs) => Outputs = outputs;

    /// <summary>The number of output channels.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Outputs
    {
        get;
        init => field = Checks.Positive(value, GetType().Name, "outputs");
    }

    /// <summary>How many groups channels and outputs are divided into, each by itself; as many as channels make the convolution depthwise.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Groups
    {
        get;
        init => field = Checks.Positive(value, GetType().Name, "groups");
    } = 1;

    /// <summary>What is put round the input; none unless set. Of a transposed convolution: what is cut off its output.</summary>
    /// <exception cref="ArgumentException">It is null.</exception>
    public Padding Padding
    {
        get;
        init => field = Checks.NotNull(value, GetType().Name, "the padding");
    } = Padding.None;

    /// <summary>Whether there is a bias.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>Initial weights.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer Weight
    {
        get;
        init => field = Checks.NotNull(value, GetType().Name, "the initial weights");
    } = Initializers.FanIn;

    /// <summary>Initial biases.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer BiasStart
    {
        get;
        init => field = Checks.NotNull(value, GetType().Name, "the initial biases");
    } = Initializers.FanIn;

    /// <inheritdoc/>
    protected internal override string Title => $"{GetType().Name}({Outputs}, {string.Join('×', Sizes)})";

    private protected abstract Ints Sizes { get; }

    private protected abstract Ints Strides { get; }

    private protected abstract Ints Dilations { get; }

    /// <summary>The parameters: a kernel of the given first axes, and the outputs' biases.</summary>
    private protected TensorMap Start(Key key, int first, int second, Fans fans)
    {
        var weight = ("weight", Weight.Draw(key.FoldIn(0), [first, second, .. Sizes], fans));
        return Bias ? TensorMap.Of(weight, ("bias", BiasStart.Draw(key.FoldIn(1), [Outputs], fans))) : TensorMap.Of(weight);
    }

    /// <summary>The number of channels of one example, which groups divide as they divide the outputs.</summary>
    private protected int Channels(Shape input)
    {
        Checks.Lengths(input, Sizes.Count, GetType().Name);
        Require.That(
            input[0] % Groups == 0 && Outputs % Groups == 0,
            $"[{GetType().Name}] got {input[0]} channels of {input} and {Outputs} outputs in {Groups} groups; expected groups that divide both"
        );
        return input[0];
    }

    private protected double Taps => Sizes.Aggregate(1.0, (product, length) => product * length);

    private protected Tensor WithBias(Tensor y, TensorMap parameters) =>
        Bias ? y + ReshapeTo(parameters["bias"], [Outputs, .. Enumerable.Repeat(1, Sizes.Count)]) : y;
}
