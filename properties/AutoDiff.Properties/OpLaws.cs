using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Every law over every row of <see cref="Cases"/>.</summary>
public sealed class OpLaws
{
    private const int Count = 4;

    private static readonly Dictionary<string, Case> ByName = Cases.All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in Cases.All)
            {
                foreach (var law in LawsOf(row))
                    rows.Add(row.Name, law.Name);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Holds(string name, string law)
    {
        var row = ByName[name];
        Run.Holds(LawsOf(row).ToDictionary(candidate => candidate.Name, StringComparer.Ordinal)[law], row.Trials, name, Count);
    }

    private static IEnumerable<Law<Trial>> LawsOf(Case row) =>
        row.Kind switch
        {
            Kind.Differentiable => [.. DerivativeLaws.All, .. TransformLaws.All, GraphLaws.SimplifiedIsPlain],
            Kind.PiecewiseConstant =>
            [
                DerivativeLaws.DerivativeIsZero,
                .. DerivativeLaws.All,
                .. TransformLaws.All,
                GraphLaws.SimplifiedIsPlain,
            ],
            Kind.Stopped => [DerivativeLaws.DerivativeIsZero, .. TransformLaws.All, GraphLaws.SimplifiedIsPlain],
        };
}
