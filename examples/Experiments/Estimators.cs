using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What random products tell of a matrix: when it is exact, and how the error falls.</summary>
internal static class Estimators
{
    // A mean is farther than four standard errors once in 16,000 runs.
    private const double Reach = 4;

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
        var errors = Errors(run, keys[3]);
        return new()
        {
            Figures =
            [
                new(
                    "How estimates of a trace come closer with the number of products, and where they are exact.",
                    [Falling(errors), ByRank(ranks), ByOrder(moments), BySample(variances)]
                ),
            ],
            Listings = [Table(errors)],
            Checks = [.. moments.Checks, .. Checks(variances), .. ranks.SelectMany(rank => rank.Checks), .. Checks(errors)],
        };
    }

    /// <summary>An orthogonal matrix [n, n], at random.</summary>
    private static Tensor Rotation(int n, Key key) => QR(key.Normal([n, n])).Q;

    /// <summary>A symmetric matrix of given eigenvalues, in a random basis.</summary>
    private static MatrixOperator OfSpectrum(double[] eigenvalues, Key key)
    {
        var q = Rotation(eigenvalues.Length, key);
        return MatrixOperator.Of(MatMul(q * Tensor.Of(eigenvalues), Transpose(q)).ToArray(), eigenvalues.Length);
    }

    private sealed record MomentErrors(int Nodes, ImmutableArray<double> Relative)
    {
        public IEnumerable<Check> Checks =>
            [
                Check.Near(
                    $"{Nodes} Lanczos nodes: largest relative error of the moments 0 to {(2 * Nodes) - 1}",
                    0,
                    Relative.Take(2 * Nodes).Max(),
                    1e-13
                ),
                new(
                    $"{Nodes} Lanczos nodes: relative error of the moment {2 * Nodes}",
                    "above 1E-06",
                    Check.Text(Relative[2 * Nodes]),
                    Relative[2 * Nodes] > 1e-6
                ),
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
                Check.Near(
                    $"{Name}: largest relative error up to rank {Last}",
                    0,
                    Ranks.Zip(Errors).Where(pair => pair.First <= Last).Max(pair => pair.Second),
                    1e-12
                ),
                new(
                    $"{Name}: relative error at rank {Last + 1}",
                    "above 1E-06",
                    Check.Text(Errors[Ranks.IndexOf(Last + 1)]),
                    Errors[Ranks.IndexOf(Last + 1)] > 1e-6
                ),
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

    /// <param name="Name">The estimator.</param>
    /// <param name="Errors">The root mean square error, relative to the trace, for each number of products.</param>
    private sealed record Fall(string Name, ImmutableArray<double> Errors)
    {
        /// <summary>The exponent of the products in the error, by least squares of the logarithms.</summary>
        public double Slope(IReadOnlyList<int> products)
        {
            double[] x = [.. products.Select(m => Math.Log(m))];
            double[] y = [.. Errors.Select(Math.Log)];
            var mean = x.Average();
            return x.Zip(y, (u, v) => (u - mean) * v).Sum() / x.Sum(u => (u - mean) * (u - mean));
        }
    }

    private sealed record Falls(
        ImmutableArray<int> Products,
        int Draws,
        ImmutableArray<Fall> All,
        ImmutableArray<double> Hutchinson,
        ImmutableArray<double> HutchPlusPlus
    );

    /// <summary>Errors for eigenvalues 1, 1/2, 1/3, …</summary>
    private static Falls Errors(ExperimentRun run, Key key)
    {
        var (n, draws) = run.IsWhole ? (1000, 200) : (300, 60);
        ImmutableArray<int> products = run.IsWhole ? [6, 12, 24, 48, 96, 192, 384] : [6, 12, 24, 48, 96, 192];
        var (spectrum, samples) = key.Split();
        double[] eigenvalues = [.. Enumerable.Range(1, n).Select(i => 1.0 / i)];
        var a = OfSpectrum(eigenvalues, spectrum);
        var trace = eigenvalues.Sum();
        var done = 0;
        Func<Key, EstimatorOptions, Estimate>[] estimators =
        [
            (own, options) => Curvature.Hutchinson.Trace(a, own, options),
            (own, options) => Curvature.HutchPlusPlus.Trace(a, own, options),
            (own, options) => XTrace.Trace(a, own, options),
        ];
        // Normal numbers, of which theory says most.
        var falls = estimators.Zip(
            ["Hutchinson", "Hutch++", "XTrace"],
            (estimator, name) => new Fall(name, [.. products.Select(m => Error(estimator, m))])
        );
        return new(
            products,
            draws,
            [.. falls],
            [.. products.Select(m => Math.Sqrt(2 * Tail(0) / m) / trace)],
            [.. products.Select(m => Math.Sqrt(2 * Rest(m / 3) / (m / 3)) / trace)]
        );

        double Error(Func<Key, EstimatorOptions, Estimate> estimator, int m)
        {
            var sum = 0.0;
            for (var draw = 0; draw < draws; draw++)
            {
                run.Done(0.25 + (0.75 * done++ / (draws * 3 * products.Length)));
                var options = new EstimatorOptions
                {
                    MaxProducts = m,
                    Distribution = ProbeDistribution.Gaussian,
                    Cancellation = run.Cancellation,
                };
                var error = (estimator(samples.FoldIn((ulong)done), options).Value / trace) - 1;
                sum += error * error;
            }
            return Math.Sqrt(sum / draws);
        }

        // Σ λᵢ² but for the k largest.
        double Tail(int k) => eigenvalues.Skip(k).Sum(x => x * x);

        // The bound of Halko, Martinsson, Tropp (2011, theorem 10.5) on E‖(I − QQᵀ)A‖²_F, at its best rank.
        double Rest(int sketch) =>
            Enumerable.Range(0, Math.Max(1, sketch - 1)).Min(k => (1 + (k == 0 ? 0 : k / (sketch - k - 1.0))) * Tail(k));
    }

    private static IEnumerable<Check> Checks(Falls falls)
    {
        // The logarithm of a root mean square over N draws has the standard error 1/√(2N).
        var error = Math.Exp(Reach / Math.Sqrt(2 * falls.Draws));
        var (hutchinson, plus, x) = (falls.All[0], falls.All[1], falls.All[2]);
        for (var i = 0; i < falls.Products.Length; i++)
        {
            yield return Check.Between(
                $"Hutchinson, {falls.Products[i]} products: error / root of 2|A|^2/m",
                1 / error,
                error,
                hutchinson.Errors[i] / falls.Hutchinson[i]
            );
            yield return Check.Between(
                $"Hutch++, {falls.Products[i]} products: error / bound by theory",
                0,
                error,
                plus.Errors[i] / falls.HutchPlusPlus[i]
            );
        }
        var centred = falls.Products.Select(m => Math.Log(m)).ToArray();
        var slack = Reach / Math.Sqrt(2 * falls.Draws * centred.Sum(u => (u - centred.Average()) * (u - centred.Average())));
        yield return Check.Near("Hutchinson: exponent of the products in the error", -0.5, hutchinson.Slope(falls.Products), slack);
        yield return new(
            "Hutch++: the same",
            $"at most -1 + {Check.Text(slack)}",
            Check.Text(plus.Slope(falls.Products)),
            plus.Slope(falls.Products) <= -1 + slack
        );
        yield return new(
            "XTrace: error below that of Hutch++ at the most products",
            $"below {Check.Text(plus.Errors[^1])}",
            Check.Text(x.Errors[^1]),
            x.Errors[^1] < plus.Errors[^1]
        );
    }

    private static Panel Falling(Falls falls)
    {
        ImmutableArray<double> products = [.. falls.Products.Select(m => (double)m)];
        var first = falls.Hutchinson[0];
        return new(
            "Error of a trace by products",
            new("products") { Scale = Scale.Log },
            new("root mean square error / trace") { Scale = Scale.Log },
            [
                new Mark.Line(products, [.. products.Select(m => first * Math.Sqrt(products[0] / m))])
                {
                    Name = "m^-1/2",
                    Dashed = true,
                    Colour = 3,
                },
                new Mark.Line(products, [.. products.Select(m => first * products[0] / m)])
                {
                    Name = "1/m",
                    Dashed = true,
                    Colour = 4,
                },
                .. falls.All.Select((fall, i) => new Mark.Line(products, fall.Errors) { Name = fall.Name, Colour = i }),
                .. falls.All.Select((fall, i) => new Mark.Scatter(products, fall.Errors) { Colour = i }),
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

    private static Listing Table(Falls falls) =>
        new(
            $"Root mean square error / trace of {falls.Draws} estimates; eigenvalues 1, 1/2, 1/3, ...",
            ["products", .. falls.All.Select(fall => fall.Name), "theory: Hutchinson", "bound: Hutch++"],
            [
                .. falls.Products.Select(
                    (m, i) =>
                        (ImmutableArray<string>)
                            [
                                $"{m}",
                                .. falls.All.Select(fall => Check.Text(fall.Errors[i])),
                                Check.Text(falls.Hutchinson[i]),
                                Check.Text(falls.HutchPlusPlus[i]),
                            ]
                ),
            ]
        );
}
