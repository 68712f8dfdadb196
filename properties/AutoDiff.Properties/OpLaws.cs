using AutoDiff.Laws;
using FsCheck;
using FsCheck.Fluent;
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
            Kind.Differentiable =>
            [
                .. DerivativeLaws.All,
                .. TransformLaws.All,
                GraphLaws.SimplifiedIsPlain,
                GraphLaws.WritesItsTargetsOnly,
            ],
            Kind.PiecewiseConstant =>
            [
                DerivativeLaws.DerivativeIsZero,
                .. DerivativeLaws.All,
                .. TransformLaws.All,
                GraphLaws.SimplifiedIsPlain,
                GraphLaws.WritesItsTargetsOnly,
            ],
            Kind.Stopped =>
            [
                DerivativeLaws.DerivativeIsZero,
                .. TransformLaws.All,
                GraphLaws.SimplifiedIsPlain,
                GraphLaws.WritesItsTargetsOnly,
            ],
        };

    [Theory]
    [MemberData(nameof(All))]
    public void Holds(string name, string law) => Run.Holds(Rows.Named(law, Of(ByName[name])), ByName[name].Trials, name, 4);

    [Theory]
    [MemberData(nameof(Names))]
    public void Simplification_and_batching_hold_at_special_values(string name) =>
        Run.Holds(GraphLaws.SimplifiedIsPlain.And(GraphLaws.BatchedIsLoop), AtSpecialValues(ByName[name]), $"{name} at special values", 8);

    /// <summary>Trials of a row at zeros of either sign, denormals, infinities and NaN.</summary>
    public static Arbitrary<Trial> AtSpecialValues(Case row) =>
        Trials.Of(row.Function, Tensors.Of(Arb.From(row.Points.Generator.Select(point => point.Shape)), Domain.Special), row.Name);
}
