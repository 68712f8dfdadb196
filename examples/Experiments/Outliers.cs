using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Numerics;
using AutoDiff.Plots;

namespace AutoDiff.Examples.Experiments;

/// <summary>Spikes added to a random matrix leave its bulk where random matrix theory says.</summary>
internal static class Outliers
{
    // Of the Tracy-Widom law of real matrices (Tracy, Widom 1996).
    private const double EdgeMean = -1.2065;
    private const double EdgeDeviation = 1.2680;

    // A normal number is farther than four standard deviations once in 16,000 draws.
    private const double Reach = 4;

    private const double Bulk = 4;

    // The least density shown.
    private const double Least = 1e-3;

    public static Experiment Experiment { get; } =
        new(
            "outliers",
            ["E"],
            "Where do the outliers of a spiked random matrix lie, and where does its bulk end?",
            "Benaych-Georges and Nadakuditi (2011), after Baik, Ben Arous, Peche (2005): of diag(5, 4, 3, 0, ...) + ZZ'/n the eigenvalues 6.25, 5.333 and 4.5 leave the bulk, "
                + "which follows Marchenko and Pastur up to 4; a spike up to 2 shows nothing.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var n = run.IsWhole ? 2000 : 700;
        var keys = run.Key.Split(4);
        double[] spikes = [5, 4, 3];
        var a = Spiked(spikes, Noise(n, keys[0]));
        var largest = Lanczos.Largest(a, 4, new() { Key = keys[1], Cancellation = run.Cancellation });
        run.Done(0.2);
        var density = SpectralDensity.Of(
            a,
            keys[2],
            new()
            {
                DeflateLargest = 3,
                Nodes = run.IsWhole ? 60 : 40,
                Samples = run.IsWhole ? 20 : 10,
                Points = 400,
                Kappa = 1.1,
                Cancellation = run.Cancellation,
            }
        );
        run.Done(0.4);
        var all = SymmetricEigen.Decompose(a.ToMatrix(new() { Cancellation = run.Cancellation }), n, vectors: false).Eigenvalues;
        run.Done(0.6);
        var sweep = Sweep(run, n, keys[3]);
        double[] outliers = [.. largest.Eigenvalues.Reverse()];
        return new()
        {
            Figures =
            [
                new(
                    $"The spectrum of diag(5, 4, 3, 0, ...) + ZZ'/n for n = {n}, and the largest eigenvalue with one spike.",
                    [Spectrum(density, all, outliers), Departure(sweep)]
                ),
            ],
            Listings = [Table(spikes, outliers, n)],
            Checks = [.. Checks(n, spikes, outliers, density, all), .. Checks(n, sweep)],
        };
    }

    /// <summary>ZZᵀ/n, Z [n, n] of standard normal elements.</summary>
    private static LinearOperator Noise(int n, Key key) =>
        MatrixOperator.Of(key.Normal([n, n]).ToArray(), n, n).Transpose().Gram().Scale(1.0 / n);

    /// <summary>diag(spikes, 0, …) + noise.</summary>
    private static LinearOperator Spiked(double[] spikes, LinearOperator noise) =>
        DiagonalOperator.Of([.. spikes, .. new double[noise.Size - spikes.Length]]).Plus(noise);

    /// <summary>Where a spike θ shows: θ + θ/(θ − 1) above 2, where the Stieltjes transform of the bulk is 1/θ; up to there at the bulk's edge.</summary>
    private static double Place(double spike) => spike <= 2 ? Bulk : spike + (spike / (spike - 1));

    /// <summary>
    /// The standard deviation of an outlier: the form 1/θ = eᵀ(λ − ZZᵀ/n)⁻¹e of a direction e independent of the bulk's has the variance 2(−G′ − G²)/n, G the bulk's Stieltjes transform;
    /// with λ′ = 1 − 1/(θ − 1)² that gives λ the variance 2θ²λ′(1 − λ′)/n.
    /// </summary>
    private static double Deviation(double spike, int n)
    {
        var slope = 1 - (1 / ((spike - 1) * (spike - 1)));
        return Math.Sqrt(2 * spike * spike * slope * (1 - slope) / n);
    }

    /// <summary>The unit of the bulk's largest eigenvalue about its edge: 2^(4/3)·n^(−2/3) (Johnstone 2001).</summary>
    private static double EdgeUnit(int n) => Math.Pow(2, 4.0 / 3) * Math.Pow(n, -2.0 / 3);

    /// <summary>Marchenko and Pastur's density of a square matrix.</summary>
    private static double MarchenkoPastur(double x) => x is <= 0 or > Bulk ? 0 : Math.Sqrt((Bulk - x) / x) / (2 * Math.PI);

    /// <summary>The largest eigenvalues with one spike, by its size, over a few matrices.</summary>
    private static (double Spike, double[] Largest)[] Sweep(ExperimentRun run, int n, Key key)
    {
        var draws = run.IsWhole ? 10 : 6;
        double[] spikes = [0.5, 1, 1.5, 2.5, 3, 4, 5, 6];
        var largest = Array.ConvertAll(spikes, _ => new double[draws]);
        for (var draw = 0; draw < draws; draw++)
        {
            // The same matrices for each spike.
            var noise = Noise(n, key.FoldIn((ulong)draw));
            for (var i = 0; i < spikes.Length; i++)
            {
                run.Done(0.6 + (0.4 * ((draw * spikes.Length) + i) / (spikes.Length * draws)));
                largest[i][draw] = Lanczos
                    .Largest(Spiked([spikes[i]], noise), 1, new() { Tolerance = 1e-6, Cancellation = run.Cancellation })
                    .Eigenvalues[0];
            }
        }
        return [.. spikes.Zip(largest)];
    }

    private static IEnumerable<Check> Checks(int n, double[] spikes, double[] outliers, SpectralDensity density, ImmutableArray<double> all)
    {
        foreach (var (spike, outlier) in spikes.Zip(outliers))
            yield return Check.Near(
                $"outlier of the spike {spike} (within {Reach} standard deviations of order n^-1/2)",
                Place(spike),
                outlier,
                Reach * Deviation(spike, n)
            );
        yield return Check.Near(
            $"bulk edge: 4 and Tracy-Widom's mean (within {Reach} deviations of order n^-2/3)",
            Bulk + (EdgeMean * EdgeUnit(n)),
            outliers[3],
            Reach * EdgeDeviation * EdgeUnit(n)
        );
        yield return Check.Equal(
            "eigenvalues beyond 4 and four such deviations",
            3,
            all.Count(value => value > Bulk + (Reach * EdgeDeviation * EdgeUnit(n)))
        );
        yield return Check.AtMost(
            "largest difference of Lanczos from all eigenvalues",
            1e-6,
            outliers.Reverse().Zip(all[^4..], (x, y) => Math.Abs(x - y)).Max()
        );
        // Three spikes move the counting function by at most 3; its variance is about ln n/π² (Gustavsson 2005; O'Rourke 2010).
        var counting = (spikes.Length + (Reach * Math.Sqrt(Math.Log(n)) / Math.PI)) / n;
        foreach (var x in (double[])[0.5, 1, 2, 3])
        {
            var half = Math.Asin(Math.Sqrt(x / Bulk));
            var expected = ((2 * half) + Math.Sin(2 * half)) / Math.PI;
            yield return Check.Near(
                $"share of the eigenvalues up to {Check.Text(x)}",
                expected,
                (double)all.Count(value => value <= x) / n,
                counting
            );
            var (low, high, error) = density.Cumulative(x);
            yield return new(
                $"bounds on it from {density.Rules.Length} probes (within {Reach} standard errors)",
                Check.Text(expected),
                $"{Check.Text(low)} to {Check.Text(high)}",
                low - (Reach * error) - counting <= expected && expected <= high + (Reach * error) + counting
            );
        }
    }

    private static IEnumerable<Check> Checks(int n, (double Spike, double[] Largest)[] sweep) =>
        sweep.Select(row =>
        {
            var root = Math.Sqrt(row.Largest.Length);
            return row.Spike <= 2
                ? Check.Near(
                    $"largest eigenvalue with a spike {row.Spike}, mean of {row.Largest.Length}",
                    Bulk + (EdgeMean * EdgeUnit(n)),
                    row.Largest.Average(),
                    Reach * EdgeDeviation * EdgeUnit(n) / root
                )
                : Check.Near(
                    $"largest eigenvalue with a spike {row.Spike}, mean of {row.Largest.Length}",
                    Place(row.Spike),
                    row.Largest.Average(),
                    Reach * Deviation(row.Spike, n) / root
                );
        });

    private static Panel Spectrum(SpectralDensity density, ImmutableArray<double> all, double[] outliers)
    {
        const int bins = 60;
        var width = outliers[0] / bins;
        double[] edges = [.. Enumerable.Range(0, bins + 1).Select(i => i * width)];
        double[] counts =
        [
            .. edges.Take(bins).Select(low => all.Count(value => value >= low && value < low + width) / (all.Length * width)),
        ];
        var shown = Enumerable.Range(0, density.Grid.Length).Where(i => density.Grid[i] > width / 2).ToArray();
        var law = Enumerable.Range(1, 200).Select(i => width / 2 + ((Bulk - (width / 2)) * i / 200)).ToArray();
        return new(
            "Density of the eigenvalues",
            new("eigenvalue") { From = 0 },
            new("density") { Scale = Scale.Log, From = Least },
            [
                new Mark.Step([.. edges], [.. counts.Select(Shown), double.NaN]) { Name = "all eigenvalues" },
                new Mark.Line([.. shown.Select(i => density.Grid[i])], [.. shown.Select(i => Shown(density.Density[i]))])
                {
                    Name = "by products",
                },
                new Mark.Line([.. law], [.. law.Select(x => Shown(MarchenkoPastur(x)))]) { Name = "theory", Dashed = true },
                new Mark.Scatter([.. outliers], [.. outliers.Select(_ => 2 * Least)]) { Name = "largest four", Symbol = Symbol.Triangle },
            ]
        );
    }

    private static double Shown(double density) => density < Least ? double.NaN : density;

    private static Panel Departure((double Spike, double[] Largest)[] sweep)
    {
        double[] spikes = [.. Enumerable.Range(0, 121).Select(i => i * 0.05)];
        return new(
            "The largest eigenvalue with one spike",
            new("spike"),
            new("largest eigenvalue"),
            [
                new Mark.Line([.. spikes], [.. spikes.Select(Place)])
                {
                    Name = "theory",
                    Dashed = true,
                    Colour = 2,
                },
                new Mark.ErrorBar(
                    [.. sweep.Select(row => row.Spike)],
                    [.. sweep.Select(row => row.Largest.Average())],
                    [.. sweep.Select(row => row.Largest.Min())],
                    [.. sweep.Select(row => row.Largest.Max())]
                )
                {
                    Name = $"{sweep[0].Largest.Length} matrices: mean, range",
                    Colour = 3,
                },
            ]
        );
    }

    private static Listing Table(double[] spikes, double[] outliers, int n) =>
        new(
            $"Outliers, n = {n}",
            ["spike", "theory", "measured", "standard deviation of one matrix"],
            [
                .. spikes.Zip(
                    outliers,
                    (spike, value) =>
                        ImmutableArray.Create(
                            Check.Text(spike),
                            Check.Text(Place(spike)),
                            Check.Text(value),
                            Check.Text(Deviation(spike, n))
                        )
                ),
            ]
        );
}
