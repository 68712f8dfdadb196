using static AutoDiff.Ops;

namespace AutoDiff.Benchmarks;

/// <summary>A Gaussian process's log-likelihood, and with its gradient in the kernel's parameters: lengthscale, variance and noise, each by its logarithm.</summary>
internal static class GaussianProcessRows
{
    public const string Name = "gp";

    private const int Inputs = 4;

    private static readonly int[] Sizes = [200, 1000];

    public static IEnumerable<Row> Of(int threads) => Sizes.SelectMany(n => Rows(n, new() { Threads = threads }));

    private static IEnumerable<Row> Rows(int n, CompileOptions options)
    {
        var (points, targets) = Key.Of(5).Split();
        Pair<Tensor, Tensor> data = new(points.Normal([n, Inputs]), targets.Normal([n]));
        var parameters = Tensor.Of([0.3, -0.2, -2]);
        var value = Call.Of((Pair<Tensor, Pair<Tensor, Tensor>> x) => LogLikelihood(x.First, x.Second), new(parameters, data), options);
        var gradient = Call.Of(
            (Pair<Tensor, Pair<Tensor, Tensor>> x) =>
            {
                var (likelihood, slope) = Transforms.ValueAndGrad(p => LogLikelihood(p, x.Second), x.First);
                return new Pair<Tensor, Tensor>(likelihood, slope);
            },
            new(parameters, data),
            options
        );
        string[] names = [$"log-likelihood {n}", $"log-likelihood and gradient {n}"];
        return
        [
            new(names[0], value.Run, () => value.Verify(names[0])),
            new(
                names[1],
                gradient.Run,
                () =>
                {
                    Check.Derivative(
                        names[1],
                        value,
                        [
                            [1, -0.5, 2],
                        ],
                        [Along(gradient.Values()[1..])]
                    );
                    Check.Close(names[1], value.Values(), gradient.Values().AsSpan(0, 1), 1e-12);
                }
            ),
        ];

        static double Along(double[] slope) => slope[0] - (0.5 * slope[1]) + (2 * slope[2]);
    }

    /// <summary>−(yᵀK⁻¹y + ln det K + n·ln 2π)/2 for K = variance·exp(−‖x − x′‖²/(2·lengthscale²)) + noise·I.</summary>
    private static Tensor LogLikelihood(Tensor parameters, Pair<Tensor, Tensor> data)
    {
        var n = data.Second.Shape[0];
        var p = Exp(parameters);
        var (lengthscale, variance, noise) = (Take(p, 0, 0), Take(p, 0, 1), Take(p, 0, 2));
        var scaled = data.First / lengthscale;
        var squares = Sum(Square(scaled), 1);
        var distances = ExpandDims(squares, 1) + squares - (2 * MatMul(scaled, Transpose(scaled)));
        var factor = Cholesky((variance * Exp(-0.5 * distances)) + (noise * Tensor.Eye(n)));
        var whitened = TriangularSolve(factor, data.Second);
        return (-0.5 * (Dot(whitened, whitened) + (n * Math.Log(2 * Math.PI)))) - Sum(Log(Diagonal(factor)));
    }
}
