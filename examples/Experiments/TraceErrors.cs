using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>How the errors of traces fall with the number of products, for eigenvalues 1, 1/2, 1/3, …</summary>
/// <param name="Products">Numbers of products.</param>
/// <param name="Draws">How many estimates each error was found from.</param>
/// <param name="All">Hutchinson's, Hutch++'s and XTrace's.</param>
/// <param name="Hutchinson">What theory says of the first.</param>
/// <param name="HutchPlusPlus">A bound by theory on the second.</param>
internal sealed record TraceErrors(
    ImmutableArray<int> Products,
    int Draws,
    ImmutableArray<TraceErrors.Fall> All,
    ImmutableArray<double> Hutchinson,
    ImmutableArray<double> HutchPlusPlus
)
{
    /// <summary>Estimates and their errors.</summary>
    public static TraceErrors Measure(ExperimentRun run, Key key)
    {
        var (n, draws) = run.IsWhole ? (1000, 200) : (300, 60);
        ImmutableArray<int> products = run.IsWhole ? [6, 12, 24, 48, 96, 192, 384] : [6, 12, 24, 48, 96, 192];
        var (spectrum, samples) = key.Split();
        double[] eigenvalues = [.. Enumerable.Range(1, n).Select(i => 1.0 / i)];
        var a = Estimators.OfSpectrum(eigenvalues, spectrum);
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

    public IEnumerable<Check> Checks => Held();

    private IEnumerable<Check> Held()
    {
        // The logarithm of a root mean square over N draws has the standard error 1/√(2N).
        var error = Math.Exp(Estimators.Reach / Math.Sqrt(2 * Draws));
        var (hutchinson, plus, x) = (All[0], All[1], All[2]);
        for (var i = 0; i < Products.Length; i++)
        {
            yield return Check.Between(
                $"Hutchinson, {Products[i]} products: error / root of 2|A|^2/m",
                1 / error,
                error,
                hutchinson.Errors[i] / Hutchinson[i]
            );
            yield return Check.Between(
                $"Hutch++, {Products[i]} products: error / bound by theory",
                0,
                error,
                plus.Errors[i] / HutchPlusPlus[i]
            );
        }
        var centred = Products.Select(m => Math.Log(m)).ToArray();
        var slack = Estimators.Reach / Math.Sqrt(2 * Draws * centred.Sum(u => (u - centred.Average()) * (u - centred.Average())));
        yield return Check.Near("Hutchinson: exponent of the products in the error", -0.5, hutchinson.Slope(Products), slack);
        yield return new(
            "Hutch++: the same",
            $"at most -1 + {Check.Text(slack)}",
            Check.Text(plus.Slope(Products)),
            plus.Slope(Products) <= -1 + slack
        );
        yield return Check.Below($"XTrace: error at {Products[^1]} products", plus.Errors[^1], x.Errors[^1], "that of Hutch++");
    }

    public Panel Panel
    {
        get
        {
            ImmutableArray<double> products = [.. Products.Select(m => (double)m)];
            var first = Hutchinson[0];
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
                    .. All.Select((fall, i) => new Mark.Line(products, fall.Errors) { Name = fall.Name, Colour = i }),
                    .. All.Select((fall, i) => new Mark.Scatter(products, fall.Errors) { Colour = i }),
                ]
            );
        }
    }

    public Listing Listing =>
        new(
            $"Root mean square error / trace of {Draws} estimates; eigenvalues 1, 1/2, 1/3, ...",
            ["products", .. All.Select(fall => fall.Name), "theory: Hutchinson", "bound: Hutch++"],
            [
                .. Products.Select(
                    (m, i) =>
                        (ImmutableArray<string>)
                            [
                                $"{m}",
                                .. All.Select(fall => Check.Text(fall.Errors[i])),
                                Check.Text(Hutchinson[i]),
                                Check.Text(HutchPlusPlus[i]),
                            ]
                ),
            ]
        );

    /// <param name="Name">The estimator.</param>
    /// <param name="Errors">The root mean square error, relative to the trace, for each number of products.</param>
    internal sealed record Fall(string Name, ImmutableArray<double> Errors)
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
}
