namespace AutoDiff.Nets;

/// <summary>A composite being applied: applies its parts, each with parameters, state and key of its own, and gathers their states.</summary>
/// <param name="parameters">The composite's parameters.</param>
/// <param name="context">The composite's context.</param>
public sealed class Application(TensorMap parameters, Context context)
{
    private readonly List<(string Path, TensorMap State)> _states = [];

    /// <summary>The output of the next part.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="x">Its inputs [batch, …].</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The inputs are a scalar, without a batch axis.</exception>
    /// <exception cref="LayerException">The inputs, the parameters or the state do not fit the part.</exception>
    public Tensor Of(string path, Layer layer, Tensor x)
    {
        Require.NotNull(path, nameof(Application));
        Require.NotNull(layer, nameof(Application));
        var part = new Part(path, layer, Checks.Example(x, nameof(Application)));
        var (output, state) = part.Named(() => layer.Apply(parameters.Part(path), x, context.Part(path, _states.Count)));
        _states.Add((path, state));
        return output;
    }

    /// <summary>What the composite makes of its input, with the states of its parts.</summary>
    /// <param name="output">The output [batch, …].</param>
    public Applied To(Tensor output) => new(output, TensorMap.Join([.. _states]));
}
