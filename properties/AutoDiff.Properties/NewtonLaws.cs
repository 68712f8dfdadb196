using AutoDiff.Curvature;
using AutoDiff.Laws;
using Xunit;
using Outcome = AutoDiff.Curvature.Outcome;

namespace AutoDiff.Properties;

/// <summary>What a minimization's outcome means, over generated losses.</summary>
public sealed class NewtonLaws
{
    private const double Tolerance = 1e-8;
    private const double Epsilon = 2.220446049250313e-16;

    private static readonly Law<Minimization> EndsFinite = new(
        "EndsFinite",
        "from a finite start nothing is thrown, the point is finite, and the loss does not rise",
        problem =>
        {
            var (start, end) = (problem.Loss(problem.Start).Item(), Minimize(problem.Loss, problem.Start));
            return Array.Exists(end.Point.ToArray(), x => !double.IsFinite(x)) ? new Verdict.Fails($"point {end.Point}")
                : !double.IsFinite(start)
                    ? (end.Outcome == Outcome.NotFinite ? new Verdict.Holds() : new Verdict.Fails($"{end.Outcome} from a loss of {start}"))
                : end.Loss <= start + (64 * Epsilon * end.Iterations * Math.Abs(start)) ? new Verdict.Holds()
                : new Verdict.Fails($"from {start} to {end.Loss}");
        }
    );

    private static readonly Law<Minimization> ConvergedMeansIt = new(
        "ConvergedMeansIt",
        "at a point called converged the stated criterion holds, computed anew",
        problem =>
        {
            var end = Minimize(problem.Loss, problem.Start);
            if (end.Outcome != Outcome.Converged)
                return new Verdict.Discarded($"{end.Outcome}");
            var gradient = Transforms.Grad<Tensor>(problem.Loss)(end.Point).ToArray();
            var eigen = SymmetricEigen.Decompose(Transforms.Hessian(problem.Loss, end.Point).ToArray(), problem.Size);
            var (least, most) = (eigen.Eigenvalues[0], eigen.Eigenvalues[^1]);
            if (!(most > 0) || least < -1e-7 * most)
                return new Verdict.Fails($"curvature from {least} to {most}");
            var (square, step) = (0.0, new double[problem.Size]);
            for (var k = 0; k < problem.Size; k++)
            {
                var vector = eigen.Vectors.AsSpan(k * problem.Size, problem.Size).ToArray();
                var slope = gradient.Zip(vector, (g, v) => g * v).Sum();
                var curvature = Math.Max(Math.Abs(eigen.Eigenvalues[k]), eigen.ErrorBounds[k]);
                square += slope * slope / curvature;
                for (var i = 0; i < step.Length; i++)
                    step[i] -= slope / curvature * vector[i];
            }
            var largest = Math.Max(Math.Abs(problem.Loss(problem.Start).Item()), Math.Abs(end.Loss));
            var scale = Math.Max(Math.Abs(end.Loss), Tolerance * Tolerance * largest);
            var near = step.Zip(end.Point.ToArray(), (p, x) => Math.Abs(p) <= 2 * Tolerance * Math.Abs(x)).All(small => small);
            return near || square <= 128 * Epsilon * scale
                ? new Verdict.Holds()
                : new Verdict.Fails($"decrement {Math.Sqrt(square)} at a loss of {end.Loss}");
        }
    );

    private static readonly Law<Minimization> UnitsOfTheLossDoNotMatter = new(
        "UnitsOfTheLossDoNotMatter",
        "10^±8·f ends as f does",
        problem =>
        {
            var plain = Minimize(problem.Loss, problem.Start);
            foreach (var factor in new[] { 1e8, 1e-8 })
            {
                var scaled = Minimize(x => factor * problem.Loss(x), problem.Start);
                if (scaled.Outcome != plain.Outcome)
                    return new Verdict.Fails($"{plain.Outcome} at {plain.Point}, times {factor} {scaled.Outcome} at {scaled.Point}");
            }
            return new Verdict.Holds();
        }
    );

    private static readonly Law<Minimization> AxesDoNotMatter = new(
        "AxesDoNotMatter",
        "f after a reflection ends as f does",
        problem =>
        {
            var plain = Minimize(problem.Loss, problem.Start);
            var turned = Minimize(x => problem.Loss(Minimization.Reflected(x, 7)), Minimization.Reflected(problem.Start, 7));
            return plain.Outcome == turned.Outcome ? new Verdict.Holds() : new Verdict.Fails($"{plain.Outcome}, turned {turned.Outcome}");
        }
    );

    [Fact]
    public void Ends_finite() => Run.Holds(EndsFinite, Minimization.All, "losses", 80);

    [Fact]
    public void Converged_means_it() => Run.Holds(ConvergedMeansIt, Minimization.All, "losses", 50);

    [Fact]
    public void Units_of_the_loss_do_not_matter() =>
        Run.Holds(UnitsOfTheLossDoNotMatter, Minimization.WithMinimum, "losses with a minimum", 40);

    [Fact]
    public void Axes_do_not_matter() => Run.Holds(AxesDoNotMatter, Minimization.WithMinimum, "losses with a minimum", 40);

    private static NewtonResult<Tensor> Minimize(Func<Tensor, Tensor> loss, Tensor start) =>
        Newton.Minimize(loss, Transforms.Evaluate(start), new() { MaxIterations = 300 });
}
