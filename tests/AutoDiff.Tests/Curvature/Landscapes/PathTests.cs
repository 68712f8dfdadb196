using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public partial class PathTests
{
    private static readonly double[][] MuellerBrown =
    [
        [-0.5582, 1.4417],
        [-0.0500, 0.4667],
        [0.6235, 0.0280],
    ];
    private static readonly double[] MuellerBrownMinima = [-146.6995, -80.7678, -108.1667];
    private static readonly double[][] Himmelblau =
    [
        [3, 2],
        [-2.805118, 3.131312],
        [-3.779310, -3.283186],
        [3.584428, -1.848126],
    ];

    public static TheoryData<bool, int, int, double> MuellerBrownPasses =>
        Both((0, 1, -40.6648), (1, 2, -72.2489), (0, 2, -40.6648), (2, 0, -40.6648));

    public static TheoryData<bool, int, int, double> HimmelblauPasses =>
        Both((0, 1, 67.719), (1, 2, 104.015), (2, 3, 178.337), (3, 0, 13.312));

    public static TheoryData<bool> Methods => [false, true];

    [Theory]
    [MemberData(nameof(MuellerBrownPasses))]
    public void Mueller_and_Browns_passes_lie_between_the_minima_they_join(bool band, int from, int to, double height)
    {
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        var path = Connect(band, objective, Minimum(objective, MuellerBrown[from]), Minimum(objective, MuellerBrown[to]));
        IsPass(path, height, 5e-5);
        Assert.Equal(MuellerBrownMinima[from], path.Losses[0], 5e-5);
        Assert.Equal(MuellerBrownMinima[to], path.Losses[^1], 5e-5);
        Assert.Equal(height - MuellerBrownMinima[from], path.BarrierFromFirst, 1e-4);
        Assert.Equal(height - MuellerBrownMinima[to], path.BarrierFromLast, 1e-4);
        var at = path.Saddle!.Point.ToArray();
        double[] known = height > -50 ? [-0.8220, 0.6243] : [0.2125, 0.2930];
        Assert.True(Distance(at, known) < 1e-4);
        Assert.InRange(path.Iterations, 1, 300);
    }

    [Theory]
    [MemberData(nameof(HimmelblauPasses))]
    public void Each_of_Himmelblaus_passes_joins_two_neighbours(bool band, int from, int to, double height)
    {
        var objective = Objective.Of(Surfaces.Himmelblau, Tensor.Zeros([2]));
        var path = Connect(band, objective, Minimum(objective, Himmelblau[from]), Minimum(objective, Himmelblau[to]));
        IsPass(path, height, 5e-4);
        Assert.Equal(height, path.BarrierFromFirst, 5e-4);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_images_follow_the_gradient(bool band)
    {
        // On a path of least loss the gradient lies along it, and its integral is the difference of losses.
        var objective = Objective.Of(Surfaces.MuellerBrown, Tensor.Zeros([2]));
        var path = Connect(
            band,
            objective,
            Minimum(objective, MuellerBrown[1]),
            Minimum(objective, MuellerBrown[2]),
            new() { Images = 41 }
        );
        for (var i = 1; i < path.Images.Length - 1; i++)
        {
            var gradient = new double[2];
            objective.ValueAndGradient(path.Images[i].ToArray(), gradient);
            var (before, after) = (path.Images[i - 1].ToArray(), path.Images[i + 1].ToArray());
            double[] chord = [after[0] - before[0], after[1] - before[1]];
            var across = Math.Abs((gradient[0] * chord[1]) - (gradient[1] * chord[0])) / Distance(before, after);
            Assert.InRange(across, 0, 0.02 * 1500); // chords turn against tangents by some 2 % of the steepest gradient's 1,500
        }
        var steps = path.ArcLength.Zip(path.ArcLength.Skip(1), (a, b) => b - a).ToArray();
        Assert.InRange(steps.Max() / steps.Min(), 1, band ? 1.5 : 1 + 1e-3);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Two_unequal_minima(bool band)
    {
        var objective = Objective.Of(Surfaces.TwoMinima, Tensor.Zeros([2]));
        var path = Connect(band, objective, Minimum(objective, [-0.98, 0.98]), Minimum(objective, [0.93, -0.94]));
        // On the line (t, −t) the slope 2(t + 1)·2e^(−(t+1)²) + 2(t − 1)·e^(−(t−1)²) vanishes between them.
        var (low, high) = (-0.5, 0.9);
        while (high - low > 1e-14)
        {
            var middle = (low + high) / 2;
            var slope = (4 * (middle + 1) * Math.Exp(-Math.Pow(middle + 1, 2))) + (2 * (middle - 1) * Math.Exp(-Math.Pow(middle - 1, 2)));
            (low, high) = slope > 0 ? (middle, high) : (low, middle);
        }
        IsPass(path, (-2 * Math.Exp(-Math.Pow(low + 1, 2))) - Math.Exp(-Math.Pow(low - 1, 2)), 1e-12);
        ReferenceData.AssertClose([low, -low], path.Saddle!.Point.ToArray(), 1e-10, "pass");
        Assert.True(path.BarrierFromFirst > 1 && path.BarrierFromLast < 0.2);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_valley_has_no_barrier(bool band)
    {
        var objective = Objective.Of(Surfaces.TwoWeights, Tensor.Zeros([2]));
        var path = Connect(band, objective, Tensor.Of([2.0, 0.5]), Tensor.Of([0.25, 4]));
        Assert.Equal((Outcome.Converged, Passage.NoBarrier), (path.Outcome, path.Passage));
        Assert.Null(path.Saddle);
        Assert.Equal((0, 0), (path.BarrierFromFirst, path.BarrierFromLast));
        foreach (var image in path.Images)
            Assert.Equal(1, image[0].Item() * image[1].Item(), 1e-3);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Downhill_all_the_way_there_is_no_barrier_either(bool band)
    {
        var path = Connect(band, Objective.Of((Tensor p) => Sum(Square(p)), Tensor.Zeros([2])), Tensor.Of([1.0, 0]), Tensor.Of([0.0, 0]));
        Assert.Equal((Outcome.Converged, Passage.NoBarrier, 1), (path.Outcome, path.Passage, path.Peak));
        Assert.Equal((0, 1), (path.BarrierFromFirst, path.BarrierFromLast));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void On_a_ridge_the_index_is_two_and_points_to_go_by_lead_off_it(bool band)
    {
        // Wells at (±1, 0) before a hill at the origin, with passes at (0, ±1).
        Tensor Loss(Tensor p) =>
            Square(Square(Take(p, 0, 0)) - 1) + Square(Square(Take(p, 0, 1)) - 1) + (3 * Square(Take(p, 0, 0) * Take(p, 0, 1)));
        var objective = Objective.Of(Loss, Tensor.Zeros([2]));
        var (a, b) = (Tensor.Of([-1.0, 0]), Tensor.Of([1.0, 0]));
        var ridge = Connect(band, objective, a, b);
        Assert.Equal((Passage.NotIndexOne, 2), (ridge.Passage, ridge.Saddle!.Index));
        Assert.Equal(2, ridge.Peak, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Points_to_go_by_choose_the_pass(bool band)
    {
        // A ring of least loss about the origin with wells at (±1, 0); the passes at (0, ±1) differ.
        Tensor Loss(Tensor p)
        {
            var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
            return (10 * Square(Square(x) + Square(y) - 1)) + Square(y) + (0.1 * y * Square(y));
        }
        var objective = Objective.Of(Loss, Tensor.Zeros([2]));
        var (a, b) = (Tensor.Of([-1.0, 0]), Tensor.Of([1.0, 0]));
        var above = Connect(band, objective, a, b, via: [Tensor.Of([-0.8, 0.8]), Tensor.Of([0.7, 0.9])]);
        var below = Connect(band, objective, a, b, via: [Tensor.Of([0.1, -1.2])]);
        IsPass(
            above,
            objective.Value(Newton.Minimize((Tensor y) => Loss(Stack([0, y])), (Tensor)1.0).Point.ToArray() is [var up] ? [0, up] : []),
            1e-10
        );
        IsPass(
            below,
            objective.Value(
                Newton.Minimize((Tensor y) => Loss(Stack([0, y])), (Tensor)(-1.0)).Point.ToArray() is [var down] ? [0, down] : []
            ),
            1e-10
        );
        Assert.True(above.Peak > below.Peak + 0.1);
    }

    [TensorTree]
    private sealed partial record Net(Tensor First, Tensor Bias, Tensor Second);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Permuted_hidden_units_are_joined_over_one_barrier_from_both_sides(bool band)
    {
        var x = Key.Of(1).Normal([40, 2]);
        var target = Tanh(MatMul(x, Tensor.Of([1.5, -1, 0.5, 1.2], 2, 2))) is var hidden ? Sum(hidden * Tensor.Of([1.0, -1.5]), 1) : 0;
        Tensor Loss(Net w) =>
            Mean(Square(MatMul(Tanh(MatMul(x, w.First) + w.Bias), w.Second) - target))
            + (1e-2 * (Sum(Square(w.First)) + Sum(Square(w.Bias)) + Sum(Square(w.Second))));
        var objective = Objective.Of(Loss, new Net(Tensor.Zeros([2, 2]), Tensor.Zeros([2]), Tensor.Zeros([2])));
        var minimum = Newton
            .Minimize(objective, new(Tensor.Of([1.5, -1, 0.5, 1.2], 2, 2), Tensor.Zeros([2]), Tensor.Of([1.0, -1.5])))
            .Point;
        static Tensor Swapped(Tensor leaf) => leaf.Shape.Rank == 1 ? Flip(leaf, 0) : Flip(leaf, 1);
        var permuted = TreeMath.Map(minimum, Swapped);
        var path = Connect(band, objective, minimum, permuted, new() { Tolerance = 1e-3 });
        IsPass(path, 0.1534816, 1e-6);
        Assert.Equal(path.BarrierFromFirst, path.BarrierFromLast, 1e-14);
        Assert.Equal(0.0821, path.BarrierFromFirst, 1e-4);
        // The way there and its image under the swap are the same way, over two passes of one height with the line of equal units between them.
        if (!band)
        {
            for (var i = 0; i < path.Losses.Length; i++)
                Assert.Equal(path.Losses[i], path.Losses[^(i + 1)], 1e-4);
            Assert.Equal(path.Losses[10], objective.Value(objective.Ravel(TreeMath.Map(path.Images[10], Swapped))), 1e-10);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Many_parameters_are_carried_on_by_products(bool band)
    {
        // A double well in the first of 150 coordinates, bent by its square, stiffnesses 1 to 10.
        var (stiffness, bend) = (
            Tensor.Of([.. Enumerable.Range(0, 149).Select(i => 1 + (9 * i / 148.0))]),
            Key.Of(3).Normal([149], 0, 0.2)
        );
        Tensor Loss(Tensor p)
        {
            var x = Take(p, 0, 0);
            return Square(Square(x) - 1) + (0.2 * x) + Sum(stiffness * Square(p[1..] - (bend * Square(x)) - (0.1 * bend * x)));
        }
        var objective = Objective.Of(Loss, Tensor.Zeros([150]));
        Tensor Start(double at) => Concatenate([Tensor.Of([at]), bend * (at * at)], 0);
        var path = Connect(band, objective, Newton.Minimize(objective, Start(-1)).Point, Newton.Minimize(objective, Start(1)).Point);
        Assert.Equal((Outcome.Converged, Passage.Saddle, 1, 0), (path.Outcome, path.Passage, path.Saddle!.Index, path.Saddle.Nullity));
        // On the bent line the loss is the first coordinate's alone: 4x(x² − 1) + 0.2 = 0 near 0.
        var top = 0.05;
        for (var i = 0; i < 50; i++)
            top = (4 * top * top * top + 0.2) / 4;
        Assert.Equal(Math.Pow((top * top) - 1, 2) + (0.2 * top), path.Peak, 1e-12);
    }

    private static MinimumPath<T> Connect<T>(
        bool band,
        Objective<T> objective,
        T from,
        T to,
        PathOptions? options = null,
        IReadOnlyList<T>? via = null
    )
        where T : ITensorTree<T> =>
        band ? ElasticBand.Connect(objective, from, to, options, via) : StringMethod.Connect(objective, from, to, options, via);

    private static Tensor Minimum(Objective<Tensor> objective, double[] near)
    {
        var end = Newton.Minimize(objective, Tensor.Of(near));
        Assert.Equal(Outcome.Converged, end.Outcome);
        return end.Point;
    }

    private static void IsPass<T>(MinimumPath<T> path, double height, double error)
        where T : ITensorTree<T>
    {
        Assert.Equal((Outcome.Converged, Passage.Saddle), (path.Outcome, path.Passage));
        Assert.Equal((1, 0), (path.Saddle!.Index, path.Saddle.Nullity));
        Assert.Equal(height, path.Saddle.Loss, error);
        Assert.Equal(path.Saddle.Loss, path.Peak);
    }

    private static double Distance(double[] x, double[] y) => Math.Sqrt(x.Zip(y, (a, b) => (a - b) * (a - b)).Sum());

    private static TheoryData<bool, int, int, double> Both(params (int From, int To, double Height)[] rows)
    {
        var data = new TheoryData<bool, int, int, double>();
        foreach (var row in rows)
        {
            data.Add(false, row.From, row.To, row.Height);
            data.Add(true, row.From, row.To, row.Height);
        }
        return data;
    }
}
