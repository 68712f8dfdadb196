using System.Numerics.Tensors;
using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>A mixture of Gaussians by the factors of its inverse covariances.</summary>
/// <param name="Weights">[components]: logarithms, not normalized.</param>
/// <param name="Means">[components, dimensions].</param>
/// <param name="Logarithms">[components, dimensions]: those of the factors' diagonals.</param>
/// <param name="Below">[components, dimensions·(dimensions − 1)/2]: the factors below their diagonals, row by row.</param>
[TensorTree]
internal sealed partial record Mixture(Tensor Weights, Tensor Means, Tensor Logarithms, Tensor Below);

/// <summary>A Gaussian mixture's log-likelihood, and with its gradient in all parameters.</summary>
internal static class MixtureRows
{
    public const string Name = "mixture";

    private const int Points = 1000;

    private static readonly (int Dimensions, int Components)[] Sizes = [(32, 25), (64, 100)];

    public static IEnumerable<Row> Of(int threads) =>
        Sizes.SelectMany(size => Rows(size.Dimensions, size.Components, new() { Threads = threads }));

    private static IEnumerable<Row> Rows(int dimensions, int components, CompileOptions options)
    {
        var keys = Key.Of(8).Split(5);
        var at = Transforms.Evaluate(
            new Pair<Mixture, Tensor>(
                new(
                    keys[0].Normal([components]),
                    keys[1].Normal([components, dimensions]),
                    keys[2].Normal([components, dimensions]) * 0.1,
                    keys[3].Normal([components, dimensions * (dimensions - 1) / 2]) * 0.1
                ),
                keys[4].Normal([Points, dimensions])
            )
        );
        var value = Call.Of((Pair<Mixture, Tensor> x) => LogLikelihood(x.First, x.Second), at, options);
        var gradient = Call.Of(
            (Pair<Mixture, Tensor> x) =>
            {
                var (likelihood, slope) = Transforms.ValueAndGrad(mixture => LogLikelihood(mixture, x.Second), x.First);
                return new Pair<Tensor, Mixture>(likelihood, slope);
            },
            at,
            options
        );
        string[] names = [$"log-likelihood {components} of {dimensions}", $"log-likelihood and gradient {components} of {dimensions}"];
        return [Row.Of(names[0], value, () => value.Verify(names[0])), Row.Of(names[1], gradient, VerifyGradient)];

        void VerifyGradient()
        {
            var values = gradient.Values();
            double[][] direction = [.. value.Inputs[..4].Select(leaf => Array.ConvertAll(leaf, x => 0.1 + Math.Sin(10 * x)))];
            var slope = TensorPrimitives.Dot<double>(values.AsSpan()[1..], direction.SelectMany(x => x).ToArray());
            Check.Derivative(names[1], value, direction, [slope]);
            Check.Close(names[1], value.Values(), values.AsSpan()[..1], 1e-12);
        }
    }

    /// <summary>Σᵢ ln Σₖ exp(αₖ + ln det Lₖ − ‖Lₖ(xᵢ − μₖ)‖²/2) − n·ln Σₖ exp αₖ for points x [n, d], constants left out.</summary>
    private static Tensor LogLikelihood(Mixture mixture, Tensor x)
    {
        var (components, dimensions) = (mixture.Means.Shape[0], mixture.Means.Shape[1]);
        var factors = Reshape(
            Gather(Concatenate([Tensor.Zeros([components, 1]), Exp(mixture.Logarithms), mixture.Below], 1), Places(dimensions), 1),
            components * dimensions,
            dimensions
        );
        var means = Reshape(
            MatMul(Reshape(factors, components, dimensions, dimensions), ExpandDims(mixture.Means, 2)),
            components * dimensions
        );
        var whitened = Reshape(MatMul(x, Transpose(factors)) - means, x.Shape[0], components, dimensions);
        var terms = mixture.Weights + Sum(mixture.Logarithms, 1) - (0.5 * Sum(Square(whitened), 2));
        return Sum(LogSumExp(terms, 1)) - (x.Shape[0] * LogSumExp(mixture.Weights));
    }

    /// <summary>Where the elements of a lower triangular matrix lie among a zero, its diagonal, and its rows below that.</summary>
    private static Tensor Places(int dimensions)
    {
        var places = new double[dimensions * dimensions];
        for (var row = 0; row < dimensions; row++)
        {
            for (var column = 0; column <= row; column++)
                places[(row * dimensions) + column] = column == row ? 1 + row : 1 + dimensions + (row * (row - 1) / 2) + column;
        }
        return Tensor.Of(places);
    }
}
