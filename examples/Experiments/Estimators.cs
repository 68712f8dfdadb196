using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What random products tell of a matrix: when it is exact, and how the error falls.</summary>
internal static class Estimators
{
    // A mean is farther than four standard errors once in 16,000 runs.
    internal const double Reach = 4;

    public static Experiment Experiment { get; } =
        new(
            "estimators",
            ["F"],
            "How well do random products tell a matrix's moments and trace?",
            "Golub and Meurant (1994): m Lanczos nodes give moments up to 2m-1 exactly. Avron and Toledo (2011): a Hutchinson sample varies by 2(|A|^2 - sum Aii^2) with signs, 2|A|^2 "
                + "with normal numbers. Meyer et al. (2021), Epperly, Tropp and Webber (2024): Hutch++ errs as 1/m, and is exact up to rank m/3, XTrace up to rank m/2-1.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var keys = run.Key.Split(4);
        var moments = Moments(keys[0]);
        run.Done(0.05);
        var variances = Variances(run, keys[1]);
        run.Done(0.2);
        var ranks = Ranks(keys[2]);
        run.Done(0.25);
        var errors = TraceErrors.Measure(run, keys[3]);
        return new()
        {
            Figures =
            [
                new(
                    "How estimates of a trace come closer with the number of products, and where they are exact.",
                    [errors.Panel, ByRank(ranks), ByOrder(moments), BySample(variances)]
                ),
            ],
            Listings = [errors.Listing],
            Checks = [.. moments.Checks, .. Checks(variances), .. ranks.SelectMany(rank => rank.Checks), .. errors.Checks],
        };
    }

    /// <summary>An orthogonal matrix [n, n], at random.</summary>
    private static Tensor Rotation(int n, Key key) => QR(key.Normal([n, n])).Q;

    /// <summary>A symmetric matrix of given eigenvalues, in a random basis.</summary>
    internal static MatrixOperator OfSpectrum(double[] eigenvalues, Key key)
    {
        var q = Rotation(eigenvalues.Length, key);
        return MatrixOperator.Of(MatMul(q * Tensor.Of(eigenvalues), Transpose(q)).ToArray(), eigenvalues.Length);
    }

    private sealed record MomentErrors(int Nodes, ImmutableArray<double> Relative)
    {
        public IEnumerable<Check> Checks =>
            [
                Check.AtMost(
                    $"{Nodes} Lanczos nodes: largest relative error of the moments 0 to {(2 * Nodes) - 1}",
                    1e-13,
                    Relative.Take(2 * Nodes).Max()
                ),
                Check.Above($"{Nodes} Lanczos nodes: relative error of the moment {2 * Nodes}", 1e-6, Relative[2 * Nodes], "no rounding"),
            ];
    }

    /// <summary>Of a diagonal matrix signs v give vᵀAᵏv = Σ λᵏ whatever they are: the errors are the quadrature's alone.</summary>
    private static MomentErrors Moments(Key key)
    {
        const int nodes = 5;
        double[] eigenvalues = [.. Enumerable.Range(1, 200).Select(i => Math.Sin(i))];
        var rule = SpectralDensity
            .Of(
                DiagonalOperator.Of(eigenvalues),
                key,
                new()
                {
                    Nodes = nodes,
                    Samples = 2,
                    Distribution = ProbeDistribution.Rademacher,
                }
            )
            .Rules[0];
        return new(nodes, [.. Enumerable.Range(0, (2 * nodes) + 4).Select(Error)]);

        double Error(int order) =>
            Math.Abs(rule.Mean(x => Math.Pow(x, order)) - eigenvalues.Average(x => Math.Pow(x, order)))
            / eigenvalues.Average(x => Math.Pow(Math.Abs(x), order));
    }

    private sealed record Variance(string Name, double Expected, double Measured, double StandardError);

    /// <summary>The variances of samples vᵀAv.</summary>
    private static Variance[] Variances(ExperimentRun run, Key key)
    {
        const int n = 60;
        var draws = run.IsWhole ? 100_000 : 10_000;
        var (spectrum, samples) = key.Split();
        // Signs of both kinds, and a diagonal that matters.
        var a = OfSpectrum([.. Enumerable.Range(1, n).Select(i => i % 3 == 0 ? -i : (double)i)], spectrum)
            .Plus(DiagonalOperator.Of([.. Enumerable.Range(1, n).Select(i => (double)i)]));
        var matrix = a.ToMatrix();
        var square = matrix.Sum(x => x * x);
        double[] diagonal = [.. Enumerable.Range(0, n).Select(i => matrix[i * (n + 1)])];
        var trace = diagonal.Sum();
        return
        [
            Of("signs", ProbeDistribution.Rademacher, 2 * (square - diagonal.Sum(x => x * x))),
            Of("normal", ProbeDistribution.Gaussian, 2 * square),
            Of("sphere", ProbeDistribution.Sphere, 2.0 * n / (n + 2) * (square - (trace * trace / n))),
        ];

        Variance Of(string name, ProbeDistribution distribution, double expected)
        {
            var squares = new double[draws];
            for (var i = 0; i < draws; i++)
            {
                if (i % 1000 == 0)
                    run.Done(0.1);
                var sample = Hutchinson
                    .Trace(
                        a,
                        samples.FoldIn((ulong)i),
                        new()
                        {
                            MaxProducts = 1,
                            Distribution = distribution,
                            Threads = 1,
                        }
                    )
                    .Value;
                squares[i] = (sample - trace) * (sample - trace);
            }
            var mean = squares.Average();
            return new(name, expected, mean, Math.Sqrt(squares.Average(x => (x - mean) * (x - mean)) / draws));
        }
    }

    private static IEnumerable<Check> Checks(Variance[] variances) =>
        variances.Select(one =>
            Check.Near(
                $"variance of a Hutchinson sample, {one.Name} (within {Reach} standard errors)",
                one.Expected,
                one.Measured,
                Reach * one.StandardError
            )
        );

    private sealed record RankErrors(string Name, int Last, ImmutableArray<int> Ranks, ImmutableArray<double> Errors)
    {
        public IEnumerable<Check> Checks =>
            [
                Check.AtMost(
                    $"{Name}: largest relative error up to rank {Last}",
                    1e-12,
                    Ranks.Zip(Errors).Where(pair => pair.First <= Last).Max(pair => pair.Second)
                ),
                Check.Above($"{Name}: relative error at rank {Last + 1}", 1e-6, Errors[Ranks.IndexOf(Last + 1)], "no rounding"),
            ];
    }

    /// <summary>Relative errors of traces of matrices of a low rank, from 60 products.</summary>
    private static RankErrors[] Ranks(Key key)
    {
        const int n = 200;
        const int products = 60;
        ImmutableArray<int> ranks = [5, 10, 15, 18, 19, 20, 21, 22, 25, 28, 29, 30, 31, 35, 40];
        var keys = key.Split(ranks.Length);
        var options = new EstimatorOptions { MaxProducts = products };
        return
        [
            Of("Hutch++", products / 3, (a, own) => HutchPlusPlus.Trace(a, own, options)),
            Of("XTrace", (products / 2) - 1, (a, own) => XTrace.Trace(a, own, options)),
        ];

        RankErrors Of(string name, int last, Func<LinearOperator, Key, Estimate> estimate) =>
            new(
                $"{name} of {products} products",
                last,
                ranks,
                [
                    .. ranks.Select(
                        (rank, i) =>
                        {
                            var (spectrum, own) = keys[i].Split();
                            double[] eigenvalues = [.. Enumerable.Range(1, n).Select(k => k <= rank ? 1.0 + k : 0)];
                            return Math.Abs((estimate(OfSpectrum(eigenvalues, spectrum), own).Value / eigenvalues.Sum()) - 1);
                        }
                    ),
                ]
            );
    }

    private static Panel ByRank(RankErrors[] all) =>
        new(
            "Error of a trace by rank",
            new("rank of the matrix"),
            new("relative error") { Scale = Scale.Log },
            [
                .. all.Select(
                    (one, i) =>
                        new Mark.Line([.. one.Ranks.Select(rank => (double)rank)], Shown(one.Errors)) { Name = one.Name, Colour = i + 1 }
                ),
            ]
        );

    private static Panel ByOrder(MomentErrors moments) =>
        new(
            $"Moments from {moments.Nodes} Lanczos nodes",
            new("order of the moment"),
            new("relative error") { Scale = Scale.Log },
            [new Mark.Scatter([.. moments.Relative.Select((_, order) => (double)order)], Shown(moments.Relative))]
        );

    private static Panel BySample(Variance[] variances) =>
        new(
            "Variance of a Hutchinson sample",
            new("probes"),
            new("variance"),
            [
                new Mark.Bar([.. variances.Select(one => one.Name)], [.. variances.Select(one => one.Expected)]) { Name = "theory" },
                new Mark.Bar([.. variances.Select(one => one.Name)], [.. variances.Select(one => one.Measured)]) { Name = "measured" },
            ]
        );

    /// <summary>Errors on a logarithmic axis, on which those of 0 lie at a tenth of the rounding.</summary>
    private static ImmutableArray<double> Shown(ImmutableArray<double> errors) => [.. errors.Select(error => Math.Max(error, 2e-17))];
}
