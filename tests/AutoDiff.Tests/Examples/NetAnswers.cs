using System.Collections.Concurrent;
using AutoDiff.Examples.Experiments;
using AutoDiff.Plots;

namespace AutoDiff.Tests.Examples;

/// <summary>The answers of the experiments on nets, each found once.</summary>
public sealed class NetAnswers
{
    private readonly ConcurrentDictionary<string, Lazy<Answer>> _answers = new();

    internal static Answer Run(string name, string? data = null, CancellationToken cancellation = default) =>
        Catalogue.All.Single(experiment => experiment.Name == name).Run(new(1, false, data, cancellation));

    internal Answer Of(string name) =>
        _answers.GetOrAdd(name, _ => new(() => Run(name, cancellation: TestContext.Current.CancellationToken))).Value;

    /// <summary>What an experiment measured of something.</summary>
    internal string Measured(string name, string what) =>
        Of(name).Checks.Single(check => check.What.StartsWith(what, StringComparison.Ordinal)).Measured;

    /// <summary>The cells of a table's row.</summary>
    internal string[] Row(string name, string first, int listing = 0) =>
        [.. Of(name).Listings[listing].Rows.Single(row => row[0] == first)[1..]];

    /// <summary>The heights of a line of a figure.</summary>
    internal double[] Line(string name, int figure, int panel, string line) =>
        [.. Of(name).Figures[figure].Panels[panel].Marks.OfType<Mark.Line>().Single(mark => mark.Name == line).Y];
}
