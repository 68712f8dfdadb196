using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Plans agree with the evaluator: on every row of <see cref="Cases"/>, on random graphs, and on special values to the bit.</summary>
public sealed class CompiledLaws
{
    private static readonly Dictionary<string, Case> ByName = Cases
        .All.Concat(Cases.Compiled)
        .ToDictionary(row => row.Name, StringComparer.Ordinal);

    public static TheoryData<string, string> PlanRows => Rows.Of(Cases.All.Concat(Cases.Compiled), _ => PlanLaws.All);

    public static TheoryData<string, string> CompiledRows => Rows.Of(Cases.Compiled, OpLaws.Of);

    public static TheoryData<string> Laws => [.. PlanLaws.All.Select(law => law.Name)];

    [Theory]
    [MemberData(nameof(PlanRows))]
    public void Plans_are_functions(string name, string law) => Run.Holds(Rows.Named(law, PlanLaws.All), ByName[name].Trials, name, 2);

    [Theory]
    [MemberData(nameof(CompiledRows))]
    public void Compiled_functions_obey_every_law(string name, string law) =>
        Run.Holds(Rows.Named(law, OpLaws.Of(ByName[name])), ByName[name].Trials, name, 4);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Plans_of_random_graphs(string law) =>
        Run.Holds(Rows.Named(law, PlanLaws.All).On((GraphCase graph) => graph.Trial), RandomGraphs.Of(smooth: false), "random graphs", 60);
}
