using static AutoDiff.Ops;

namespace AutoDiff.Examples;

/// <summary>What stands between two layers.</summary>
public enum Nonlinearity
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
internal static class Nonlinearities
{
    public static Tensor Apply(this Nonlinearity activation, Tensor x) =>
        activation switch
        {
            Nonlinearity.Tanh => Tanh(x),
            Nonlinearity.Sigmoid => Sigmoid(x),
            Nonlinearity.Softplus => Softplus(x),
            Nonlinearity.Gelu => Gelu(x),
            Nonlinearity.Silu => Silu(x),
            Nonlinearity.Relu => Relu(x),
            Nonlinearity.Linear => x,
        };

    /// <summary>The slope at 0 where the activation is 0 and smooth there; else null.</summary>
    public static double? SlopeAtZero(this Nonlinearity activation) =>
        activation switch
        {
            Nonlinearity.Tanh or Nonlinearity.Linear => 1,
            Nonlinearity.Gelu or Nonlinearity.Silu => 0.5,
            Nonlinearity.Sigmoid or Nonlinearity.Softplus or Nonlinearity.Relu => null,
        };

    /// <summary>What is in the closed form's way where there is no such slope.</summary>
    public static string? TroubleAtZero(this Nonlinearity activation) =>
        activation switch
        {
            Nonlinearity.Tanh or Nonlinearity.Linear or Nonlinearity.Gelu or Nonlinearity.Silu => null,
            Nonlinearity.Sigmoid => "sigmoid(0) is 1/2, so that the output weights have a gradient there",
            Nonlinearity.Softplus => "softplus(0) is ln 2, so that the output weights have a gradient there",
            Nonlinearity.Relu => "relu has a kink there; the figures above hold with the convention relu'(0) = 0",
        };

    public static string Name(this Nonlinearity activation) => activation.ToString().ToLowerInvariant();
}
