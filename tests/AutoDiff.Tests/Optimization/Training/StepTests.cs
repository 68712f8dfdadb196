using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Optimization;

/// <summary>Steps and their compiled forms.</summary>
public class StepTests
{
    private static readonly Transition<Tensor, AdamState<Tensor>> _adam = Optimizers.Adam<Tensor>(0.1);
    private static readonly Tensor _start = Tensor.Of([1, -2]);
    private static readonly Tensor[] _batches = [Tensor.Of([1, 2]), Tensor.Of([3, -1]), Tensor.Of([0, 0.5])];

    private static Tensor Loss(Tensor parameters, Tensor batch) => Sum(Square(parameters * batch - 1));

    [Fact]
    public void TheStepsTypesAreInferred()
    {
        var step = CompileStep(_adam, (Tensor parameters, Tensor batch) => Loss(parameters, batch));
        var written = Compile((State<Tensor, AdamState<Tensor>> state, Tensor batch) => Step(_adam, state, p => Loss(p, batch)));
        var (end, expected) = (Fold(step, Init(_adam, _start), _batches), Fold(written, Init(_adam, _start), _batches));
        Assert.Equal(expected.Parameters.ToArray(), end.Parameters.ToArray());
        Assert.Equal(expected.Loss.Item(), end.Loss.Item());
    }

    [Fact]
    public void FullBatchesAreFoldedByTheirCount()
    {
        var init = Init(_adam, _start);
        var perBatch = CompileStep(_adam, (Tensor parameters, Tensor batch) => Loss(parameters, batch));
        var expected = Fold(perBatch, init, Enumerable.Repeat(_batches[0], 7)).Parameters.ToArray();
        var full = CompileStep(_adam, parameters => Loss(parameters, _batches[0]));
        Assert.Equal(expected, Fold(full, init, 7).Parameters.ToArray());
        Assert.Equal(expected, Fold(perBatch, init, _batches[0], 7).Parameters.ToArray());
        Assert.Same(init, Fold(full, init, 0));
        Assert.Throws<ArgumentException>(() => Fold(full, init, -1));
        Assert.Throws<ArgumentException>(() => Fold(perBatch, init, _batches[0], -1));
    }

    [Fact]
    public void FoldingTwiceTracesOnce()
    {
        var traces = 0;
        var step = Compile(
            (Tensor x) =>
            {
                traces++;
                return x + 1;
            }
        );
        Assert.Equal(3, Fold(step, (Tensor)0, 3).Item());
        Assert.Equal(8, Fold(step, (Tensor)6, 2).Item());
        Assert.Equal(1, traces);
    }

    [Fact]
    public void ACountReportsAndIsCancelledLikeBatches()
    {
        var step = Compile((Tensor x) => x * 2);
        using var source = new CancellationTokenSource();
        var reports = new List<int>();
        var progress = new Reporter<FoldProgress<Tensor>>(report =>
        {
            reports.Add(report.Steps);
            if (report.Steps == 4)
                source.Cancel();
        });
        var stopped = Assert.Throws<FoldCanceledException<Tensor>>(() => Fold(step, (Tensor)1, 10, progress, 2, source.Token));
        Assert.Equal((4, 16), (stopped.Steps, stopped.State.Item()));
        Assert.Equal([2, 4], reports);
    }

    [Fact]
    public void AStepGivesWhatTheLossMeasures()
    {
        var step = Compile(
            (State<Tensor, AdamState<Tensor>> state, Tensor batch) =>
                Step(_adam, state, p => (Loss(p, batch), new Pair<Tensor, Tensor>(Mean(p * batch), batch * 2)))
        );
        var (state, (mean, twice)) = step.Invoke(Init(_adam, _start), _batches[0]);
        Assert.Equal(-1.5, mean.Item());
        Assert.Equal([2, 4], twice.ToArray());
        Assert.Equal(Step(_adam, Init(_adam, _start), p => Loss(p, _batches[0])).Parameters.ToArray(), state.Parameters.ToArray());
        Assert.Equal(25, state.Loss.Item());
    }

    private sealed class Reporter<T>(Action<T> report) : IProgress<T>
    {
        public void Report(T value) => report(value);
    }
}
