using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Plans agree with the evaluator: on every row of <see cref="Cases"/>, on random graphs, and on special values to the bit.</summary>
public sealed class CompiledLaws
{
    private static readonly Dictionary<string, Case> ByName = Cases
        .All.Concat(Cases.Compiled)
        .ToDictionary(row => row.Name, StringComparer.Ordinal);

    private static readonly Law<Trial>[] Plans = [.. PlanLaws.All, .. ReferenceLaws.All];

    public static TheoryData<string, string> PlanRows => Rows.Of(Cases.All.Concat(Cases.Compiled), _ => Plans);

    public static TheoryData<string, string> CompiledRows => Rows.Of(Cases.Compiled, OpLaws.Of);

    public static TheoryData<string> Laws => [.. Plans.Select(law => law.Name)];

    // Matrix products may fuse or reorder their sums: what overflows on the way then differs.
    public static TheoryData<string> WithoutProducts =>
        [.. OpLaws.Names.Select(row => row.Data).Except(Cases.Products.Select(row => row.Name), StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(PlanRows))]
    public void Plans_are_functions(string name, string law) => Run.Holds(Rows.Named(law, Plans), ByName[name].Trials, name, 2);

    [Theory]
    [MemberData(nameof(CompiledRows))]
    public void Compiled_functions_obey_every_law(string name, string law) =>
        Run.Holds(Rows.Named(law, OpLaws.Of(ByName[name])), ByName[name].Trials, name, 4);

    [Theory]
    [MemberData(nameof(WithoutProducts))]
    public void Plans_agree_at_special_values(string name) =>
        Run.Holds(ReferenceLaws.SpecialValuesAgree, OpLaws.AtSpecialValues(ByName[name]), $"{name} at special values", 12);

    [Theory]
    [MemberData(nameof(Laws))]
    public void Plans_of_random_graphs(string law) =>
        Run.Holds(Rows.Named(law, Plans).On((GraphCase graph) => graph.Trial), RandomGraphs.Of(smooth: false), "random graphs", 150);
}
