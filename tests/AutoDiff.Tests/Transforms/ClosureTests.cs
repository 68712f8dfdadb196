using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>A value that is being differentiated keeps its derivative wherever it is used.</summary>
public class ClosureTests
{
    [Fact]
    public void CompiledFunctionsKeepTheDerivativeOfWhatTheyCloseOver()
    {
        Assert.Equal(3, Grad((Tensor w) => Compile((Tensor x) => x * w).Invoke(3.0), (Tensor)2.0).Item());
        Assert.Equal([2, 2], Vmap((Tensor w) => Compile((Tensor x) => x + w).Invoke(1.0))(Tensor.Ones([2])).ToArray());
        Assert.Throws<InvalidOperationException>(() =>
            Grad((Tensor w) => Compile((Tensor x) => x * w).For((Tensor)1.0).Graph.Nodes.Length * w, (Tensor)2.0)
        );
    }

    [Fact]
    public void EvaluateRefusesToCutADerivative()
    {
        var error = Assert.Throws<ArgumentException>(() => Grad((Tensor x) => Evaluate(x * x), (Tensor)3.0));
        Assert.Contains("would cut them out of the derivative", error.Message, StringComparison.Ordinal);
        // A look at the value is no cut.
        Assert.Equal(6, Grad((Tensor x) => x.Item() > 0 ? x * x : -x, (Tensor)3.0).Item());
    }

    [Fact]
    public void FoldsAreDifferentiatedThroughStartRateAndBatch()
    {
        Tensor After(Tensor start, Tensor rate, Tensor target)
        {
            var descent = Optimizers.GradientDescent<Tensor>(rate);
            var step = Compile((State<Tensor, RateState> state, Tensor batch) => Step(descent, state, p => Square(p - batch)));
            return Square(Fold(step, Init(descent, start), Enumerable.Repeat(target, 5)).Parameters - 3);
        }

        // p − 3 after n steps of rate η is (1 − 2η)ⁿ (p₀ − 3) for the target 3.
        var shrunk = Math.Pow(0.8, 5);
        Assert.Equal(2 * shrunk * shrunk * (1.0 - 3), Grad((Tensor start) => After(start, 0.1, 3.0), (Tensor)1.0).Item(), 1e-12);
        var difference = (After(1.0, 0.1 + 1e-6, 3.0).Item() - After(1.0, 0.1 - 1e-6, 3.0).Item()) / 2e-6;
        Assert.Equal(difference, Grad((Tensor rate) => After(1.0, rate, 3.0), (Tensor)0.1).Item(), 1e-7);
        difference = (After(1.0, 0.1, 3 + 1e-6).Item() - After(1.0, 0.1, 3 - 1e-6).Item()) / 2e-6;
        Assert.Equal(difference, Grad((Tensor target) => After(1.0, 0.1, target), (Tensor)3.0).Item(), 1e-7);
    }

    [Fact]
    public void AGradientIsAnOrdinaryInput()
    {
        var traces = 0;
        var f = Compile(
            (Tensor x) =>
            {
                traces++;
                return Exp(x);
            }
        );
        var gradient = Grad((Tensor x) => Square(x), (Tensor)3.0);
        Assert.IsType<Constant>(f.Invoke(gradient));
        Assert.IsType<Constant>(f.Invoke(gradient));
        Assert.Equal(1, traces);
        Assert.IsType<Constant>(Linearize(Grad((Tensor x) => Square(Sum(x))), (Tensor)new double[] { 1, 2 }).Value);
    }

    [Fact]
    public void CustomRulesUnderVmapKeepWhatTheyCloseOver()
    {
        var scales = (Tensor)new double[] { 5, 6, 7 };
        var gradient = Grad(
            (Tensor batch) =>
                Sum(
                    Vmap(
                        (Pair<Tensor, Tensor> p) =>
                            CustomVjp((Tensor x) => x * 2, (_, _, g) => g * Exp(p.Second) / Exp(p.Second) * p.Second)(p.First)
                    )(new(batch, scales))
                ),
            (Tensor)new double[] { 1, 2, 3 }
        );
        ReferenceData.AssertClose(scales.ToArray(), gradient.ToArray(), 1e-15, "gradient");
    }

    [Fact]
    public void PositionsThatARuleClosesOverHaveNoDerivativeToLose()
    {
        var point = new Pair<Tensor, Tensor>(new double[] { 3, 4, 5 }, new double[] { 2, 0 });
        var gradient = Grad(
            (Pair<Tensor, Tensor> p) =>
                Sum(CustomVjp((Tensor x) => Gather(x, p.Second), (x, _, g) => ScatterAdd(g, p.Second, 3) + (0 * x))(p.First)),
            point
        );
        Assert.Equal([1, 0, 1], gradient.First.ToArray());
        Assert.Equal([0, 0], gradient.Second.ToArray());
    }

    [Fact]
    public void StructuresThatDifferInEmptyListsAreToldApart()
    {
        var count = Compile((TreeList<TreeList<Tensor>> lists) => (Tensor)(double)lists.Count);
        TreeList<Tensor> none = [];
        TreeList<Tensor> one = [2.0];
        Assert.Equal(2, count.Invoke([none, one]).Item());
        Assert.Equal(3, count.Invoke([none, one, none]).Item());
    }

    [Fact]
    public void TheCheckForNaNAllowsInfinitiesThatAreMeant()
    {
        var options = new CompileOptions { CheckFinite = true };
        Assert.Equal(
            [0, 0],
            Compile((Tensor x) => Grad((Tensor y) => Sum(LogSoftmax(y)), x), options).Invoke(new double[] { 1, 1 }).ToArray()
        );
        Assert.Equal(1, Compile((Tensor x) => Sum(MaxPool(x, 2, padding: 1)), options).Invoke(Tensor.Ones([1, 1, 1, 1])).Item());
        Assert.Throws<NonFiniteException>(() => Compile((Tensor x) => x + double.PositiveInfinity, options).Invoke(1.0));
        Assert.Throws<ArgumentException>(() => Compile((Tensor x) => x, options with { Precision = Precision.Single }));
    }

    [Fact]
    public void DerivativesHoldAtTheEndsOfTheRange()
    {
        ReferenceData.AssertClose([0.6, 0.8], Grad((Tensor x) => Norm(x), (Tensor)new[] { 3e-310, 4e-310 }).ToArray(), 1e-12, "norm");
        Assert.Equal(5e199, Grad((Tensor y) => Atan2(y, 1e-200), (Tensor)1e-200).Item(), 1e186);
        Assert.Equal(5e-201, Grad((Tensor y) => Atan2(y, 1e200), (Tensor)1e200).Item(), 1e-214);
        // 1 − x² by its factors, which do not cancel.
        Assert.Equal(70710.67519510883, Grad((Tensor x) => Asin(x), (Tensor)0.9999999999).Item(), 1e-9);
        Assert.Equal(4.248354255291589e-18, Grad((Tensor x) => Sigmoid(x), (Tensor)40.0).Item(), 1e-32);
    }
}
