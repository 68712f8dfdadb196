using System.Globalization;
using AutoDiff.Curvature;
using AutoDiff.Examples;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

/// <summary>Noisy rows and no penalty: the weights run off, tanh saturates, and the loss itself is ill-conditioned.</summary>
public sealed class RunOffTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ARunOffFitEndsWithAnAnswer(ulong seed)
    {
        var (features, labels) = (Key.Of(5).Normal([30, 2]).ToArray(), Key.Of(6).Uniform([30]).ToArray());
        var rows = Enumerable
            .Range(0, 30)
            .Select(row =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{features[2 * row]:R},{features[(2 * row) + 1]:R},{Math.Floor(3 * labels[row])}\n"
                )
            );
        var data = DataSet.Of(Tables.Read(string.Concat(rows)), Scaling.Standard);
        var report = WhereDoesThisNetSit.Run(
            new()
            {
                Hidden = [2],
                L2 = 0,
                Seed = seed,
                Threads = 1,
            },
            data
        );
        var end = report.End;
        Assert.Equal(15, end.Size);
        // The bound covers what rounding does to such a Hessian, and no index is confirmed within it.
        Assert.All(end.ErrorBounds, bound => Assert.True(bound > 1e-14));
        Assert.True(end.Threshold >= end.ErrorBounds.Max());
        Assert.Equal(end.Eigenvalues.Count(value => value < -end.Threshold), end.Index);
    }
}
