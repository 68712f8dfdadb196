using System.Collections.Immutable;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>What is said of nets too large for all eigenvalues, on one that is not, so that the truth is known.</summary>
public sealed class LargeNetTests
{
    private static readonly Report _all = SmallJob.Run(SmallJob.Options);

    [Fact]
    public void FactorizationsCountTheSameIndex()
    {
        var report = SmallJob.Run(SmallJob.Options with { MostDense = 0, MostFactored = 21 });
        foreach (var (expected, actual) in new[] { (_all.Start, report.Start), (_all.End, report.End) })
        {
            Assert.Equal("inertia", actual.Examination);
            Assert.Equal((expected.Kind, expected.Index, expected.Nullity), (actual.Kind, actual.Index, actual.Nullity));
            Assert.True(actual.IndexIsExact && actual.Inertia!.ConfirmsIndex);
            Assert.Equal(expected.Lowest.Value, actual.Lowest.Value, 1e-8);
            Assert.Equal(expected.Highest.Value, actual.Highest.Value, 1e-8);
        }
        Assert.InRange(report.Expectation.LargestDeviation!.Value, 0, 1e-8);
    }

    [Fact]
    public void TheEndsBoundTheIndexFromBelow()
    {
        var report = SmallJob.Run(SmallJob.Options with { MostDense = 0, MostFactored = 0 });
        var (start, expected) = (report.Start, _all.Start);
        Assert.Equal(("ends", "saddle"), (start.Examination, start.Kind));
        Assert.False(start.IndexIsExact);
        Assert.Null(start.Inertia);
        Assert.Null(start.MinimumRatio);
        Assert.Null(start.ConditionNumber);
        Assert.InRange(start.Index, 1, expected.Index);
        Assert.True(start.Eigenvalues.Length < start.Size);
        Assert.True(start.SmallestPossible <= expected.Eigenvalues[0] && start.LargestPossible >= expected.Eigenvalues[^1]);
        Assert.InRange(report.Expectation.LargestDeviation!.Value, 0, 1e-8);
        var text = SmallJob.Text(report);
        Assert.Contains($"at least {start.Index} of 21 eigenvalues negative, none below", text, StringComparison.Ordinal);
        Assert.Contains($"nullity              {start.Nullity} found within", text, StringComparison.Ordinal);
        Assert.Contains("LDL^T inertia        none: too large to factor", text, StringComparison.Ordinal);
        Assert.Contains($"the {start.Eigenvalues.Length} eigenvalues known, at both ends", text, StringComparison.Ordinal);
        Assert.Contains("over the eigenvalues known", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50_000_000, 100, "GiB; narrow --hidden")]
    [InlineData(int.MaxValue, 1_000_000, "GiB; narrow --hidden")]
    public void WhatDoesNotFitIsRefusedWithItsSize(int hidden, int rows, string expected)
    {
        var refusal = Assert.Throws<RefusedException>(() => NetSize.Parameters([784, hidden, 10], rows, new()));
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{(785.0 * hidden) + ((hidden + 1.0) * 10):0} parameters", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargerMatricesNeedMoreMemory()
    {
        ImmutableArray<int> widths = [64, 250, 10];
        Assert.Equal(18_760, NetSize.Parameters(widths, 1797, new()));
        var refusal = Assert.Throws<RefusedException>(() => NetSize.Parameters([64, 25_000, 10], 1797, new() { MostDense = 10_000_000 }));
        Assert.Contains("it needs about 1", refusal.Message, StringComparison.Ordinal);
    }
}
