using System.Collections.Immutable;
using AutoDiff.Curvature;
using AutoDiff.Numerics;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>All eigenvalues of the Hessian while a net trains: from a saddle to a minimum, and up to the edge of stability.</summary>
internal static class SpectrumAlongTraining
{
    private const double Penalty = 0.01;

    public static Experiment Experiment { get; } =
        new(
            "spectrum-along-training",
            ["ours"],
            "What becomes of all the Hessian's eigenvalues while a net trains?",
            "This library's own. Near zero weights the spectrum is known in closed form, a saddle; at a minimum none is negative; descent at a fixed rate holds "
                + "the largest at 2/rate (Cohen et al. 2021), and large ones part from the bulk (Sagun et al. 2017).",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        var classifier = Classifier.Of(run);
        var edge = Edge(run);
        return new()
        {
            Figures =
            [
                new(
                    $"Above: descent of {classifier.Name} from near zero weights, by the logarithm of the step. Below: the net of `edge-of-stability` at rate {Rate}, whose bound is dashed. "
                        + "A column of a map holds how many eigenvalues lie in each bin.",
                    [
                        Map("Eigenvalues of the classifier", classifier.Looks, Scale.Log),
                        Fall(classifier.Looks),
                        Map("Eigenvalues at the edge", edge, Scale.Linear, StabilityThreshold.GradientDescent(Rate)),
                        Largest(edge),
                    ]
                ),
            ],
            Listings = [Table(classifier.Looks)],
            Checks = [.. classifier.Checks, .. Checks(edge)],
        };
    }

    /// <summary>All eigenvalues after some steps.</summary>
    private sealed record Look(int Step, double Loss, ImmutableArray<double> Eigenvalues)
    {
        /// <summary>What rounding leaves of zero.</summary>
        private double Zero => 1e-12 * Math.Max(-Eigenvalues[0], Eigenvalues[^1]);

        public int Index => Eigenvalues.Count(value => value < -Zero);
    }

    /// <summary>Descends, and looks at all eigenvalues after given numbers of steps.</summary>
    private static (T End, ImmutableArray<Look> Looks) Descend<T>(
        Func<T, Tensor> loss,
        Objective<T> objective,
        T start,
        double rate,
        int[] steps,
        Action<double> done
    )
        where T : ITensorTree<T>
    {
        var optimizer = Optimizers.GradientDescent<T>(rate);
        var (step, state, looks, count) = (Training.CompileStep(optimizer, loss), Training.Init(optimizer, start), new List<Look>(), 0);
        foreach (var next in steps)
        {
            for (; count < next; count++)
                state = step.Invoke(state);
            var eigenvalues = SymmetricEigen
                .Decompose(objective.Hessian(state.Parameters).ToMatrix(), objective.Size, vectors: false)
                .Eigenvalues;
            looks.Add(new(count, objective.Value(objective.Ravel(state.Parameters)), [.. eigenvalues]));
            done((double)looks.Count / steps.Length);
        }
        return (state.Parameters, [.. looks]);
    }

    /// <summary>A net that tells digits apart, from near zero weights to a minimum.</summary>
    private sealed record Classifier(string Name, ImmutableArray<Look> Looks, ImmutableArray<Check> Checks)
    {
        public static Classifier Of(ExperimentRun run)
        {
            var (rows, hidden, last) = run.IsWhole ? (1797, 16, 20_000) : (200, 8, 4_000);
            var batch = Rows(run, rows);
            var netLoss = new NetLoss(Nonlinearity.Tanh, Penalty);
            Tensor Loss(Mlp net) => netLoss.Of(net, batch);
            var zero = Mlp.Zeros([64, hidden, Pictures.Classes]);
            var objective = Objective.Of(Loss, zero);
            var (start, looks) = (Transforms.Evaluate(zero.Perturbed(run.Key, 0.01)), run.IsWhole ? 50 : 26);
            // From the eighth step on, equally far apart by logarithm.
            int[] steps = [.. Enumerable.Range(0, looks).Select(i => (int)Math.Round(8 * Math.Pow(last / 8.0, i / (looks - 1.0))))];
            var (end, all) = Descend(Loss, objective, start, 0.5, [0, .. steps], fraction => run.Done(0.7 * fraction));
            var settled = Curvature.Newton.Minimize(
                objective,
                end,
                new()
                {
                    GradientTolerance = 1e-8,
                    MaxIterations = 150,
                    Cancellation = run.Cancellation,
                }
            );
            var minimum = CriticalPoint.Classify(objective, settled.Point, new() { Cancellation = run.Cancellation });
            run.Done(0.8);

            // Of scores 0 every class is as probable.
            var known = ClosedForm.Of(batch, [.. Enumerable.Repeat(1.0 / Pictures.Classes, Pictures.Classes)], 1, hidden, Penalty);
            var origin = SymmetricEigen.Decompose(objective.Hessian(zero).ToMatrix(), objective.Size, vectors: false).Eigenvalues;
            return new(
                $"a 64-{hidden}-10 tanh net on {rows} digits",
                [.. all, new(steps[^1] + settled.Iterations, minimum.Loss, minimum.Eigenvalues)],
                [
                    Check.AtMost("zero weights: largest difference from the closed form", 1e-10, known.LargestDeviation([.. origin], 0)),
                    Check.Equal("index there", known.Index, origin.Count(value => value < 0)),
                    Check.Equal("kind of the point that Newton's method goes on to", CriticalPointKind.Minimum, minimum.Kind),
                    Check.Equal(
                        "its index, and whether factorization confirms it",
                        "0, confirmed",
                        $"{minimum.Index}, {(minimum.IndexConfirmed ? "" : "not ")}confirmed"
                    ),
                ]
            );
        }

        /// <summary>The first of the built-in digits, pixels from 0 to 1.</summary>
        private static Batch Rows(ExperimentRun run, int count)
        {
            var all = DataSet.Of(Digits.Read(run.Cancellation), Scaling.None).Rows;
            return Transforms.Evaluate(new Batch(Slice(all.Features, 0, 0, count) / 16, Slice(all.Targets, 0, 0, count)));
        }
    }

    private const double Rate = 0.04;

    private static ImmutableArray<Look> Edge(ExperimentRun run)
    {
        var (last, looks, start) = (run.IsWhole ? 100_000 : 20_000, run.IsWhole ? 60 : 40, EdgeNet.Start(run.Key));
        int[] steps = [.. Enumerable.Range(0, looks).Select(i => i * last / (looks - 1))];
        return Descend(EdgeNet.Loss, EdgeNet.Objective(start), start, Rate, steps, fraction => run.Done(0.8 + (0.2 * fraction))).Looks;
    }

    private static IEnumerable<Check> Checks(ImmutableArray<Look> edge)
    {
        var bound = StabilityThreshold.GradientDescent(Rate);
        double[] late = [.. edge.Skip(edge.Length / 2).Select(look => look.Eigenvalues[^1] / bound).Order()];
        yield return Check.Between(
            "at the edge: median of the largest eigenvalue / (2/rate) in the second half",
            0.95,
            1.1,
            late[late.Length / 2]
        );
    }

    /// <summary>How many eigenvalues lie where, for each look but one before the first step.</summary>
    private static Panel Map(string title, ImmutableArray<Look> all, Scale steps, double? bound = null)
    {
        const int bins = 48;
        const double linear = 1e-3;
        Look[] looks = [.. all.Where(look => steps != Scale.Log || look.Step > 0)];
        var (low, high) = (Place(looks.Min(look => look.Eigenvalues[0])), Place(looks.Max(look => look.Eigenvalues[^1])));
        var width = (high - low) / bins;
        var counts = new double[bins * looks.Length];
        foreach (var (column, look) in looks.Index())
        {
            foreach (var value in look.Eigenvalues)
                counts[(Math.Min(bins - 1, (int)((Place(value) - low) / width)) * looks.Length) + column]++;
        }
        ImmutableArray<Mark> map =
        [
            new Mark.HeatMap(
                [.. looks.Select(look => (double)look.Step)],
                [.. Enumerable.Range(0, bins).Select(bin => linear * Math.Sinh(low + ((bin + 0.5) * width)))],
                [.. counts]
            )
            {
                Name = "eigenvalues",
                Scale = Scale.Log,
            },
        ];
        return new(
            title,
            new("step") { Scale = steps },
            new("eigenvalue") { Scale = Scale.SymmetricLog(linear) },
            bound is { } at ? [.. map, new Mark.Line([looks[0].Step, looks[^1].Step], [at, at]) { Name = "2/rate", Dashed = true }] : map
        );

        static double Place(double value) => Math.Asinh(value / linear);
    }

    private static Panel Fall(ImmutableArray<Look> all)
    {
        Look[] looks = [.. all.Where(look => look.Step > 0)];
        ImmutableArray<double> steps = [.. looks.Select(look => (double)look.Step)];
        return new(
            "Its negative eigenvalues",
            new("step") { Scale = Scale.Log },
            new("index"),
            [
                new Mark.Step(steps, [.. looks.Select(look => (double)look.Index)]) { Name = "index" },
                new Mark.Scatter([steps[^1]], [looks[^1].Index]) { Name = "the minimum" },
            ]
        );
    }

    private static Panel Largest(ImmutableArray<Look> edge)
    {
        ImmutableArray<double> steps = [.. edge.Select(look => (double)look.Step)];
        var bound = StabilityThreshold.GradientDescent(Rate);
        return new(
            "The four largest at the edge",
            new("step"),
            new("eigenvalue"),
            [
                .. Enumerable
                    .Range(1, 4)
                    .Select(i => new Mark.Line(steps, [.. edge.Select(look => look.Eigenvalues[^i])])
                    {
                        Name = $"largest {i}",
                        Colour = i - 1,
                    }),
                new Mark.Line([steps[0], steps[^1]], [bound, bound])
                {
                    Name = "2/rate",
                    Dashed = true,
                    Colour = 4,
                },
            ]
        );
    }

    private static Listing Table(ImmutableArray<Look> looks) =>
        new(
            "The classifier; the last row is the minimum that Newton's method goes on to",
            ["step", "loss", "index", "smallest", "median", "largest"],
            [
                .. looks
                    .Where((_, i) => i % 5 == 0 || i == looks.Length - 1)
                    .Select(look =>
                        ImmutableArray.Create(
                            $"{look.Step}",
                            Check.Text(look.Loss),
                            $"{look.Index}",
                            Check.Text(look.Eigenvalues[0]),
                            Check.Text(look.Eigenvalues[look.Eigenvalues.Length / 2]),
                            Check.Text(look.Eigenvalues[^1])
                        )
                    ),
            ]
        );
}
