using AutoDiff.Curvature;

namespace AutoDiff.Tests.Problems;

/// <summary>Newton's outcome and answer agree on the problem sets, in any units of loss and parameters.</summary>
public class NewtonProblemTests
{
    private const int MaxIterations = 1000;

    /// <summary>What the loss is multiplied by, and what parameters at even and at odd places are.</summary>
    private static readonly (double Loss, double Even, double Odd)[] Units =
    [
        (1, 1, 1),
        (1e8, 1, 1),
        (1e-8, 1, 1),
        (1, 1e4, 1e4),
        (1, 1e-4, 1e-4),
        (1, 1e4, 1e-4),
    ];

    public static TheoryData<string> Functions => [.. MoreGarbowHillstrom.All.Select(problem => problem.Name)];

    public static TheoryData<string, int> Fits =>
        [.. NistRegressions.All.SelectMany(fit => new[] { 0, 1 }.Select(start => (fit.Name, start)))];

    [Theory]
    [MemberData(nameof(Functions))]
    public void AMinimumIsFoundAndSaidSo(string name)
    {
        var problem = MoreGarbowHillstrom.All.Single(problem => problem.Name == name);
        foreach (var units in Units)
        {
            var (end, _) = Minimize(problem, units);
            Assert.Contains(Expected(name), outcome => outcome == end.Outcome);
            var start = problem.Loss(problem.Start).Item();
            var reached = end.Loss / units.Loss;
            var minima = name == "Biggs EXP6" && end.Outcome == Outcome.Converged ? [0] : problem.Minima;
            Assert.Contains(minima, minimum => Math.Abs(reached - minimum) <= (minimum == 0 ? 1e-14 * start : 2e-6 * minimum));
        }
    }

    private static Outcome[] Expected(string name) =>
        name switch
        {
            // Two of its exponentials start equal and stay so up to rounding; the lowest of such points, 5.65565e-3, is a saddle.
            "Biggs EXP6" => [Outcome.NegativeCurvature, Outcome.Converged],
            // An exponent of 16 multiplies the rounding of data of 3e4: the loss, 88, is known to some 1e-10 only.
            "Meyer" => [Outcome.Converged, Outcome.SmallStep, Outcome.Stagnated],
            _ => [Outcome.Converged],
        };

    [Theory]
    [MemberData(nameof(Fits))]
    public void AFitThatConvergedIsTheCertifiedOne(string name, int start)
    {
        var fit = NistRegressions.All.Single(fit => fit.Name == name);
        var converged = 0;
        foreach (var units in Units)
        {
            var (end, parameters) = Minimize(fit.From(start), units);
            Assert.True(end.Loss <= units.Loss * fit.From(start).Loss(fit.Starts[start]).Item());
            if (end.Outcome != Outcome.Converged)
                continue;
            converged++;
            var reached = end.Loss / units.Loss;
            if (fit.Others.Any(other => Math.Abs(reached - other) <= 1e-9 * other))
                continue;
            Assert.Equal(fit.SumOfSquares, reached, 1e-10 * fit.SumOfSquares);
            // Certified parameters are positive; Eckerle4's first two may change signs together.
            foreach (var (certified, found) in fit.Parameters.Zip(parameters))
                Assert.Equal(certified, Math.Abs(found), 1e-7 * certified);
        }
        // From its far start MGH10 runs to where the model is constant; from the near one it is Meyer's function, whose rounding hides the end.
        Assert.InRange(converged, name == "MGH10" ? 0 : Units.Length, Units.Length);
    }

    private static (NewtonResult<Tensor> End, double[] Parameters) Minimize(
        LeastSquares problem,
        (double Loss, double Even, double Odd) units
    )
    {
        var scale = Enumerable.Range(0, problem.Size).Select(i => i % 2 == 0 ? units.Even : units.Odd).ToArray();
        var end = Newton.Minimize(
            x => units.Loss * problem.Loss(x * Tensor.Of(scale)),
            (Tensor)problem.Start.Zip(scale, (x, s) => x / s).ToArray(),
            new() { MaxIterations = MaxIterations }
        );
        return (end, [.. end.Point.ToArray().Zip(scale, (x, s) => x * s)]);
    }
}
