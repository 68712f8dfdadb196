using System.Reflection;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Optimization;

/// <summary>Training under the check for NaN and infinity.</summary>
public class CheckedFoldTests
{
    private static readonly CompileOptions Checked = new() { CheckFinite = true };
    private static readonly Tensor Start = new double[] { 1, -2 };

    public static TheoryData<string> Names =>
        [.. typeof(Optimizers).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(method => method.Name).Distinct()];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryOptimizersInitialStateIsAccepted(string optimizer)
    {
        switch (optimizer)
        {
            case nameof(Optimizers.GradientDescent):
                Runs(Optimizers.GradientDescent<Tensor>(0.1));
                break;
            case nameof(Optimizers.Momentum):
                Runs(Optimizers.Momentum<Tensor>(0.1, 0.9, nesterov: true));
                break;
            case nameof(Optimizers.Adam):
                Runs(Optimizers.Adam<Tensor>(Schedules.Cosine(0.1, steps: 5)));
                break;
            default:
                Assert.Fail($"{optimizer} has no case");
                break;
        }
    }

    [Fact]
    public void TheFirstNaNMadeIsNamed()
    {
        var optimizer = Optimizers.GradientDescent<Tensor>(1.5);
        var step = Compile((State<Tensor, RateState> state, Tensor batch) => Step(optimizer, state, p => Sum(Log(p) * batch)), Checked);
        var error = Assert.Throws<NonFiniteException>(() => Fold(step, Init(optimizer, (Tensor)1.0), [1.0, 1.0, 1.0]));
        Assert.Contains("[Log] gave NaN at element 0", error.Message, StringComparison.Ordinal);
        Assert.Contains("from [] in [-0.5, -0.5]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnInputIsRefusedWhereItIsReadAndOnlyThere()
    {
        Pair<Tensor, Tensor> input = new(double.NaN, 2.0);
        Assert.Equal(4, Compile((Pair<Tensor, Tensor> x) => Square(x.Second), Checked).Invoke(input).Item());
        foreach (
            var reads in new Func<Pair<Tensor, Tensor>, Tensor>[]
            {
                x => x.First,
                x => x.First + x.Second,
                x => Checkpoint<Tensor, Tensor>(Sin)(x.First),
            }
        )
        {
            var error = Assert.Throws<NonFiniteException>(() => Compile(reads, Checked).Invoke(input));
            Assert.Contains("[input \"First\"] of shape [] is NaN at element 0", error.Message, StringComparison.Ordinal);
        }
    }

    private static void Runs<S>(Transition<Tensor, S> optimizer)
        where S : ITensorTree<S>
    {
        static Tensor Loss(Tensor p, Tensor batch) => Sum(Square(p - batch));
        var plain = Compile((State<Tensor, S> state, Tensor batch) => Step(optimizer, state, p => Loss(p, batch)));
        var step = Compile((State<Tensor, S> state, Tensor batch) => Step(optimizer, state, p => Loss(p, batch)), Checked);
        Tensor[] batches = [1.0, 2.0, 3.0, 4.0];
        var end = Fold(step, Init(optimizer, Start), batches);
        Assert.Equal(Fold(plain, Init(optimizer, Start), batches).Parameters.ToArray(), end.Parameters.ToArray());
        Assert.True(double.IsFinite(end.Loss.Item()));
    }
}
