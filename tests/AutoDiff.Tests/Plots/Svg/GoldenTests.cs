using AutoDiff.Tests.House;
using Drawing = AutoDiff.Plots.Svg;

namespace AutoDiff.Tests.Plots;

/// <summary>A change of what is drawn shows as a change of a file that one can look at.</summary>
public class GoldenTests
{
    public static TheoryData<string> Names => [.. Samples.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void IsWhatWasLookedAt(string name)
    {
        var actual = Drawing.Of(Samples.All[name]);
        var file = Path.Combine(Repository.Root, "tests", "AutoDiff.Tests", "Plots", "Svg", "Golden", $"{name}.svg");
        if (File.Exists(file) && File.ReadAllText(file) == actual)
            return;
        var received = Path.Combine(AppContext.BaseDirectory, $"{name}.received.svg");
        File.WriteAllText(received, actual);
        Assert.Fail($"The drawing differs from {file}; where that is meant, look at {received} and copy it there.");
    }

    [Fact]
    public void EveryFileHasItsPanel() =>
        Assert.Equal(
            Samples.All.Keys.Order(StringComparer.Ordinal),
            Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "tests", "AutoDiff.Tests", "Plots", "Svg", "Golden"), "*.svg")
                .Select(file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void EveryMarkHasAPanel() =>
        Assert.Equal(
            [],
            typeof(AutoDiff.Plots.Mark)
                .GetNestedTypes()
                .Where(type => !type.IsAbstract)
                .Except(Samples.All.Values.SelectMany(panel => panel.Marks).Select(mark => mark.GetType()))
        );
}
