using AutoDiff.Examples.Experiments;
using AutoDiff.Examples.Pages;

namespace AutoDiff.Tests.Examples;

public class ReportTimeTests
{
    [Fact]
    public void WhatIsKnownIsAddedUp()
    {
        var left = new TimeLeft([10, 20, 0, 30]);
        Assert.Equal(60, left.Seconds(0, 0, 0));
        Assert.Equal(57, left.Seconds(0, 3, 0.1));
        Assert.Equal(50, left.Seconds(0, 15, 0.1)); // it takes longer than before, nobody knows how long
        Assert.Equal(5 + 50, left.Seconds(0, 15, 0.75)!.Value, 1e-12); // now its own fraction tells
        Assert.Equal(30, left.Seconds(2, 0, 1));
        Assert.Equal(0, left.Seconds(3, 30, 1)!.Value, 1e-12);
    }

    [Fact]
    public void WhatIsUnknownTakesTheMeanOfWhatRan()
    {
        var left = new TimeLeft([null, null, 0, null]);
        Assert.Null(left.Seconds(0, 0, 0));
        Assert.Equal(6 + (2 * 8), left.Seconds(0, 2, 0.25)!.Value, 1e-12); // its fraction tells of 8 s, the others as long
        left.Ended(0, 4);
        Assert.Null(left.Seconds(1, 1, 0));
        Assert.Equal(3 + 4, left.Seconds(1, 1, 0.25)!.Value, 1e-12);
    }

    [Fact]
    public void AnExperimentsOwnModuleAndAllOfTheLibraryCount()
    {
        var here = Surroundings.Here();
        Assert.Contains(typeof(Experiment).Module.ModuleVersionId, here.Modules);
        Assert.Contains(typeof(Tensor).Module.ModuleVersionId, here.Modules);
        Assert.Contains(typeof(AutoDiff.Plots.Figure).Module.ModuleVersionId, here.Modules);
        Assert.Contains(typeof(Precision).Module.ModuleVersionId, here.Modules);
        Assert.Equal(here.Modules.Distinct(), here.Modules);
        Assert.All((string[])[here.Library, here.Runtime, here.Processor, here.System], text => Assert.NotEqual("", text));
        var settings = new ReportSettings(1, true, null);
        Assert.NotEqual(
            RunKey.Of(ReportCases.Passing, settings, ReportCases.Here, null),
            RunKey.Of(ReportCases.Passing with { Run = Catalogue.All[0].Run }, settings, ReportCases.Here, null)
        );
    }

    [Fact]
    public void PartsOfAKeyDoNotRunTogether()
    {
        var (settings, here) = (new ReportSettings(1, true, null), ReportCases.Here);
        Assert.NotEqual(
            RunKey.Of(ReportCases.Passing, settings, here with { Runtime = "ab", Processor = "c" }, null),
            RunKey.Of(ReportCases.Passing, settings, here with { Runtime = "a", Processor = "bc" }, null)
        );
    }
}
