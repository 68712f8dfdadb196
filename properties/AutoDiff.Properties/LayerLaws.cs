using System.Reflection;
using AutoDiff.Laws;
using AutoDiff.Nets;
using FsCheck.Fluent;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>What every layer promises, over every row of <see cref="LayerCases"/>.</summary>
public sealed partial class LayerLaws
{
    private static readonly Dictionary<string, LayerCase> ByName = LayerCases.All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    private static Law<LayerTrial>[] Nothing => [];

    public static TheoryData<string, string> All
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var row in LayerCases.All)
            {
                foreach (var law in Of(row))
                    rows.Add(row.Name, law.Name);
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Holds(string layer, string law) =>
        Run.Holds(
            Rows.Named(law, Of(ByName[layer])),
            Arb.From(Gen.Choose(1, 1_000_000).Select(seed => new LayerTrial(ByName[layer], seed))),
            layer,
            count: 1
        );

    [Fact]
    public void Every_layer_is_in_a_row()
    {
        var used = LayerCases.All.SelectMany(row => Within(row.Layer)).Select(layer => layer.GetType()).ToHashSet();
        string[] missing =
        [
            .. typeof(Layer)
                .Assembly.GetExportedTypes()
                .Where(type => type.IsSubclassOf(typeof(Layer)) && !type.IsAbstract && !used.Contains(type))
                .Select(type => type.Name),
        ];
        Assert.True(missing.Length == 0, $"no row for {string.Join(", ", missing)}: add one to LayerCases.*.cs");
    }

    /// <summary>A layer and those that its properties hold.</summary>
    private static IEnumerable<Layer> Within(Layer layer) =>
        layer
            .GetType()
            .GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => property.GetValue(layer))
            .SelectMany(value => value as IEnumerable<Layer?> ?? [value as Layer])
            .OfType<Layer>()
            .SelectMany(Within)
            .Prepend(layer);

    private static IEnumerable<Law<LayerTrial>> Of(LayerCase row)
    {
        var hasParameters = row.Layer.Init(Key.Of(0), row.Input).Count > 0;
        return
        [
            .. Structure,
            .. Batches,
            .. hasParameters ? [Trains] : Nothing,
            .. row.Units is null ? Nothing : [PermutedUnitsChangeNothing],
            .. hasParameters || row.IsDifferentiable ? DerivativesAndPlans : Nothing,
            .. (hasParameters || row.IsDifferentiable) && !row.StopsGradients ? Differences : Nothing,
        ];
    }

    private static Verdict Holding(bool holds, string otherwise) => holds ? new Verdict.Holds() : new Verdict.Fails(otherwise);
}
