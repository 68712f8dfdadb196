using static AutoDiff.Ops;

namespace AutoDiff.Examples;

/// <summary>What stands between two layers.</summary>
public enum Activation
{
    Tanh,
    Sigmoid,
    Softplus,
    Gelu,
    Silu,
    Relu,
    Linear,
}

/// <summary>The activations' tables.</summary>
internal static class Activations
{
    public static Tensor Apply(this Activation activation, Tensor x) =>
        activation switch
        {
            Activation.Tanh => Tanh(x),
            Activation.Sigmoid => Sigmoid(x),
            Activation.Softplus => Softplus(x),
            Activation.Gelu => Gelu(x),
            Activation.Silu => Silu(x),
            Activation.Relu => Relu(x),
            Activation.Linear => x,
        };

    /// <summary>The slope at 0, where the activation is 0 and smooth there; else null.</summary>
    public static double? SlopeAtZero(this Activation activation) =>
        activation switch
        {
            Activation.Tanh => 1,
            Activation.Sigmoid => null, // ½ at 0
            Activation.Softplus => null, // ln 2 at 0
            Activation.Gelu => 0.5,
            Activation.Silu => 0.5,
            Activation.Relu => null, // a kink at 0
            Activation.Linear => 1,
        };

    public static string Name(this Activation activation) => activation.ToString().ToLowerInvariant();
}
