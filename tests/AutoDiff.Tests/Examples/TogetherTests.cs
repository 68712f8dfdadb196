using AutoDiff.Examples.Experiments;

namespace AutoDiff.Tests.Examples;

/// <summary>Runs side by side come to what they would one after another.</summary>
public sealed class TogetherTests
{
    [Fact]
    public void ResultsAreInTheOrderOfTheItemsAndEveryEndIsTold()
    {
        var (notes, done) = (new List<string>(), new Fractions());
        var run = new ExperimentRun(1, false, null, TestContext.Current.CancellationToken) { Notes = notes.Add, Progress = done };
        var squares = Together.Each(run, [.. Enumerable.Range(0, 20)], i => i * i, (i, square) => $"{i}: {square}");
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * i), squares);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"{i}: {i * i}").Order(), notes.Order());
        Assert.Equal(Enumerable.Range(1, 20).Select(i => i / 20.0), done.All);
    }

    [Fact]
    public void ACancellationWithinOneEndsAll()
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new ExperimentRun(1, false, null, end.Token);
        var started = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            Together.Each(
                run,
                [.. Enumerable.Range(0, 1000)],
                i =>
                {
                    Interlocked.Increment(ref started);
                    end.Cancel();
                    run.Cancellation.ThrowIfCancellationRequested();
                    return i;
                }
            )
        );
        Assert.InRange(started, 1, 2 * Environment.ProcessorCount);
    }

    [Fact]
    public void WhatOneThrowsIsThrownAsItIs()
    {
        var run = new ExperimentRun(1, false, null, TestContext.Current.CancellationToken);
        Assert.Throws<NoDataException>(() => Together.Each<int, int>(run, [1, 2, 3], i => throw new NoDataException($"{i}")));
    }

    private sealed class Fractions : IProgress<double>
    {
        public List<double> All { get; } = [];

        public void Report(double value) => All.Add(value);
    }
}
