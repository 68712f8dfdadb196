using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class StartsTests
{
    private static readonly Small Like = new(Tensor.Zeros([30, 20]), Tensor.Of([double.NaN, 1]));

    [Fact]
    public void Normal_starts_have_their_scale_and_depend_on_the_key_alone()
    {
        var starts = Starts.Normal(Like, Key.Of(1), 5, 0.1);
        var weights = starts.SelectMany(start => start.Weight.ToArray()).ToArray();
        Assert.InRange(weights.Average(x => x * x), 0.9 * 0.01, 1.1 * 0.01);
        Assert.All(starts, start => Assert.All(start.Bias.ToArray(), x => Assert.True(double.IsFinite(x))));
        Assert.Equal(starts.Count, starts.Select(start => start.Weight.ToArray()[0]).Distinct().Count());
        Assert.NotEqual(starts[0].Weight.ToArray()[..2], starts[0].Bias.ToArray());
        var few = Starts.Normal(Like, Key.Of(1), 2, 0.1);
        Assert.Equal(starts[1].Weight.ToArray(), few[1].Weight.ToArray());
        Assert.NotEqual(starts[0].Weight.ToArray(), Starts.Normal(Like, Key.Of(2), 1, 0.1)[0].Weight.ToArray());
        Assert.Empty(Starts.Normal(Like, Key.Of(1), 0));
    }

    [Fact]
    public void Starts_around_a_point_are_it_and_noise()
    {
        var point = Losses.At(3);
        var (starts, noise) = (Starts.Around(point, Key.Of(1), 3, 0.01), Starts.Normal(point, Key.Of(1), 3, 0.01));
        foreach (var (start, added) in starts.Zip(noise))
            Assert.Equal((point.Weight + added.Weight).ToArray(), start.Weight.ToArray());
    }

    [Fact]
    public void A_path_of_descent_begins_at_its_start_and_goes_down()
    {
        var objective = Objective.Of<Tensor>(p => Sum(Square(p)), Tensor.Of([0.0]));
        var path = Starts.AlongDescent(objective, Tensor.Of([1.0]), 4, every: 2, rate: 0.25);
        Assert.Equal([1, 0.25, 0.0625, 0.015625], path.Select(point => point.Item()));
        var diverging = Starts.AlongDescent(objective, Tensor.Of([1.0]), 100, every: 1000, rate: 10);
        Assert.InRange(diverging.Count, 1, 5);
        Assert.Empty(Starts.AlongDescent(objective, Tensor.Of([1.0]), 0, 1, 1));
    }

    [Fact]
    public void Wrong_input_throws()
    {
        var objective = Objective.Of<Tensor>(p => Sum(Square(p)), Tensor.Of([0.0]));
        var start = Tensor.Of([1.0]);
        Assert.Throws<ArgumentException>(() => Starts.Normal(Like, Key.Of(1), -1));
        Assert.Throws<ArgumentException>(() => Starts.Normal(Like, Key.Of(1), 1, -1));
        Assert.Throws<ArgumentNullException>(() => Starts.Around(Like, null!, 1, 1));
        Assert.Throws<ArgumentNullException>(() => Starts.Around<Small>(null!, Key.Of(1), 1, 1));
        Assert.Throws<ArgumentException>(() => Starts.AlongDescent(objective, start, -1, 1, 1));
        Assert.Throws<ArgumentException>(() => Starts.AlongDescent(objective, start, 1, 0, 1));
        Assert.Throws<ArgumentException>(() => Starts.AlongDescent(objective, start, 1, 1, 0));
        Assert.Throws<ArgumentException>(() => Starts.AlongDescent(objective, Tensor.Zeros([2]), 1, 1, 1));
    }
}
