using AutoDiff.Data;
using AutoDiff.Examples.Experiments;
using AutoDiff.Nets;
using AutoDiff.Optimization;
using Lessons = AutoDiff.Examples.Experiments.Parts;

namespace AutoDiff.Tests.Examples;

/// <summary>How the experiments teach a net.</summary>
public sealed class LearnTests
{
    private static ExperimentRun Run => new(1, false, null, TestContext.Current.CancellationToken);

    [Fact]
    public void ALessonIsTheLibrarysTraining()
    {
        var (data, net) = (Data(), Lessons.Classifier(4, 1, 5, Lessons.He));
        var learned = Lessons.Learn(Run, net, data, 0.1, new(8, 3) { Decay = 0.01, Watched = [data, data.Take(10)] });
        var trained = net.Train(
            data,
            Optimizers.GradientDescent<TensorMap>(0.1),
            (logits, classes) => Losses.CrossEntropy(logits, classes),
            new()
            {
                Key = Key.Of(1),
                BatchSize = 8,
                Epochs = 3,
                Penalty = parameters => Penalties.L2(parameters, Penalties.WithoutBiases(0.01)),
            }
        );
        Assert.Equal(trained.Run.History["Loss"], learned.Losses);
        Assert.Equal([1, 2, 3], learned.Epochs);
        Assert.True(learned.IsFinite);
        Assert.Equal(Lessons.Scores(learned, data).Accuracy, learned.Accuracies[0][^1]);
        Assert.Equal(Lessons.Scores(learned, data.Take(10)).Accuracy, learned.Accuracies[1][^1]);
        Assert.Equal([2], Lessons.Learn(Run, net, data, 0.1, new(8, 3) { Watched = [data], Every = 2 }).Epochs);
    }

    [Fact]
    public void ANetWhoseLossIsNoNumberStaysWhatItWas()
    {
        var (data, net) = (Data(), Lessons.Classifier(4, 1, 5, Initializers.Normal(1e200)));
        var learned = Lessons.Learn(Run, net, data, 0.1, new(8, 3) { Watched = [data] });
        Assert.False(learned.IsFinite);
        Assert.Equal([1, 2, 3], learned.Epochs);
        Assert.Equal(3, learned.Accuracies[0].Length);
        Assert.All(learned.Accuracies[0], accuracy => Assert.InRange(accuracy, 0, 1));
        var curve = learned.LossCurve("loss", 3);
        Assert.InRange(curve.Y.Length, 0, 2);
        Assert.Equal(curve.X.Length, curve.Y.Length);
    }

    private static Dataset Data()
    {
        var (inputs, targets) = Key.Of(2).Split();
        return new(inputs.Normal([20, 4]), Ops.Floor(targets.Uniform([20], 0, 10)));
    }
}
