namespace AutoDiff.Nets;

/// <summary>A layer: a value with two pure functions, <see cref="Init"/> and <see cref="Apply(TensorMap, Tensor, Context)"/>. Layers compose into layers.</summary>
/// <remarks>Inputs and outputs have a leading batch axis; shapes that layers speak of are those of one example, without it.</remarks>
public abstract record Layer
{
    /// <summary>The parameters before training, by names as <c>weight</c>; none unless overridden.</summary>
    /// <param name="key">The key of the draws: the same key, the same bits.</param>
    /// <param name="input">The shape of one example.</param>
    /// <exception cref="ArgumentException">The layer takes no such input.</exception>
    public virtual TensorMap Init(Key key, Shape input) => TensorMap.Empty;

    /// <summary>The state before training, as running statistics; none unless overridden.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <exception cref="ArgumentException">The layer takes no such input.</exception>
    public virtual TensorMap InitState(Shape input) => TensorMap.Empty;

    /// <summary>The output for a batch, and the state after it.</summary>
    /// <param name="parameters">Parameters of <see cref="Init"/>'s structure.</param>
    /// <param name="x">The inputs [batch, …].</param>
    /// <param name="context">Training or inference, key and state.</param>
    /// <exception cref="ArgumentException">The layer takes no such input, or a parameter or a part of the state is missing.</exception>
    public abstract Applied Apply(TensorMap parameters, Tensor x, Context context);

    /// <summary>What summaries and messages call it: its type's name, with its main numbers unless that says all.</summary>
    protected internal virtual string Title => GetType().Name;

    /// <summary>The shape of one example's output.</summary>
    /// <param name="input">The shape of one example.</param>
    /// <remarks>Found by applying the layer to two examples, which builds graph and computes nothing; a layer overrides it only to say more clearly what does not fit.</remarks>
    /// <exception cref="ArgumentException">The layer takes no such input, or its output has another batch axis than its input.</exception>
    public virtual Shape OutputShape(Shape input)
    {
        Require.NotNull(input, GetType().Name);
        return OutputOf(input, x => Apply(Init(Key.Of(0), input), x, Context.Inference(InitState(input))).Output);
    }

    /// <summary>The shape of one example's output by a function of batches.</summary>
    private protected Shape OutputOf(Shape input, Func<Tensor, Tensor> function)
    {
        const int examples = 2;
        var output = function(Tensor.Zeros(input.Insert(0, examples))).Shape;
        Require.That(
            output.Rank > 0 && output[0] == examples,
            $"[{GetType().Name}] gave {output} for {examples} examples of {input}; expected a leading batch axis of {examples}"
        );
        return output.Without([0]);
    }
}
