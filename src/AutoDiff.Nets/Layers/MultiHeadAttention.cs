using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Self-attention with several heads over [batch, time, features]: each head looks with its own part of the queries, keys and values.</summary>
/// <remarks>
/// Vaswani et al. 2017 (1706.03762), section 3.2.2, as PyTorch's <c>MultiheadAttention</c> with <c>batch_first</c>. Parameters: <c>input.weight</c> [features, 3·features], for queries, keys
/// and values side by side, <c>input.bias</c> [3·features], <c>output.weight</c> [features, features] and <c>output.bias</c> [features]; the weights are the transposes of its
/// <c>in_proj_weight</c> and <c>out_proj.weight</c>. They begin as there: the first by Xavier over the whole, the second uniform in ±1 ⁄ √features, biases 0.
/// The part of the bias that is the keys' shifts all scores of a query alike: in it no loss changes.
/// </remarks>
public sealed record MultiHeadAttention : Layer
{
    /// <summary>Self-attention.</summary>
    /// <param name="heads">The number of heads, above 0, that divides the features.</param>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public MultiHeadAttention(int heads) => Heads = heads;

    /// <summary>The number of heads.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public int Heads
    {
        get;
        init => field = Checks.Positive(value, nameof(MultiHeadAttention), "heads");
    }

    /// <summary>Whether a time looks only at itself and those before.</summary>
    public bool Causal { get; init; }

    /// <summary>Whether there are biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>The probability with which, in training, a weight of a value is 0; the others are divided by one minus it.</summary>
    /// <exception cref="ArgumentException">It is outside [0, 1].</exception>
    public double Dropout
    {
        get;
        init => field = Checks.Probability(value, nameof(MultiHeadAttention), "dropout");
    }

    /// <inheritdoc/>
    protected internal override string Title => $"MultiHeadAttention({Heads})";

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, nameof(MultiHeadAttention));
        Require.That(input is { Rank: 2 }, $"[MultiHeadAttention] got examples of shape {input}; expected [time,features]");
        var features = input[1];
        RequireDivided(features);
        var bound = Math.Sqrt(6.0 / (4 * Math.Max(1, features)));
        var weight = key.FoldIn(0).Uniform([features, 3 * features], -bound, bound);
        var output = Initializers.FanIn.Draw(key.FoldIn(1), [features, features], new(features, features));
        return Bias
            ? TensorMap.Of(
                ("input.weight", weight),
                ("input.bias", Tensor.Zeros([3 * features])),
                ("output.weight", output),
                ("output.bias", Tensor.Zeros([features]))
            )
            : TensorMap.Of(("input.weight", weight), ("output.weight", output));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Require.NotNull(parameters, nameof(MultiHeadAttention));
        Require.NotNull(x, nameof(MultiHeadAttention));
        Require.NotNull(context, nameof(MultiHeadAttention));
        Require.That(x.Rank == 3, $"[MultiHeadAttention] got inputs {x.Shape}; expected [batch,time,features]");
        var (batch, time, features) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        RequireDivided(features);
        var projected = Projected(parameters, "input", Reshape(x, batch * time, features), 3 * features);
        // [batch, time, 3, heads, features of a head] → queries, keys and values [batch, heads, time, features of a head]
        var parts = Transpose(Reshape(projected, batch, time, 3, Heads, features / Heads), 2, 0, 3, 1, 4);
        var (queries, keys, values) = (parts[0], parts[1], parts[2]);
        var scores = Attention.Scores(queries, keys, values);
        var weights = Causal ? Attention.Seen(scores, Attention.CausalMask(time)) : Softmax(scores);
        weights = AutoDiff.Nets.Dropout.Masked(weights, weights.Shape, Dropout, context.Part("dropout", 0), nameof(MultiHeadAttention));
        var together = Reshape(SwapAxes(MatMul(weights, values), 1, 2), batch * time, features);
        return Reshape(Projected(parameters, "output", together, features), batch, time, features);
    }

    private Tensor Projected(TensorMap parameters, string name, Tensor rows, int columns)
    {
        var product = MatMul(rows, Fitting("weight", [rows.Shape[1], columns]));
        return Bias ? product + Fitting("bias", [columns]) : product;

        Tensor Fitting(string part, Shape shape)
        {
            var found = parameters[$"{name}.{part}"];
            Require.That(
                found.Shape.Equals(shape),
                $"[MultiHeadAttention] \"{name}.{part}\" has shape {found.Shape}; expected {shape} for inputs of {rows.Shape[1]} features"
            );
            return found;
        }
    }

    private void RequireDivided(int features) =>
        Require.That(
            features > 0 && features % Heads == 0,
            $"[MultiHeadAttention] got {features} features; expected a multiple of {Heads}, the number of heads"
        );
}
