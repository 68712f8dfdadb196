using AutoDiff.Curvature;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using AutoDiff.Plots;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>The Hessian of least squares before and after standardization: of two features of unlike size, and of the pixels that vary.</summary>
internal static class NormalizedInputs
{
    private const int Points = 41;
    private const double Reach = 2;

    public static Experiment Experiment { get; } =
        new(
            "normalized-inputs",
            ["11"],
            "What does standardizing inputs do to the Hessian?",
            "LeeDL, 3.7 and figure 3.39: features of unlike size make the error surface steep along one weight and flat along another; standardized, they make it about as steep along both.",
            Run
        );

    /// <summary>The ends of the Hessian's spectrum.</summary>
    private sealed record Spectrum(string Name, double Smallest, double Largest)
    {
        public double Condition => Largest / Smallest;
    }

    private static Answer Run(ExperimentRun run)
    {
        var key = run.Key;
        var unlike = Stack([key.FoldIn(0).Uniform([200], 1, 3), key.FoldIn(1).Uniform([200], 100, 300)], 1);
        var pictures = Pictures.Read(run, 1000, 1);
        var deviations = StandardDeviation(pictures.Train.Inputs, [0]).ToArray();
        int[] varying = [.. Enumerable.Range(0, pictures.Pixels).Where(pixel => deviations[pixel] > 0.02)];
        var x = Gather(pictures.Train.Inputs, Tensor.Of([.. varying.Select(pixel => (double)pixel)], varying.Length), 1);
        Spectrum[] spectra =
        [
            Ends(run, "two features", unlike),
            Ends(run, "two features, standardized", Standardized(unlike)),
            Ends(run, $"{varying.Length} pixels", x),
            Ends(run, $"{varying.Length} pixels, standardized", Standardized(x)),
        ];
        run.Done(0.8);
        return new()
        {
            Figures =
            [
                new(
                    "Loss of a linear fit over two weights, and ten steps of descent at the rate 1 / largest eigenvalue",
                    [Surface(run, "As measured: 1 to 3 and 100 to 300", unlike), Surface(run, "Standardized", Standardized(unlike))]
                ),
            ],
            Listings =
            [
                new(
                    "eigenvalues of the Hessian of a linear least-squares fit",
                    ["inputs", "smallest", "largest", "largest / smallest"],
                    [.. spectra.Select(s => Cells.Row(s.Name, $"{s.Smallest:G4}", $"{s.Largest:G4}", $"{s.Condition:G4}"))]
                ),
            ],
            Checks = [Lower(spectra[0], spectra[1]), Lower(spectra[2], spectra[3]), AlongBoth(spectra[1])],
        };
    }

    private static Check Lower(Spectrum before, Spectrum after) =>
        new(
            $"condition number, {after.Name}",
            $"below {before.Condition:G4}, that of the inputs as measured",
            $"{after.Condition:G4}",
            after.Condition < before.Condition
        )
        {
            Reason =
                after.Smallest < 1e-12 * after.Largest
                    ? $"standardized, the smallest eigenvalue, {after.Smallest:G3}, has the size of rounding errors beside the largest, {after.Largest:G3}: these pictures do not fix the weights of all pixels"
                    : null,
        };

    // Uncorrelated standardized features give the unit matrix; 200 examples' correlation is some 1 / sqrt(200).
    private static Check AlongBoth(Spectrum standardized) =>
        Check.Between($"condition number, {standardized.Name}: about 1", 1, 1.5, standardized.Condition);

    private static Spectrum Ends(ExperimentRun run, string name, Tensor inputs)
    {
        var net = Net.Of([inputs.Shape[1]], new Dense(1));
        var objective = Objective.Of((TensorMap at) => 0.5 * Mean(Square(net.Apply(at, inputs))), net.Init(run.Key));
        var (low, high) = Lanczos.BothEnds(objective.Hessian(net.Init(run.Key)), 1, 1, new() { Cancellation = run.Cancellation });
        return new(name, low.Eigenvalues[0], high.Eigenvalues[^1]);
    }

    private static Panel Surface(ExperimentRun run, string title, Tensor inputs)
    {
        var (axis, start) = (Tensor.Linspace(-Reach, Reach, Points).ToArray(), Tensor.Of([-1.5, 1.5]));
        var loss = Transforms.Compile<Tensor, Tensor>(Loss);
        var steepest = Eigh(Transforms.Hessian(Loss, start)).Values.ToArray()[^1];
        var path = Path.Of(Optimizers.GradientDescent<Tensor>(1 / steepest), Loss, start, 10, cancellation: run.Cancellation);
        return new(
            title,
            new("weight of the first feature") { From = -Reach, To = Reach },
            new("weight of the second feature") { From = -Reach, To = Reach },
            [
                new Mark.Contour(
                    [.. axis],
                    [.. axis],
                    [.. axis.SelectMany(w2 => axis.Select(w1 => loss.Invoke(Tensor.Of([w1, w2])).Item()))]
                ),
                new Mark.Path([.. path.Select(at => at[0])], [.. path.Select(at => at[1])]) { Name = "descent" },
            ]
        );

        Tensor Loss(Tensor weights) => 0.5 * Mean(Square(MatMul(inputs, weights)));
    }

    private static Tensor Standardized(Tensor x)
    {
        var layer = new Standardization(Mean(x, 0), StandardDeviation(x, [0]));
        return layer.Apply(TensorMap.Empty, x, Context.Inference(layer.InitState([x.Shape[1]]))).Output;
    }
}
