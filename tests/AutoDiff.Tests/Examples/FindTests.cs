using System.Text.Json;
using AutoDiff.Examples;

namespace AutoDiff.Tests.Examples;

/// <summary>The critical points that the main job meets where it is asked to look for them.</summary>
public sealed class FindTests
{
    [Fact]
    public void ThePointsMetAreToldByLossAndIndex()
    {
        var report = SmallJob.Run(SmallJob.Options with { Find = 9 });
        var found = report.Found!;
        Assert.Equal((5, 4), (found.Along, found.Around));
        Assert.Equal(9, found.Points.Sum(one => one.Starts.Length) + found.Failures.Length);
        Assert.Equal(
            Enumerable.Range(0, 9),
            found.Points.SelectMany(one => one.Starts).Concat(found.Failures.Select(one => one.Start)).Order()
        );
        Assert.True(found.Points.Length >= 2);
        Assert.Equal(found.Points.Select(one => one.Point.Loss).Order(), found.Points.Select(one => one.Point.Loss));
        Assert.Equal(found.Points.Length, found.Points.Select(one => (one.Point.Index, Math.Round(one.Point.Loss, 8))).Distinct().Count());
        // Half of the starts lie around the minimum that training came to.
        var minimum = Assert.Single(found.Points, one => Math.Abs(one.Point.Loss - report.End.Loss) < 1e-9);
        Assert.Equal(("minimum", 0), (minimum.Point.Kind, minimum.Point.Index));
        Assert.Contains(minimum.Starts, start => start >= found.Along);
        var text = SmallJob.Text(report);
        Assert.Contains("4. Critical points met", text, StringComparison.Ordinal);
        Assert.Contains($"minimum, 0 of 21, 0: {minimum.Starts.Length}", text, StringComparison.Ordinal);
        var read = JsonSerializer.Deserialize(ReportJson.Of(report), ReportJson.Default.Report)!;
        Assert.Equal(found.Points.Select(one => one.Point.Loss), read.Found!.Points.Select(one => one.Point.Loss));
    }
}
