using AutoDiff.Curvature;
using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What does not change a net does not change what is said of a point: eigenvalues stay within their bounds, and the index stays.</summary>
public sealed class NetSpectrumLaws
{
    private static readonly Law<SmallNet> OrderOfUnits = new(
        "OrderOfUnits",
        "the net with its hidden units in another order has the same loss, spectrum and index",
        net => Same(Classify(net.Loss, net.Point), Classify(net.Loss, net.Reversed(net.Point)), 0)
    );

    private static readonly Law<SmallNet> SignsOfUnits = new(
        "SignsOfUnits",
        "the net with all weights of some units negated, of an odd activation, has the same loss, spectrum and index",
        net => Same(Classify(net.Loss, net.Point), Classify(net.Loss, net.Negated(net.Point)), 0)
    );

    private static readonly Law<SmallNet> Rotations = new(
        "Rotations",
        "f after an orthogonal map has the same spectrum and index at the point's image",
        net =>
            Same(
                Classify(net.Loss, net.Point),
                Classify(w => net.Loss(Minimization.Reflected(w, net.Seed)), Minimization.Reflected(net.Point, net.Seed)),
                // The map and its image of the point are rounded.
                1e-13
            )
    );

    private static readonly Law<SmallNet> Units = new(
        "Units",
        "c·f has c times the spectrum; −f turned over, its negative and positive counts exchanged",
        net =>
        {
            var plain = Classify(net.Loss, net.Point);
            foreach (var factor in new[] { 1e-150, 1e150, 3, -1, -1e-8 })
            {
                var verdict = Same(Scaled(plain, factor), Classify(w => factor * net.Loss(w), net.Point), 1e-15);
                if (verdict is not Verdict.Holds)
                    return verdict;
            }
            return new Verdict.Holds();
        }
    );

    [Fact]
    public void The_order_of_units_does_not_matter() => Run.Holds(OrderOfUnits, SmallNet.All, "small nets", 40);

    [Fact]
    public void The_signs_of_units_do_not_matter() => Run.Holds(SignsOfUnits, SmallNet.All, "small nets", 40);

    [Fact]
    public void Orthogonal_maps_do_not_matter() => Run.Holds(Rotations, SmallNet.All, "small nets", 40);

    [Fact]
    public void Units_of_the_loss_scale_the_spectrum() => Run.Holds(Units, SmallNet.All, "small nets", 20);

    /// <summary>What counts here of a point: its loss, and its eigenvalues with their bounds and counts.</summary>
    private sealed record Facts(
        double Loss,
        double[] Eigenvalues,
        double[] Bounds,
        (int Negative, int Zero, int Positive) Counts,
        bool Certain
    );

    private static Facts Classify(Func<Tensor, Tensor> loss, Tensor at)
    {
        var point = CriticalPoint.Classify(loss, Transforms.Evaluate(at), new() { Threads = 1 });
        return new(
            point.Loss,
            [.. point.Eigenvalues],
            [.. point.ErrorBounds],
            (point.Index, point.Nullity, point.Statistics.Positive),
            point.IndexConfirmed
        );
    }

    private static Facts Scaled(Facts facts, double factor)
    {
        double[] values = [.. facts.Eigenvalues.Select(value => factor * value)];
        double[] bounds = [.. facts.Bounds.Select(bound => Math.Abs(factor) * bound)];
        var (negative, zero, positive) = facts.Counts;
        return factor > 0
            ? facts with
            {
                Loss = factor * facts.Loss,
                Eigenvalues = values,
                Bounds = bounds,
            }
            : new(factor * facts.Loss, [.. values.Reverse()], [.. bounds.Reverse()], (positive, zero, negative), facts.Certain);
    }

    private static Verdict Same(Facts one, Facts other, double rounding)
    {
        var allowed = rounding * one.Eigenvalues.Max(Math.Abs);
        for (var i = 0; i < one.Eigenvalues.Length; i++)
        {
            var (a, b) = (one.Eigenvalues[i], other.Eigenvalues[i]);
            if (!(Math.Abs(a - b) <= one.Bounds[i] + other.Bounds[i] + allowed))
                return new Verdict.Fails($"eigenvalue {i}: {a} ± {one.Bounds[i]}, then {b} ± {other.Bounds[i]}");
        }
        return !(Math.Abs(one.Loss - other.Loss) <= 1e-13 * Math.Abs(one.Loss)) ? new Verdict.Fails($"loss {one.Loss}, then {other.Loss}")
            : !(one.Certain && other.Certain) ? new Verdict.Discarded("an eigenvalue too near the threshold")
            : one.Counts == other.Counts ? new Verdict.Holds()
            : new Verdict.Fails($"(negative, zero, positive) {one.Counts}, then {other.Counts}");
    }
}
