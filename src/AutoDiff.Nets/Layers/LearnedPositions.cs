namespace AutoDiff.Nets;

/// <summary>Adds to [batch, time, features] a parameter <c>positions</c> [time, features], which tells the times apart.</summary>
/// <remarks>Begins normal with a standard deviation of 0.02 (Devlin et al. 2018, 1810.04805), unless another start is set. A shorter sequence takes the first positions.</remarks>
public sealed record LearnedPositions : Layer
{
    /// <summary>The initial positions.</summary>
    /// <exception cref="ArgumentException">They are null.</exception>
    public Initializer Start
    {
        get;
        init => field = Checks.NotNull(value, nameof(LearnedPositions), "the initial positions");
    } = Initializers.Normal(0.02);

    /// <inheritdoc/>
    public override TensorMap Init(Key key, Shape input)
    {
        Require.NotNull(key, nameof(LearnedPositions));
        Require.That(input is { Rank: 2 }, $"[LearnedPositions] got examples of shape {input}; expected [time,features]");
        return TensorMap.Of(("positions", Start.Draw(key, input, new(input[0], input[1]))));
    }

    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Require.NotNull(parameters, nameof(LearnedPositions));
        Require.NotNull(x, nameof(LearnedPositions));
        var positions = parameters["positions"];
        Require.That(
            x.Rank == 3 && x.Shape[1] <= positions.Shape[0] && x.Shape[2] == positions.Shape[1],
            $"[LearnedPositions] got inputs {x.Shape}; expected [batch,time,{positions.Shape[1]}] of at most {positions.Shape[0]} times"
        );
        return x + positions[..x.Shape[1]];
    }
}
