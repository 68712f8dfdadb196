using AutoDiff.Data;
using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Optimization;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

/// <summary>Runs on Fashion-MNIST; the whole comparison takes minutes: <c>fashion --whole --data FOLDER</c>.</summary>
public sealed class FashionRunsTests
{
    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void A_run_learns_as_the_sources_does(Precision precision)
    {
        var folder = RealData.Folder("fashion-mnist");
        var (train, test) = (FashionRuns.Read(folder, "train"), FashionRuns.Read(folder, "t10k"));
        Assert.Equal(0.286041, train.Inputs.ToArray().Average(), 6);
        Assert.Equal(0.286849, test.Inputs.ToArray().Average(), 6);
        var (parameters, _) = FashionRuns.Train(
            Optimizers.GradientDescent<TensorMap>(1.0),
            train,
            2_000,
            Key.Of(1),
            precision,
            TestContext.Current.CancellationToken
        );
        var scores = FashionRuns.Score(parameters, test);
        Assert.Equal(10_000, scores.Total);
        // 2,000 steps of the same settings in NumPy, three seeds, give 0.765 to 0.775.
        Assert.InRange(scores.MatthewsCorrelation, 0.74, 0.80);
    }

    [Fact]
    public void A_folder_without_the_files_is_refused_by_name() =>
        Assert.Contains(
            "idx3-ubyte",
            Assert.Throws<RefusedException>(() => FashionRuns.Read(System.IO.Path.GetTempPath(), "train")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Runs_side_by_side_are_those_alone()
    {
        var keys = Key.Of(3).Split();
        var data = new Dataset(keys.First.Uniform([600, 196], 0, 1), Ops.Floor(keys.Second.Uniform([600], 0, 10)));
        var momentum = Optimizers.Momentum<TensorMap>(0.2, 0.9);
        var run = new ExperimentRun(7, false, null, TestContext.Current.CancellationToken);
        var scores = FashionRuns.Scores(run, data, data, 2, 50, ("plain", Optimizers.Momentum<TensorMap>(1.0, 0)), ("momentum", momentum));
        Assert.Equal([2, 2], scores.Select(row => row.Length));
        Assert.Equal(4, scores.SelectMany(row => row).Distinct().Count());
        Assert.Equal(Alone(momentum, 1), scores[1][1]);
        // A coefficient of 0 is plain descent.
        Assert.Equal(Alone(Optimizers.GradientDescent<TensorMap>(1.0), 0), scores[0][0]);
        Assert.Throws<NoDataException>(() => FashionRuns.Scores(run, 2, 50, ("momentum", momentum)));

        double Alone<S>(Transition<TensorMap, S> optimizer, ulong number)
            where S : ITensorTree<S>
        {
            var (parameters, _) = FashionRuns.Train(optimizer, data, 50, run.Key.FoldIn(number), Precision.Single, run.Cancellation);
            return FashionRuns.Score(parameters, data).MatthewsCorrelation;
        }
    }

    [Fact]
    public void Scores_like_the_sources_tell_what_it_says_but_for_their_range()
    {
        // Evenly spread normal scores of the means and deviations that the source prints.
        var plain = Normal(0.85778, 0.00056 * Math.Sqrt(22));
        var momentum = Normal(0.86413, 0.00075 * Math.Sqrt(22));
        var answer = Fashion.Of(true, 40_000, plain, momentum);
        string[] not = ["plain: single runs", "momentum: single runs"];
        Assert.Equal(not, answer.Checks.Where(check => !check.Holds).Select(check => check.What));
        Assert.All(answer.Checks.Where(check => !check.Holds), check => Assert.NotNull(check.Reason));
        Assert.Equal(13, answer.Checks.Length);
        // U counts the pairs in which momentum is ahead; the source's is that of the other group.
        var ahead = momentum.Sum(high => plain.Count(low => high > low));
        var tests = answer.Listings[1].Rows;
        Assert.Equal($"{ahead}", tests[1][1]);
        Assert.Equal($"{(22 * 22) - ahead}", tests[2][1]);
        // The other way round nothing of this holds but that it is no chance.
        var turned = Fashion.Of(true, 40_000, momentum, plain);
        Assert.Equal([false, false, true, true], turned.Checks.Take(4).Select(check => check.Holds));
        // Fewer runs are judged by what few runs tell, and where they do not say it, why.
        var few = Fashion.Of(false, 16_000, momentum[..4], plain[..4]);
        Assert.Equal([false, false], few.Checks.Select(check => check.Holds));
        Assert.All(few.Checks, check => Assert.Contains("16000 steps", check.Reason, StringComparison.Ordinal));
        Assert.All(Fashion.Of(false, 16_000, plain[..4], momentum[..4]).Checks, check => Assert.True(check.Holds, check.What));
        Assert.Equal(tests[2][1], turned.Listings[1].Rows[2][1]);
    }

    [Fact]
    public void A_tail_on_the_left_is_not_normal_and_a_bell_is()
    {
        var bell = Normal(0.83, 0.01);
        double[] tail = [.. bell, 0.75, 0.74, 0.72];
        Assert.All(Fashion100.Of(true, 10_000, tail).Checks, check => Assert.True(check.Holds, check.What));
        var normal = Fashion100.Of(true, 10_000, bell).Checks;
        Assert.Equal([false, false], normal.Take(2).Select(check => check.Holds));
    }

    /// <summary>22 numbers of a mean and a standard deviation, at about the quantiles of a logistic distribution, whose bell is near the normal one.</summary>
    private static double[] Normal(double mean, double deviation)
    {
        double[] spread = [.. Enumerable.Range(0, 22).Select(i => Math.Log((i + 0.5) / (21.5 - i)))];
        var scale = Math.Sqrt(spread.Sum(z => z * z) / 21);
        return [.. spread.Select(z => mean + (deviation * z / scale))];
    }
}
