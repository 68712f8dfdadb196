using AutoDiff.Laws;
using AutoDiff.Nets;
using Xunit;

namespace AutoDiff.Properties;

/// <summary>Every loss obeys what every op does: derivatives against differences, to third order; mapped, compiled, and in single precision.</summary>
public sealed class LossLaws
{
    private static readonly Dictionary<string, Case> ByName = LossCases.All.ToDictionary(row => row.Name, StringComparer.Ordinal);

    public static TheoryData<string, string> All => Rows.Of(LossCases.All, Of);

    [Theory]
    [MemberData(nameof(All))]
    public void Holds(string name, string law) => Run.Holds(Rows.Named(law, Of(ByName[name])), ByName[name].Trials, name, 2);

    [Fact]
    public void Every_loss_and_penalty_has_a_row() =>
        Assert.Equal(
            new[] { typeof(Losses), typeof(Penalties) }
                .SelectMany(type => type.GetMethods())
                .Where(method => method.ReturnType == typeof(Tensor))
                .Select(method => method.Name)
                .Distinct()
                .Order(StringComparer.Ordinal),
            LossCases.All.Select(row => row.Method).Distinct().Order(StringComparer.Ordinal)
        );

    private static IEnumerable<Law<Trial>> Of(Case row) => [.. OpLaws.Of(row), .. PlanLaws.All, .. ReferenceLaws.All];
}
