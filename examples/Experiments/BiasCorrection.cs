using System.Collections.Immutable;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Adam's steps on a gradient that stays the same, with and without the correction of its means for their start at zero.</summary>
internal static class BiasCorrection
{
    private const double Rate = 0.1;
    private const double Gradient = 0.5;
    private const int Steps = 2000;

    // Where the source has it faded.
    private const int Soon = 50;

    public static Experiment Experiment { get; } =
        new(
            "bias-correction",
            ["16"],
            "Are Adam's first steps small without the correction?",
            "Eight problems of training, section 7: both means begin at 0 and are too small at first, hence the first steps are too short; the correction undoes that and fades by itself, by about step 50. "
                + "The step is the ratio of the two: (1 − β₁)/√(1 − β₂) of the rate. It is short only where 1 − β₁ < √(1 − β₂), and long for Adam's defaults.",
            Run
        );

    private static Answer Run(ExperimentRun run)
    {
        Setting[] settings =
        [
            .. new[] { (0.9, 0.9), (0.9, 0.99), (0.99, 0.99), (0.9, 0.999) }.Select(betas => Setting.Of(run, betas.Item1, betas.Item2)),
        ];
        run.Done(1);
        return new()
        {
            Figures =
            [
                new(
                    "Length of Adam's steps where the gradient stays the same",
                    [
                        .. settings.Select(setting => new Panel(
                            setting.Name,
                            new("step") { Scale = Scale.Log },
                            new("length / rate"),
                            [Plane.BySteps("corrected", setting.Corrected, 1), Plane.BySteps("without", setting.Bare, 1)]
                        )),
                    ]
                ),
            ],
            Listings =
            [
                new(
                    "length of a step / rate",
                    ["decays", "first, corrected", "first, without", "longest, without", $"step {Steps}, without"],
                    [
                        .. settings.Select(setting =>
                            ImmutableArray.Create(
                                setting.Name,
                                $"{setting.Corrected[0]:F6}",
                                $"{setting.Bare[0]:F6}",
                                $"{setting.Bare.Max():F6}",
                                $"{setting.Bare[^1]:F6}"
                            )
                        ),
                    ]
                ),
            ],
            Checks = [.. settings.SelectMany(setting => setting.Checks)],
        };
    }

    /// <summary>Two decays, and the lengths of the steps as shares of the rate.</summary>
    private sealed record Setting(double Beta1, double Beta2, double[] Corrected, double[] Bare)
    {
        public string Name => $"β₁ = {Beta1}, β₂ = {Beta2}";

        public IEnumerable<Check> Checks =>
            [
                Check.Near($"{Name}: first step / rate, corrected", 1, Corrected[0], 1e-12),
                Check.Near($"{Name}: first step / rate without, (1 − β₁)/√(1 − β₂)", (1 - Beta1) / Math.Sqrt(1 - Beta2), Bare[0], 1e-12),
                new($"{Name}: the first step is short without", "below 1", Check.Text(Bare[0]), Bare[0] < 1 - 1e-12)
                {
                    Reason =
                        $"the mean begins at {1 - Beta1:G3} of the gradient, but the root of the mean square at {Math.Sqrt(1 - Beta2):G3} of it, and the step is their ratio: "
                        + "the statement holds where 1 − β₁ < √(1 − β₂)",
                },
                Check.Near($"{Name}: step {Soon} / rate without: the correction has faded", 1, Bare[Soon - 1], 0.01) with
                {
                    Reason =
                        $"at step {Soon} the mean lacks {Math.Pow(Beta1, Soon):G3} of the gradient, but the mean square {Math.Pow(Beta2, Soon):G3} of its square",
                },
                Check.Near(
                    $"{Name}: step {Steps} / rate without, (1 − β₁^{Steps})/√(1 − β₂^{Steps})",
                    (1 - Math.Pow(Beta1, Steps)) / Math.Sqrt(1 - Math.Pow(Beta2, Steps)),
                    Bare[^1],
                    1e-9
                ),
            ];

        public static Setting Of(ExperimentRun run, double beta1, double beta2) =>
            new(beta1, beta2, Lengths(run, beta1, beta2, true), Lengths(run, beta1, beta2, false));

        private static double[] Lengths(ExperimentRun run, double beta1, double beta2, bool corrected)
        {
            var adam = Optimizers.Adam<Tensor>(Rate, beta1, beta2, epsilon: 0, corrected);
            var path = Path.Of(adam, p => Sum(Gradient * p), Tensor.Zeros([1]), Steps, cancellation: run.Cancellation);
            return [.. path.Zip(path.Skip(1), (a, b) => (a[0] - b[0]) / Rate)];
        }
    }
}
