using AutoDiff.Curvature;
using AutoDiff.Tests.Problems;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Critical points of small nets.</summary>
public partial class NetSearchTests
{
    private static readonly Tensor X = Key.Of(1).Normal([6, 2]);

    [TensorTree]
    internal sealed partial record Three(Tensor First, Tensor Second, Tensor Third);

    [TensorTree]
    internal sealed partial record Units(Tensor In, Tensor Out);

    [Fact]
    public void An_autoencoders_points_are_of_the_kinds_that_there_are()
    {
        Assert.Equal(135, AutoencoderSearch.Known.Count);
        var found = AutoencoderSearch.Find(AutoencoderSearch.NewObjective(), Key.Of(1), 32, Environment.ProcessorCount);
        Assert.All(
            found.Points,
            one => Assert.True(AutoencoderSearch.IsKnown(one.Point), $"{AutoencoderSearch.Of(one.Point)}: {one.Point}")
        );
        Assert.InRange(found.Points.Length, 8, 135);
        Assert.Equal(found.Points.Select(one => one.Point.Loss).Order(), found.Points.Select(one => one.Point.Loss));
    }

    /// <summary>Of three matrices or more the Hessian at the origin is zero (Kawaguchi 2016).</summary>
    [Fact]
    public void A_deep_linear_net_has_a_degenerate_origin()
    {
        var y = MatMul(X, Tensor.Of([1.0, 0.3, -0.2, 0.7], [2, 2]));
        Tensor Loss(Three w) => Sum(Square(MatMul(MatMul(MatMul(X, w.First), w.Second), w.Third) - y)) / 2;
        var origin = new Three(Tensor.Zeros([2, 2]), Tensor.Zeros([2, 2]), Tensor.Zeros([2, 2]));
        foreach (var method in new[] { FindMethod.NewtonMr, FindMethod.DampedNewton })
        {
            var found = CriticalPoint.Find(
                Loss,
                Starts.Normal(origin, Key.Of(3), 12, 0.05),
                new() { Method = method, SameDistance = 1e-2 }
            );
            var one = found.Points.MaxBy(one => one.Point.Nullity)!;
            Assert.Equal((CriticalPointKind.Degenerate, 0, 12), (one.Point.Kind, one.Point.Index, one.Point.Nullity));
            Assert.True(TreeMath.Norm(one.Point.Point).Item() < 1e-3);
            Assert.Equal(Loss(origin).Item(), one.Point.Loss, 1e-6);
        }
    }

    /// <summary>LeeDL, figure 3.6: among the points that small nets are driven to, the higher the loss, the smaller the share of positive eigenvalues.</summary>
    [Fact]
    public void The_share_of_positive_eigenvalues_falls_with_the_loss()
    {
        var points = new List<CriticalPoint<Units>>();
        for (var net = 0UL; net < 6; net++)
        {
            var target = Key.Of(net + 10).Normal([6, 1]);
            var found = CriticalPoint.Find<Units>(
                w => Mean(Square(MatMul(Tanh(MatMul(X, w.In)), w.Out) - target)),
                Starts.Normal(new Units(Tensor.Zeros([2, 2]), Tensor.Zeros([2, 1])), Key.Of(net), 30),
                new() { Method = FindMethod.DampedNewton }
            );
            points.AddRange(found.Points.Select(one => one.Point));
        }
        Assert.True(points.Count > 20);
        Assert.All(
            points,
            point => Assert.Equal((double)point.Eigenvalues.Count(value => value > point.Threshold) / 6, point.MinimumRatio, 1e-15)
        );
        Assert.True(points.Select(point => point.MinimumRatio).Distinct().Count() >= 3);
        var (losses, ratios) = (points.Select(point => point.Loss).ToArray(), points.Select(point => point.MinimumRatio).ToArray());
        var (loss, ratio) = (losses.Average(), ratios.Average());
        Assert.True(losses.Zip(ratios, (x, y) => (x - loss) * (y - ratio)).Sum() < 0);
    }

    [Fact]
    public void Permuted_units_and_their_signs_count_as_one()
    {
        var target = Key.Of(7).Normal([6, 1]);
        Tensor Loss(Units w) => Mean(Square(MatMul(Tanh(MatMul(X, w.In)), w.Out) - target));
        // The eight symmetries of two units, but for the identity.
        static Units Turn(Units w, bool swap, double first, double second)
        {
            var signs = Tensor.Of([first, second]);
            var (weights, outputs) = (w.In * signs, w.Out * Reshape(signs, [2, 1]));
            return Transforms.Evaluate(swap ? new(Flip(weights, 1), Flip(outputs, 0)) : new Units(weights, outputs));
        }
        double[] both = [1, -1];
        var turns = (
            from swap in new[] { false, true }
            from first in both
            from second in both
            where swap || first < 0 || second < 0
            select (Func<Units, Units>)(w => Turn(w, swap, first, second))
        ).ToArray();
        Assert.Equal(7, turns.Length);
        var few = Starts.Normal(new Units(Tensor.Zeros([2, 2]), Tensor.Zeros([2, 1])), Key.Of(2), 10);
        Units[] starts = [.. few, .. few.SelectMany(start => turns.Select(turn => turn(start)))];
        var options = new FindOptions<Units> { Method = FindMethod.DampedNewton };
        var all = CriticalPoint.Find(Loss, starts, options);
        var one = CriticalPoint.Find(Loss, starts, options with { Symmetries = turns });
        Assert.True(one.Points.Length > 1 && one.Points.Length < all.Points.Length);
        Assert.Equal(CriticalPoint.Find(Loss, few, options with { Symmetries = turns }).Points.Length, one.Points.Length);
        Assert.Equal(all.Points.Sum(found => found.Count), one.Points.Sum(found => found.Count));
    }
}
