using System.Collections.Immutable;
using System.Numerics;
using AutoDiff.Curvature;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>All critical points of a linear autoencoder: confirmed, and found from random starts.</summary>
internal static partial class LinearAutoencoder
{
    private const int Inputs = 16;
    private const int Code = 4;

    // Covariance diag(1 … 16): its eigenvectors are the axes.
    private static readonly Tensor _deviations = Sqrt(1 + Tensor.Range(Inputs));

    public static Experiment Experiment { get; } =
        new(
            "linear-autoencoder",
            ["A"],
            "Where are the critical points of a linear autoencoder, and what is their index?",
            "Baldi and Hornik (1989); Frye et al. (2019): of 16-4-16 without bias there is a critical point, up to maps of the code, for each set of at most "
                + "four eigenvectors of the inputs' covariance that it keeps. The loss is the sum of the eigenvalues lost; one set gives the only minimum.",
            Run
        );

    /// <param name="Encoder">[code, inputs].</param>
    /// <param name="Decoder">[inputs, code].</param>
    [TensorTree]
    private sealed partial record Weights(Tensor Encoder, Tensor Decoder);

    /// <summary>E‖x − D·E·x‖².</summary>
    private static Tensor Loss(Weights w) => Sum(Square((Tensor.Eye(Inputs) - MatMul(w.Decoder, w.Encoder)) * _deviations));

    private static Answer Run(ExperimentRun run)
    {
        var objective = Objective.Of(Loss, new Kept(0).Net());
        Kept[] sets =
        [
            .. Enumerable.Range(0, 1 << Inputs).Where(bits => BitOperations.PopCount((uint)bits) <= Code).Select(bits => new Kept(bits)),
        ];
        Kept[] sample = run.IsWhole ? sets : [.. sets.GroupBy(kept => kept.Rank, (_, own) => Some(own)).SelectMany(some => some)];
        var points = Confirm(run, objective, sample);
        var found = Find(run, objective);
        return new()
        {
            Figures = [Shown(sample, points, found)],
            Listings = [Special(sample, points), Met(found)],
            Checks = [.. Confirmed(sets, sample, points), .. Searched(found)],
        };
    }

    /// <summary>Of sets of one size one for each loss; of these the best two, the worst, and each fourth between.</summary>
    private static IEnumerable<Kept> Some(IEnumerable<Kept> sets)
    {
        var own = sets.DistinctBy(kept => kept.Loss).OrderBy(kept => kept.Loss).ToArray();
        return own.Where((_, i) => i < 2 || i % 4 == 0 || i == own.Length - 1);
    }

    /// <summary>The critical points of sets, classified.</summary>
    private static CriticalPoint<Weights>[] Confirm(ExperimentRun run, Objective<Weights> objective, Kept[] sets)
    {
        var points = new CriticalPoint<Weights>[sets.Length];
        var done = 0;
        Parallel.For(
            0,
            sets.Length,
            new ParallelOptions { CancellationToken = run.Cancellation },
            i =>
            {
                points[i] = CriticalPoint.Classify(objective, sets[i].Net(), new() { Threads = 1, Cancellation = run.Cancellation });
                run.Done(0.7 * Interlocked.Increment(ref done) / sets.Length);
            }
        );
        return points;
    }

    /// <summary>What searches come to, from random weights and from points along paths of descent, by the set that is kept there.</summary>
    private static CriticalPoints<Weights> Find(ExperimentRun run, Objective<Weights> objective)
    {
        double[] scales = [0.03, 0.2, 0.45, 0.1, 0.3];
        var (random, along) = run.Key.Split();
        var starts = new List<Weights>();
        for (var i = 0; i < (run.IsWhole ? 100 : 3); i++)
        {
            var scale = scales[i % scales.Length];
            starts.AddRange(Curvature.Starts.Normal(new Kept(0).Net(), random.FoldIn((ulong)i), 4, scale));
            var start = Curvature.Starts.Normal(new Kept(0).Net(), along.FoldIn((ulong)i), 1, scale)[0];
            starts.AddRange(Curvature.Starts.AlongDescent(objective, start, 4, every: 12, rate: 2e-3));
        }
        return CriticalPoint.Find(
            objective,
            starts,
            new()
            {
                Method = FindMethod.DampedNewton,
                Family = point => Kept.Of(point.Point),
                Cancellation = run.Cancellation,
                Progress = new Share(fraction => run.Done(0.7 + (0.3 * fraction))),
            }
        );
    }

    private static IEnumerable<Check> Confirmed(Kept[] sets, Kept[] sample, CriticalPoint<Weights>[] points)
    {
        var pairs = sample.Zip(points).ToArray();
        yield return Check.Equal("sets of at most 4 of 16", 2517, sets.Length);
        yield return Check.AtMost(
            "largest |loss - sum of the eigenvalues lost|",
            1e-9,
            pairs.Max(pair => Math.Abs(pair.Second.Loss - pair.First.Loss))
        );
        yield return Check.All(
            "points with index (4-q)(16-q) + #{i kept, j lost: l_j > l_i}",
            pairs,
            pair => pair.Second.Index == pair.First.Index
        );
        yield return Check.All("points with nullity 16 - (4-q)^2", pairs, pair => pair.Second.Nullity == pair.First.Nullity);
        yield return Check.All(
            "points with a vanishing gradient, and an index confirmed by factorization",
            points,
            point => point.IsCritical && point.IndexConfirmed
        );
        yield return Check.Equal("points of index 0", 1, points.Count(point => point.Index == 0));
        yield return Check.Near("loss at the minimum", 78, points.Single(point => point.Index == 0).Loss, 1e-9);
        yield return Check.Near("loss at the best saddle", 79, points.Where(point => point.Index > 0).Min(point => point.Loss), 1e-9);
        var origin = points[Array.FindIndex(sample, kept => kept.Rank == 0)];
        yield return Check.Near("loss at the origin", 136, origin.Loss, 1e-9);
        yield return Check.Equal("index at the origin, of 128", 64, origin.Index);
    }

    private static IEnumerable<Check> Searched(CriticalPoints<Weights> found)
    {
        var points = found.Points.Select(one => (Kept: Kept.Of(one.Point.Point), one.Point)).ToArray();
        yield return Check.AtMost(
            "largest |DE - projection onto the set kept| where searches ended",
            1e-5,
            points.Max(pair => pair.Kept.Distance(pair.Point.Point))
        );
        yield return Check.All(
            "points found that are as the theorem says",
            points,
            pair =>
                pair.Kept.Rank <= Code
                && Math.Abs(pair.Point.Loss - pair.Kept.Loss) <= 1e-6
                && pair.Point.Index == pair.Kept.Index
                && pair.Point.Nullity == pair.Kept.Nullity
        );
        // Where all ended at the minimum, nothing would be said of saddles.
        yield return Check.Above("different saddles among them", 1, points.Count(pair => pair.Point.Index > 0), "one alone");
    }

    private static Figure Shown(Kept[] sample, CriticalPoint<Weights>[] points, CriticalPoints<Weights> found)
    {
        var ranks = Enumerable.Range(0, Code + 1).ToArray();
        return new(
            "Lines: the theorem, a line for each number q of eigenvectors kept. Points: certified Hessians. Crosses: where searches from random starts ended.",
            [
                new(
                    "Loss and index",
                    new("loss"),
                    new("index, of 128"),
                    [.. ranks.Select(Way), .. ranks.Select(rank => Points(rank, point => point.Index)), Searches(point => point.Index)]
                ),
                new(
                    "Loss and share of positive eigenvalues",
                    new("loss"),
                    new("share of positive eigenvalues"),
                    [.. ranks.Select(rank => Points(rank, point => point.MinimumRatio)), Searches(point => point.MinimumRatio)]
                ),
            ]
        );

        Mark Points(int rank, Func<CriticalPoint<Weights>, double> height)
        {
            var own = sample
                .Zip(points)
                .Where(pair => pair.First.Rank == rank)
                .Select(pair => pair.Second)
                .DistinctBy(point => Math.Round(point.Loss, 6))
                .ToArray();
            return new Mark.Scatter([.. own.Select(point => point.Loss)], [.. own.Select(height)]) { Name = $"q = {rank}", Colour = rank };
        }

        Mark Way(int rank)
        {
            var own = sample.Where(kept => kept.Rank == rank).OrderBy(kept => kept.Loss).ToArray();
            return new Mark.Line([own[0].Loss, own[^1].Loss], [own[0].Index, own[^1].Index]) { Colour = rank, Dashed = true };
        }

        Mark Searches(Func<CriticalPoint<Weights>, double> height) =>
            new Mark.Scatter([.. found.Points.Select(one => one.Point.Loss)], [.. found.Points.Select(one => height(one.Point))])
            {
                Name = "found",
                Colour = Code + 1,
                Symbol = Symbol.Cross,
                Labels = [.. found.Points.Select(one => $"keeps {Kept.Of(one.Point.Point)}, met {one.Count} times")],
            };
    }

    private static Listing Special(Kept[] sample, CriticalPoint<Weights>[] points)
    {
        var rows = sample
            .Zip(points)
            .GroupBy(pair => pair.First.Rank, (_, group) => group.OrderBy(pair => pair.First.Loss).ToArray())
            .SelectMany(own => own.Take(2).Union(own.TakeLast(1)));
        return new(
            "Best two and worst of each number of eigenvectors kept",
            ["keeps", "loss", "index", "nullity", "positive", "kind", "smallest eigenvalue"],
            [
                .. rows.Select(row =>
                    ImmutableArray.Create(
                        row.First.ToString(),
                        Check.Text(row.Second.Loss),
                        $"{row.Second.Index}",
                        $"{row.Second.Nullity}",
                        $"{row.Second.Positive}",
                        $"{row.Second.Kind}",
                        Check.Text(row.Second.Lowest.Value)
                    )
                ),
            ]
        );
    }

    private static Listing Met(CriticalPoints<Weights> found) =>
        new(
            $"{found.Iterations} searches from random starts, {found.Failures.Length} of which came to no critical point",
            ["eigenvectors kept", "times met", "different sets met", "losses"],
            [
                .. found
                    .Points.GroupBy(one => Kept.Of(one.Point.Point).Rank)
                    .OrderBy(group => group.Key)
                    .Select(group =>
                        ImmutableArray.Create(
                            $"{group.Key}",
                            $"{group.Sum(one => one.Count)}",
                            $"{group.Count()}",
                            $"{group.Min(one => one.Point.Loss):F0} to {group.Max(one => one.Point.Loss):F0}"
                        )
                    ),
            ]
        );

    private sealed class Share(Action<double> done) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            if (double.IsFinite(value.Fraction))
                done(value.Fraction);
        }
    }

    /// <summary>A set of eigenvectors kept, and what the theorem says of its critical points.</summary>
    /// <param name="Bits">Bit i is set where the eigenvector of the eigenvalue i + 1 is kept.</param>
    private readonly record struct Kept(int Bits)
    {
        public int Rank => BitOperations.PopCount((uint)Bits);

        public double Loss => (Inputs * (Inputs + 1) / 2) - Axes().Sum(i => i + 1);

        public int Index => ((Code - Rank) * (Inputs - Rank)) + Axes().Sum(BetterLost);

        public int Nullity => (Code * Code) - ((Code - Rank) * (Code - Rank));

        /// <summary>The net that gives the inputs kept back and 0 for the others.</summary>
        public Weights Net()
        {
            var encoder = new double[Code, Inputs];
            foreach (var (unit, axis) in Axes().Index())
                encoder[unit, axis] = 1;
            return new(Tensor.Of(encoder), Transpose(Tensor.Of(encoder)));
        }

        /// <summary>The set whose projection a net's product is nearest to.</summary>
        public static Kept Of(Weights net)
        {
            var product = Product(net);
            return new(Enumerable.Range(0, Inputs).Sum(i => product[i, i] > 0.5 ? 1 << i : 0));
        }

        /// <summary>The largest element of DE less the projection.</summary>
        public double Distance(Weights net)
        {
            var (product, largest) = (Product(net), 0.0);
            for (var i = 0; i < Inputs; i++)
            {
                for (var j = 0; j < Inputs; j++)
                    largest = Math.Max(largest, Math.Abs(product[i, j] - (i == j && Has(i) ? 1 : 0)));
            }
            return largest;
        }

        public override string ToString() => $"{{{string.Join(' ', Axes().Select(i => i + 1))}}}";

        private bool Has(int axis) => ((Bits >> axis) & 1) == 1;

        private int[] Axes()
        {
            var self = this;
            return [.. Enumerable.Range(0, Inputs).Where(self.Has)];
        }

        private int BetterLost(int axis)
        {
            var self = this;
            return Enumerable.Range(axis + 1, Inputs - 1 - axis).Count(other => !self.Has(other));
        }

        private static double[,] Product(Weights net) => MatMul(net.Decoder, net.Encoder).ToMatrix();
    }
}
