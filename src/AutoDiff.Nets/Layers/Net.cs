namespace AutoDiff.Nets;

/// <summary>A layer for inputs of one shape: what is trained.</summary>
/// <remarks>A net is a function and its parameters are a tree: every transform, optimizer and curvature operator takes <c>parameters => loss(net.Apply(parameters, x))</c>.</remarks>
public sealed record Net
{
    /// <summary>A layer that takes inputs of a shape.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">The shape of one example.</param>
    /// <exception cref="ArgumentException">The shapes do not fit one another; the message names the layer.</exception>
    public Net(Layer layer, Shape input)
    {
        Require.NotNull(layer, nameof(Net));
        Require.NotNull(input, nameof(Net));
        (Layer, Input, Output) = (layer, input, layer.OutputShape(input));
    }

    /// <summary>The layer.</summary>
    public Layer Layer { get; }

    /// <summary>The shape of one example.</summary>
    public Shape Input { get; }

    /// <summary>The shape of one example's output.</summary>
    public Shape Output { get; }

    /// <summary>The net of layers one after another.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <param name="layers">The layers.</param>
    /// <exception cref="ArgumentException">The shapes do not fit one another; the message names the layer.</exception>
    public static Net Of(Shape input, params Layer[] layers) => new(new Sequential(layers), input);

    /// <summary>The parameters before training.</summary>
    /// <param name="key">The key of the draws: the same key, the same bits.</param>
    public TensorMap Init(Key key) => Layer.Init(key, Input);

    /// <summary>The state before training, as running statistics; empty for most nets.</summary>
    public TensorMap InitState() => Layer.InitState(Input);

    /// <summary>Its layers, their output shapes and numbers of parameters.</summary>
    public Summary Summary()
    {
        var rows = new List<SummaryRow>();
        Nets.Summary.Describe("", Layer, Input, rows);
        return new(Input, [.. rows]);
    }

    /// <summary>The outputs [batch, …] at inference of a net that keeps no state.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="x">The inputs [batch, …].</param>
    /// <exception cref="ArgumentException">The input or the parameters do not fit, or the net keeps a state: give its context.</exception>
    public Tensor Apply(TensorMap parameters, Tensor x) => Apply(parameters, x, Context.Inference()).Output;

    /// <summary>The outputs [batch, …] and the state after them.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="x">The inputs [batch, …].</param>
    /// <param name="context">Training or inference, key and state.</param>
    /// <exception cref="ArgumentException">The input, the parameters or the state do not fit.</exception>
    public Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Require.NotNull(x, nameof(Net));
        Require.That(
            x.Rank == Input.Rank + 1 && x.Shape.Without([0]).Equals(Input),
            $"[Net] got inputs {x.Shape}; expected [batch,{string.Join(',', Input)}]"
        );
        return Layer.Apply(parameters, x, context);
    }
}
