using AutoDiff.Examples;
using AutoDiff.Examples.Experiments;
using AutoDiff.Optimization;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

/// <summary>Runs on Fashion-MNIST; the whole comparison takes minutes: <c>experiment fashion --whole --data FOLDER</c>.</summary>
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
}
