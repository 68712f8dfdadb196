using AutoDiff.Curvature;
using static AutoDiff.Tests.Curvature.ClassicalFunctions;
using static AutoDiff.Tests.Numerics.EigenChecks;

namespace AutoDiff.Tests.Curvature;

/// <summary>All critical points of functions for which they are known.</summary>
public class ClassicalSearchTests
{
    public static TheoryData<FindMethod> Methods => [.. Enum.GetValues<FindMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Himmelblau_has_four_minima_four_saddles_and_a_maximum(FindMethod method)
    {
        var found = Find(Himmelblau, Grid(Steps(-4.3, 4.3, 9), Steps(-4.1, 4.1, 9)), method);
        Assert.Equal([0, 0, 0, 0, 1, 1, 1, 1, 2], found.Points.Select(one => one.Point.Index));
        double[] losses = [0, 0, 0, 0, 13.312, 67.719, 104.015, 178.337, 181.617];
        foreach (var (expected, one) in losses.Zip(found.Points))
        {
            Near(expected, one.Point.Loss, 5e-4);
            Assert.True(one.Point.IndexConfirmed && one.Point.Nullity == 0);
            Near((2 - one.Point.Index) / 2.0, one.Point.MinimumRatio, 0);
        }
        Near(-0.270845, found.Points[^1].Point.Point.ToArray()[0], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Mueller_and_Browns_surface_has_three_minima_and_two_saddles(FindMethod method)
    {
        var found = Find(MuellerBrown, Grid(Steps(-1.4, 1.1, 12), Steps(-0.3, 1.9, 12)), method);
        (double Loss, int Index)[] expected = [(-146.6995, 0), (-108.1667, 0), (-80.7678, 0), (-72.2489, 1), (-40.6648, 1)];
        Assert.Equal(expected.Length, found.Points.Length);
        foreach (var ((loss, index), one) in expected.Zip(found.Points))
        {
            Near(loss, one.Point.Loss, 1e-4);
            Assert.Equal((index, 0), (one.Point.Index, one.Point.Nullity));
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Beales_function_has_a_saddle_beside_its_minimum(FindMethod method)
    {
        var found = Find(Beale, Grid(Steps(-0.5, 3.3, 8), Steps(-0.2, 1.4, 7)), method);
        var (minimum, saddle) = (found.Points.First(one => one.Point.Index == 0), found.Points.First(one => one.Point.Index == 1));
        Close([3, 0.5], minimum);
        Near(0.301, minimum.Point.Eigenvalues[0], 5e-4);
        Near(48.98, minimum.Point.Eigenvalues[1], 5e-3);
        Close([0, 1], saddle);
        Near(14.203125, saddle.Point.Loss, 1e-10);
        Near(-27.75, saddle.Point.Eigenvalues[0], 1e-6);
        Near(27.75, saddle.Point.Eigenvalues[1], 1e-6);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Rosenbrocks_function_has_one(FindMethod method)
    {
        var found = Find(Rosenbrock, Grid([-1.2, 0.5, 1.6], [-0.4, 1, 2]), method);
        var one = Assert.Single(found.Points);
        Close([1, 1], one);
        Near(0.399, one.Point.Eigenvalues[0], 5e-4);
        Near(1001.601, one.Point.Eigenvalues[1], 5e-4);
    }

    [Theory]
    [InlineData(FindMethod.NewtonMr)]
    [InlineData(FindMethod.DampedNewton)]
    public void Styblinski_and_Tangs_function_of_six_has_all_729(FindMethod method)
    {
        double[] levels = [-2.6, 0.1, 2.5];
        var starts = Enumerable
            .Range(0, 729)
            .Select(number =>
                Tensor.Of([.. Enumerable.Range(0, 6).Select(digit => levels[number / (int)Math.Pow(3, digit) % 3] + (0.01 * digit))])
            );
        var found = Find(StyblinskiTang, [.. starts], method);
        Assert.Equal(729, found.Points.Length);
        foreach (var one in found.Points)
        {
            var at = one.Point.Point.ToArray();
            Assert.Equal(at.Count(x => Math.Abs(x - 0.15673) < 1e-5), one.Point.Index);
            Assert.Equal(0, one.Point.Nullity);
        }
        Near(6 * -39.16617, found.Points[0].Point.Loss, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Degenerate_points_are_found_and_called_so(FindMethod method)
    {
        var monkey = Assert.Single(Find(MonkeySaddle, Grid([-0.7, 0.4], [-0.5, 0.6]), method, distance: 1e-3).Points);
        Assert.Equal((CriticalPointKind.Degenerate, 0, 2, 4), (monkey.Point.Kind, monkey.Point.Index, monkey.Point.Nullity, monkey.Count));
        var plain = Assert.Single(Find(Saddle, Grid([-0.7, 0.4], [-0.5, 0.6]), method).Points);
        Assert.Equal((CriticalPointKind.Saddle, 1, 4), (plain.Point.Kind, plain.Point.Index, plain.Count));
        Near(-2, plain.Point.Eigenvalues[0], 1e-12);
        Near(2, plain.Point.Eigenvalues[1], 1e-12);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_net_of_two_weights_has_a_saddle_and_a_valley(FindMethod method)
    {
        var found = CriticalPoint.Find(
            TwoWeightNet,
            Starts.Normal(Tensor.Zeros([2]), Key.Of(1), 40),
            new() { Method = method, Family = point => (point.Index, point.Nullity) }
        );
        Assert.Equal([(0, 1), (1, 0)], found.Points.Select(one => (one.Point.Index, one.Point.Nullity)));
        var at = found.Points[0].Point.Point.ToArray();
        Near(1, at[0] * at[1], 1e-8);
        Near(2 * ((at[0] * at[0]) + (at[1] * at[1])), found.Points[0].Point.Eigenvalues[1], 1e-6);
        Close([0, 0], found.Points[1]);
        Assert.Equal(40, found.Points.Sum(one => one.Count) + found.Failures.Length);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Where_the_gradient_is_least_and_not_zero_there_is_no_critical_point(FindMethod method)
    {
        var found = Find(Flat, [Tensor.Of([0.9, 0.3])], method);
        Assert.Empty(found.Points);
        var run = Assert.Single(found.Failures);
        Assert.Equal(Outcome.FlatGradient, run.Outcome);
        Near(1, run.GradientNorm, 1e-6);
        Assert.InRange(run.Flatness, 0, 1e-6);
        Assert.Equal(1, found.Measure);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Wherever_it_begins_a_search_comes_to_where_the_gradient_is_least(FindMethod method)
    {
        // On the way the Hessian is nearly singular, and whole steps are longer by 10¹⁰ than any that helps.
        var found = Find(Flat, [.. Starts.Normal(Tensor.Zeros([2]), Key.Of(3), 100, 1)], method);
        Assert.Empty(found.Points);
        Assert.InRange(found.Failures.Count(run => run.Outcome == Outcome.FlatGradient && run.GradientNorm < 1 + 1e-9), 98, 100);
    }

    private static CriticalPoints<Tensor> Find(Func<Tensor, Tensor> loss, Tensor[] starts, FindMethod method, double distance = 1e-5)
    {
        var found = CriticalPoint.Find(loss, starts, new() { Method = method, SameDistance = distance });
        Assert.Equal(Outcome.Converged, found.Outcome);
        Assert.Equal(starts.Length, found.Points.Sum(one => one.Count) + found.Failures.Length);
        Assert.Equal(found.Products, found.Points.Sum(one => one.Products) + found.Failures.Sum(run => run.Products));
        return found;
    }

    private static void Close(double[] expected, FoundPoint<Tensor> one)
    {
        foreach (var (x, y) in expected.Zip(one.Point.Point.ToArray()))
            Near(x, y, 1e-7);
    }
}
