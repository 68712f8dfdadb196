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

    /// <summary>The slope at 0 where the activation is 0 and smooth there; else null.</summary>
    public static double? SlopeAtZero(this Activation activation) =>
        activation switch
        {
            Activation.Tanh or Activation.Linear => 1,
            Activation.Gelu or Activation.Silu => 0.5,
            Activation.Sigmoid or Activation.Softplus or Activation.Relu => null,
        };

    /// <summary>What is in the closed form's way where there is no such slope.</summary>
    public static string? TroubleAtZero(this Activation activation) =>
        activation switch
        {
            Activation.Tanh or Activation.Linear or Activation.Gelu or Activation.Silu => null,
            Activation.Sigmoid => "sigmoid(0) is 1/2, so that the output weights have a gradient there",
            Activation.Softplus => "softplus(0) is ln 2, so that the output weights have a gradient there",
            Activation.Relu => "relu has a kink there; the figures above hold with the convention relu'(0) = 0",
        };

    public static string Name(this Activation activation) => activation.ToString().ToLowerInvariant();
}
