namespace AutoDiff.Nets;

/// <summary>All that a net is besides its layers.</summary>
/// <param name="Parameters">What is trained.</param>
/// <param name="State">What training steps return without training it, as running statistics; empty for most nets.</param>
[TensorTree]
public sealed partial record Variables(TensorMap Parameters, TensorMap State)
{
    /// <summary>The variables of a net before training, computed.</summary>
    /// <param name="net">The net.</param>
    /// <param name="key">The key of the draws: the same key, the same bits.</param>
    public static Variables Init(Net net, Key key)
    {
        Require.NotNull(net, nameof(Variables));
        return Transforms.Evaluate(new Variables(net.Init(key), net.InitState()));
    }
}
