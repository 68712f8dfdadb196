using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>A linear variational autoencoder (Kingma, Welling 1312.6114), whose bound has a closed form: x = W·z + noise, q(z|x) = N(V·x, diag(e²ˢ)).</summary>
public sealed partial class VariationalAutoencoder
{
    private const int Samples = 4000;
    private const double Noise = 0.5;
    private static readonly Tensor _x = Waves.Of(2, 3);

    [TensorTree]
    private sealed partial record Coders(Tensor Decoder, Tensor Encoder, Tensor LogScale);

    private static readonly Coders _coders = new(Waves.Of(10, 3, 2), 0.5 * Waves.Of(20, 2, 3), Tensor.Of([-0.5, -1]));

    private static Tensor Product(Tensor matrix, Tensor vector) => Einsum("ij,j->i", matrix, vector);

    private static Tensor Divergence(Coders c, Tensor mean) => Sum(Exp(2 * c.LogScale) + Square(mean) - 1 - (2 * c.LogScale)) / 2;

    private static Tensor Sampled(Coders c, Key key)
    {
        var mean = Product(c.Encoder, _x);
        var z = mean + (Exp(c.LogScale) * key.Normal([2]));
        return -(Sum(Square(_x - Product(c.Decoder, z))) / (2 * Noise)) - Divergence(c, mean);
    }

    private static Tensor Exact(Coders c)
    {
        var mean = Product(c.Encoder, _x);
        var spread = Sum(Square(c.Decoder) * Exp(2 * c.LogScale));
        return -((Sum(Square(_x - Product(c.Decoder, mean))) + spread) / (2 * Noise)) - Divergence(c, mean);
    }

    /// <summary>Gradients through the draw are those of the closed form on average: each element within five standard errors.</summary>
    [Fact]
    public void GradientsThroughTheDrawAreUnbiased()
    {
        var gradients = Compile<Key, Coders>(Vmap((Key key) => Grad<Coders>(c => Sampled(c, key), _coders)))
            .Invoke(Key.Of(5).SplitBatch(Samples));
        var exact = TreeMath.Leaves(Grad<Coders>(Exact, _coders));
        foreach (var (sampled, expected) in TreeMath.Leaves(gradients).Zip(exact))
        {
            var error = Abs(Mean(sampled, 0) - expected);
            var standardError = StandardDeviation(sampled, 0) / Math.Sqrt(Samples);
            Assert.All((error - (5 * standardError)).ToArray(), excess => Assert.True(excess <= 1e-12));
        }
    }
}
