using AutoDiff.Laws;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Every law over every row of <see cref="Cases"/>.</summary>
public sealed class OpLaws
{
    private static readonly Dictionary<string, Case> ByName = Cases.All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    public static TheoryData<string, string> All => Rows.Of(Cases.All, Of);

    public static TheoryData<string> Names =>
        [.. Cases.Ops.Where(row => row.Method is not ("Gather" or "ScatterAdd")).Select(row => row.Name)];

    /// <summary>The laws that a row obeys.</summary>
    public static IEnumerable<Law<Trial>> Of(Case row) =>
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

    [Theory]
    [MemberData(nameof(All))]
    public void Holds(string name, string law) => Run.Holds(Rows.Named(law, Of(ByName[name])), ByName[name].Trials, name, 4);

    [Theory]
    [MemberData(nameof(Names))]
    public void Simplification_and_batching_hold_at_special_values(string name)
    {
        var row = ByName[name];
        var shapes = FsCheck.Fluent.Arb.From(FsCheck.Fluent.Gen.Select(row.Points.Generator, point => point.Shape));
        var trials = Trials.Of(row.Function, Tensors.Of(shapes, Domain.Special), name);
        Run.Holds(GraphLaws.SimplifiedIsPlain.And(GraphLaws.BatchedIsLoop), trials, $"{name} at special values", 8);
    }
}
