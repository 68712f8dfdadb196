using AutoDiff.Curvature;
using AutoDiff.Laws;
using Xunit;
using Outcome = AutoDiff.Curvature.Outcome;

namespace AutoDiff.Properties;

/// <summary>What minimizers, paths and landscapes say, held against losses, gradients and eigenvalues computed anew, over generated nets.</summary>
public sealed class MinimizerLaws
{
    private const double Tolerance = 1e-8;

    private static readonly (string Name, Func<Objective<Tensor>, Tensor, MinimizerResult<Tensor>> Minimize)[] Minimizers =
    [
        ("NewtonCg", (objective, start) => NewtonCg.Minimize(objective, start)),
        ("TrustRegion", (objective, start) => TrustRegion.Minimize(objective, start)),
        ("SaddleFreeNewton", (objective, start) => SaddleFreeNewton.Minimize(objective, start)),
        ("PerturbedDescent", (objective, start) => PerturbedDescent.Minimize(objective, start, new() { MaxIterations = 3000 })),
    ];

    private static readonly Law<SmallNet> EndsAreAsStated = new(
        "EndsAreAsStated",
        "a minimizer ends no higher than it began; where converged, at a gradient and a curvature within its tolerances, and no eigenvalue is below its floor",
        net =>
        {
            var objective = Objective.Of(net.Decayed, net.Point);
            foreach (var start in new[] { net.Point, Tensor.Zeros(net.Point.Shape) })
            {
                foreach (var (name, minimize) in Minimizers)
                {
                    var end = minimize(objective, start);
                    if (Wrong(objective, start, end) is { } wrong)
                        return new Verdict.Fails($"{name}: {wrong}");
                }
            }
            return new Verdict.Holds();
        }
    );

    private static readonly Law<SmallNet> PathsAgree = new(
        "PathsAgree",
        "a saddle that a string or an elastic band between a minimum and its image names is critical, of index 1 and above both ends; where both pass one saddle, at one loss",
        net =>
        {
            var objective = Objective.Of(net.Decayed, net.Point);
            var end = TrustRegion.Minimize(objective, net.Point);
            var image = Transforms.Evaluate(net.Reversed(end.Point));
            if (Distance(end.Point, image) < 1e-2)
                return new Verdict.Discarded("the minimum is its own image");
            var options = new PathOptions { Images = 15, Threads = 1 };
            var (one, other) = (
                StringMethod.Connect(objective, end.Point, image, options),
                ElasticBand.Connect(objective, end.Point, image, options)
            );
            foreach (var path in new[] { one, other })
            {
                if (path.Saddle is { } saddle && !(saddle.IsCritical && saddle.Loss >= Math.Max(path.Losses[0], path.Losses[^1])))
                    return new Verdict.Fails($"{path.Passage}: {saddle}");
                if (path.Passage == Passage.Saddle && path.Saddle is not { Index: 1 })
                    return new Verdict.Fails($"{path.Passage}: {path.Saddle}");
            }
            return one.Passage != Passage.Saddle || other.Passage != Passage.Saddle
                    ? new Verdict.Discarded($"{one.Passage}, {other.Passage}")
                // There may be several ways.
                : Distance(one.Saddle!.Point, other.Saddle!.Point) > 1e-4 ? new Verdict.Discarded("two passes")
                : Math.Abs(one.Peak - other.Peak) <= 1e-9 * Math.Abs(one.Peak) ? new Verdict.Holds()
                : new Verdict.Fails($"{one.Peak} by string, {other.Peak} by band");
        }
    );

    private static readonly Law<SmallNet> LandscapesAreTheLoss = new(
        "LandscapesAreTheLoss",
        "a line, a plane and a sphere have the objective's loss at the points they say",
        net =>
        {
            var objective = Objective.Of(net.Decayed, net.Point);
            var (d, e) = (Directions.FilterNormalized(net.Point, Key.Of(1), true), Transforms.Evaluate(Key.Of(2).Normal(net.Point.Shape)));
            var plane = Landscape.Plane(objective, net.Point, d, e, [-0.5, 0, 2], [0, 0.3]);
            for (var row = 0; row < 2; row++)
            {
                for (var column = 0; column < 3; column++)
                {
                    var at = Transforms.Evaluate(net.Point + (plane.X[column] * d) + (plane.Y[row] * e));
                    if (!Near(objective.Value(at.ToArray()), plane[row, column]))
                        return new Verdict.Fails($"{plane[row, column]} at {plane.X[column]}, {plane.Y[row]}");
                }
            }
            var line = Landscape.Line(objective, net.Point, d, [-0.5, 2]);
            var sphere = Landscape.Sphere(objective, net.Point, [0], new() { Directions = 3 })[0];
            return !(Near(line.Losses[0], plane[0, 0]) && Near(line.Losses[1], plane[0, 2]))
                    ? new Verdict.Fails("a line is no row of its plane")
                : Near(sphere.Mean, plane[0, 1]) && Near(sphere.Max, plane[0, 1]) ? new Verdict.Holds()
                : new Verdict.Fails($"{sphere.Mean} at distance 0 of {plane[0, 1]}");
        }
    );

    private static readonly Law<SmallNet> SharpnessGrowsWithTheBox = new(
        "SharpnessGrowsWithTheBox",
        "Keskar's sharpness is not negative, is that of its maximizer, which lies in the box, and does not fall with ε",
        net =>
        {
            var objective = Objective.Of(net.Decayed, net.Point);
            var (last, x) = (0.0, net.Point.ToArray());
            foreach (var epsilon in new[] { 1e-5, 1e-4, 1e-3 })
            {
                var end = Sharpness.Keskar(objective, net.Point, new() { Epsilon = epsilon, Threads = 1 });
                if (!(end.Value >= last))
                    return new Verdict.Fails($"{end.Value} at {epsilon}, {last} before");
                if (!Near(objective.Value(end.Maximizer.ToArray()), end.MaxLoss))
                    return new Verdict.Fails($"a highest loss of {end.MaxLoss} that is not the maximizer's");
                var box = end.Maximizer.ToArray().Zip(x, (there, here) => Math.Abs(there - here) / (Math.Abs(here) + 1)).Max();
                if (!(box <= epsilon * (1 + 1e-9)))
                    return new Verdict.Fails($"{box} in a box of {epsilon}");
                last = end.Value;
            }
            return new Verdict.Holds();
        }
    );

    [Fact]
    public void Ends_are_as_stated() => Run.Holds(EndsAreAsStated, SmallNet.All, "small nets", 20);

    [Fact]
    public void Paths_agree() => Run.Holds(PathsAgree, SmallNet.All, "small nets", 12);

    [Fact]
    public void Landscapes_are_the_loss() => Run.Holds(LandscapesAreTheLoss, SmallNet.All, "small nets", 30);

    [Fact]
    public void Sharpness_grows_with_the_box() => Run.Holds(SharpnessGrowsWithTheBox, SmallNet.All, "small nets", 30);

    private static string? Wrong(Objective<Tensor> objective, Tensor start, MinimizerResult<Tensor> end)
    {
        var x = end.Point.ToArray();
        var gradient = new double[x.Length];
        var (before, after) = (objective.Value(start.ToArray()), objective.ValueAndGradient(x, gradient));
        var norm = Math.Sqrt(gradient.Sum(g => g * g));
        if (!(after <= before * (1 + 1e-12)) || after != end.Loss)
            return $"from {before} to {end.Loss}, which is {after}";
        if (!(Math.Abs(norm - end.GradientNorm) <= 1e-12 * end.State.LargestGradient))
            return $"a gradient of {end.GradientNorm}, which is {norm}";
        var eigen = SymmetricEigen.Decompose(objective.Hessian(x).ToMatrix(), x.Length);
        var (least, most) = (eigen.Eigenvalues[0], Math.Max(-eigen.Eigenvalues[0], eigen.Eigenvalues[^1]));
        if (least < end.CurvatureFloor - (1e-12 * most))
            return $"an eigenvalue of {least} below the floor of {end.CurvatureFloor}";
        // What Newton's model promises still, which rounding may hide.
        var promise = Enumerable
            .Range(0, x.Length)
            .Sum(k =>
                Math.Pow(eigen.Vectors.AsSpan(k * x.Length, x.Length).ToArray().Zip(gradient, (v, g) => v * g).Sum(), 2)
                / Math.Max(Math.Abs(eigen.Eigenvalues[k]), 1e-14 * most)
                / 2
            );
        return end.Outcome switch
        {
            Outcome.Converged when !(least >= -Math.Sqrt(Tolerance) * end.State.LargestCurvature - (1e-12 * most)) =>
                $"converged at a curvature of {least}",
            Outcome.Converged when !(norm <= Tolerance * end.State.LargestGradient * (1 + 1e-12) || promise <= 1e-13 * Math.Abs(after)) =>
                $"converged at a gradient of {norm}, which promises {promise}",
            Outcome.Converged or Outcome.MaxIterations => null,
            _ => $"{end.Outcome}",
        };
    }

    private static bool Near(double x, double y) => Math.Abs(x - y) <= 1e-12 * Math.Max(Math.Abs(x), 1e-3);

    private static double Distance(Tensor x, Tensor y) => Math.Sqrt(x.ToArray().Zip(y.ToArray(), (a, b) => (a - b) * (a - b)).Sum());
}
