using AutoDiff.Examples;
using AutoDiff.Tests.Data;

namespace AutoDiff.Tests.Examples;

/// <summary>The main job on eight rows of two features and three classes: 21 parameters for three hidden units.</summary>
internal static class SmallJob
{
    public static readonly JobOptions Options = new()
    {
        Hidden = [3],
        L2 = 0.01,
        Threads = 1,
    };

    private static readonly DataSet _data = DataSet.Of(
        Tables.Read("1,5,0\n3,4,1\n2,-1,2\n0,1,1\n-2,1,0\n2,2,2\n1,1,1\n0,3,0\n"),
        Scaling.Standard
    );

    public static Report Run(JobOptions options) =>
        WhereDoesThisNetSit.Run(options, _data, cancellation: TestContext.Current.CancellationToken);

    public static string Text(Report report)
    {
        using var output = new StringWriter();
        ReportText.Write(output, report);
        return output.ToString();
    }
}
