using AutoDiff.Curvature;
using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What is said of critical points, over generated nets: alike by every examination and for every image of the net, and never a higher loss after an escape.</summary>
public sealed class CriticalPointLaws
{
    private static readonly CurvatureOptions[] Examinations =
    [
        new() { Threads = 1 },
        new() { Threads = 1, MostDense = 0 },
        new()
        {
            Threads = 1,
            MostDense = 0,
            MostFactored = 0,
        },
    ];

    private static readonly Law<SmallNet> ExaminationsAgree = new(
        "ExaminationsAgree",
        "at a critical point all eigenvalues, factorizations and both ends of the spectrum say the same, as far as each says it",
        net =>
        {
            var (objective, at) = Found(net);
            if (at is null)
                return new Verdict.Discarded("no critical point was come to");
            var (all, inertia, ends) = (Classify(objective, at, 0), Classify(objective, at, 1), Classify(objective, at, 2));
            if (!all.IndexConfirmed || !inertia.IndexConfirmed)
                return new Verdict.Discarded("an eigenvalue too near the threshold");
            var (least, most) = (all.Eigenvalues[0] - all.ErrorBounds[0], all.Eigenvalues[^1] + all.ErrorBounds[^1]);
            return (all.Kind, all.Index, all.Nullity) != (inertia.Kind, inertia.Index, inertia.Nullity)
                    ? new Verdict.Fails($"{all}, by inertia {inertia}")
                : ends.Index > all.Index || ends.Positive > all.Positive ? new Verdict.Fails($"{all}, by ends more: {ends}")
                : ends.IndexIsExact && ends.Kind != all.Kind ? new Verdict.Fails($"{all}, by ends {ends}")
                : ends.Kind != CriticalPointKind.Undecided && ends.Kind != all.Kind ? new Verdict.Fails($"{all}, by ends {ends}")
                : ends.SmallestPossible > least + (2 * all.ErrorBounds[0]) || ends.LargestPossible < most - (2 * all.ErrorBounds[^1])
                    ? new Verdict.Fails($"from {least} to {most}, by ends {ends.SmallestPossible} to {ends.LargestPossible}")
                : new Verdict.Holds();
        }
    );

    private static readonly Law<SmallNet> ImagesAreAlike = new(
        "ImagesAreAlike",
        "a critical point with its units in another order or with signs turned has the same kind, index, nullity and loss, by any examination",
        net =>
        {
            var (objective, at) = Found(net);
            if (at is null)
                return new Verdict.Discarded("no critical point was come to");
            for (var how = 0; how < Examinations.Length; how++)
            {
                var point = Classify(objective, at, how);
                foreach (var image in new[] { net.Reversed(at), net.Negated(at) })
                {
                    var other = Classify(objective, Transforms.Evaluate(image), how);
                    if (how < 2 && !(point.IndexConfirmed && other.IndexConfirmed))
                        return new Verdict.Discarded("an eigenvalue too near the threshold");
                    if (
                        (point.Kind, point.Index, point.Nullity) != (other.Kind, other.Index, other.Nullity)
                        || !(Math.Abs(point.Loss - other.Loss) <= 1e-13 * Math.Abs(point.Loss))
                    )
                        return new Verdict.Fails($"{point}, its image {other}");
                }
            }
            return new Verdict.Holds();
        }
    );

    private static readonly Law<SmallNet> EscapesGoDown = new(
        "EscapesGoDown",
        "an escape's loss is the objective's at its point and not above the start's; where an eigenvalue is certainly negative, below",
        net =>
        {
            var (objective, at) = Found(net);
            if (at is null)
                return new Verdict.Discarded("no critical point was come to");
            var point = Classify(objective, at, 0);
            foreach (var directions in new[] { 1, 3 })
            {
                var end = Saddle.Escape(objective, point, directions);
                if (!(end.Loss <= point.Loss && end.Decrease == point.Loss - end.Loss))
                    return new Verdict.Fails($"from {point.Loss} to {end.Loss}, said to be {end.Decrease} lower");
                var there = objective.Value(end.Point.ToArray());
                if (!(Math.Abs(there - end.Loss) <= 1e-13 * Math.Abs(end.Loss)))
                    return new Verdict.Fails($"{end.Loss} at a point of {there}");
                if (point.IndexConfirmed && point.Index > 0 != end.Decrease > 0)
                    return new Verdict.Fails($"index {point.Index}, {end.Decrease} lower");
            }
            return new Verdict.Holds();
        }
    );

    [Fact]
    public void Examinations_agree() => Run.Holds(ExaminationsAgree, SmallNet.All, "small nets", 30);

    [Fact]
    public void Images_are_alike() => Run.Holds(ImagesAreAlike, SmallNet.All, "small nets", 20);

    [Fact]
    public void Escapes_go_down() => Run.Holds(EscapesGoDown, SmallNet.All, "small nets", 30);

    private static CriticalPoint<Tensor> Classify(Objective<Tensor> objective, Tensor at, int how) =>
        CriticalPoint.Classify(objective, at, Examinations[how]);

    /// <summary>The net's loss with a little weight decay, without which hardly a critical point is isolated, and the first point that a search from the net's comes to.</summary>
    private static (Objective<Tensor> Objective, Tensor? At) Found(SmallNet net)
    {
        var objective = Objective.Of(net.Decayed, net.Point);
        var found = CriticalPoint.Find(
            objective,
            [net.Point, Tensor.Zeros(net.Point.Shape)],
            new() { Method = FindMethod.DampedNewton, Threads = 1 }
        );
        return (objective, found.Points.MaxBy(one => one.Point.Loss)?.Point.Point);
    }
}
