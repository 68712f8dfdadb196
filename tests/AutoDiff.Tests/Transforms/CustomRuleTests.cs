using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Optimization.Training;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>A rule of the user's own holds in both modes, however it is written, and is refused where it cannot.</summary>
public class CustomRuleTests
{
    private static readonly Tensor X = new double[] { 0.3, -0.7, 1.1 };
    private static readonly Tensor V = new double[] { 1, 2, -3 };

    private static readonly Compiled<Tensor, Tensor> Doubled = Compile((Tensor g) => 2 * g);

    /// <summary>Ways to write g ↦ 2xg, the derivative of Σx², each linear in g.</summary>
    public static TheoryData<string, Func<Tensor, Tensor, Tensor>> Writings =>
        new()
        {
            { "plain", (x, g) => 2 * x * g },
            { "a sum", (x, g) => x * ((0.5 * g) + g + (g / 2)) },
            { "negated twice", (x, g) => -(-g - g) * x },
            { "compiled", (x, g) => Doubled.Invoke(g) * x },
            { "compiled in both", (x, g) => Compile((Tensor a, Tensor b) => a * b * 2).Invoke(x, g) },
            { "linearized", (x, g) => Linearize((Tensor z) => Square(z), x).Apply(g) },
            { "linearized, transposed", (x, g) => Linearize((Tensor z) => Square(z), x).Transposed().Apply(g) },
            { "pulled back", (x, g) => Vjp((Tensor z) => Square(z), x).Pullback(g) },
            { "pulled back through a checkpoint", (x, g) => Vjp(Checkpoint((Tensor z) => Square(z)), x).Pullback(g) },
            { "pushed forward", (x, g) => Jvp((Tensor z) => Square(z), x, g).Tangent },
            { "another rule", (x, g) => Vjp(CustomVjp((Tensor z) => Square(z), (z, _, h) => Doubled.Invoke(h) * z), x).Pullback(g) },
            { "batched", (x, g) => Vmap((Tensor a, Tensor b) => 2 * a * b)(x, g) },
            { "batched, compiled", (x, g) => Vmap((Tensor a, Tensor b) => Doubled.Invoke(a) * b)(x, g) },
            { "products of matrices", (x, g) => 2 * Reshape(MatMul(Diagonal3(x), Reshape(g, 3, 1)), 3) },
            { "masked", (x, g) => Where(x > 0, 2 * x * g, 0) + Where(x > 0, 0, 2 * x * g) },
            { "slices", (x, g) => 2 * x * Concatenate([Slice(g, 0, 0, 1), Slice(g, 0, 1, 3)]) },
            { "padded", (x, g) => 2 * x * Slice(Pad(g, [1], [2]), 0, 1, 4) },
            { "flipped twice", (x, g) => 2 * x * Flip(Flip(g, 0), 0) },
            { "running sums", (x, g) => 2 * x * (CumulativeSum(g, 0) - (CumulativeSum(g, 0) - g)) },
            { "gathered", (x, g) => 2 * x * Gather(g, new double[] { 0, 1, 2 }) },
            { "a zero of its own", (x, g) => (2 * x * g) + (0 * x) },
            { "an identity", (x, g) => 2 * Identity(x * Identity(g)) },
            {
                "folded",
                (x, g) =>
                    x
                    * Fold(
                        Compile((State<Tensor, RateState> s, Tensor h) => s with { Parameters = s.Parameters + h }),
                        Init(Optimizers.GradientDescent<Tensor>(0.1), Tensor.Zeros([3])),
                        [g, g]
                    ).Parameters
            },
        };

    [Theory]
    [MemberData(nameof(Writings))]
    public void HoldInBothModesAndEveryOrder(string writing, Func<Tensor, Tensor, Tensor> rule)
    {
        Func<Tensor, Tensor>[] functions =
        [
            CustomVjp((Tensor x) => Sum(Square(x)), (x, _, g) => rule(x, BroadcastTo(g, x.Shape))),
            CustomJvp((Tensor x) => Sum(Square(x)), (x, _, t) => Sum(rule(x, t))),
        ];
        foreach (var f in functions)
        {
            AssertClose(2 * X, Grad(f, X), writing);
            AssertClose(2 * Sum(X * V), Jvp(f, X, V).Tangent, writing);
            AssertClose(2 * X, Vjp(f, X).Pullback(1.0), writing);
            AssertClose(2 * X, Compile((Tensor x) => Grad(f, x)).Invoke(X), writing);
            AssertClose(2 * V, Hvp(f, X, V), writing);
            AssertClose(2 * V, Grad((Tensor x) => Jvp(f, x, V).Tangent, X), writing);
            AssertClose(2 * Tensor.Eye(3), Hessian(f, X), writing);
            AssertClose(Reshape(2 * X, 1, 3), Jacobian(f, X, JacobianMode.Forward), writing);
            AssertClose(Reshape(2 * X, 1, 3), Jacobian(f, X, JacobianMode.Reverse), writing);
            AssertClose(Stack([2 * X, 4 * X]), Vmap(Grad(f))(Stack([X, 2 * X])), writing);
            AssertClose(Stack([2 * V, 2 * X]), Vmap((Tensor v) => Hvp(f, X, v))(Stack([V, X])), writing);
            AssertClose(2 * X, Grad(Checkpoint(f), X), writing);
            AssertClose(2 * V, Hvp(Checkpoint(f), X, V), writing);
        }
    }

    public static TheoryData<string, Func<Tensor, Tensor, Tensor>> Curved =>
        new()
        {
            { "Square of it", (_, g) => Square(g) },
            { "Abs of it", (_, g) => Abs(g) },
            { "Less of it", (_, g) => Clamp(g, -1, 1) },
            { "Maximum of it", (_, g) => Maximum(g, 0) },
            { "Relu of it", (x, g) => x * Relu(g) },
            { "Power of it", (_, g) => Power(g, 3) },
            { "Max of it", (x, g) => x * Max(g) },
            { "Multiply of two factors that both depend on it", (x, g) => g * (x * g) },
            { "MatMul of two factors that both depend on it", (x, g) => x * Reshape(MatMul(Reshape(g, 1, 3), Reshape(g, 3, 1)), []) },
            { "Divide whose second argument depends on it", (x, g) => x / g },
            { "Divide whose second argument depends on it", (_, g) => g / Sum(g) },
            { "Add of it and what does not depend on it", (x, g) => g + x },
            { "Add of it and what does not depend on it", (_, g) => (2 * g) + 1 },
            { "Subtract of it and what does not depend on it", (x, g) => g - (x * 1e-300) },
            { "Select of it and what does not depend on it", (x, g) => Where(x > 0, g, x) },
            { "Concatenate of it and what does not depend on it", (x, g) => Slice(Concatenate([g, x]), 0, 0, 3) },
            { "Pad of it and what does not depend on it", (_, g) => Slice(Pad(g, [1], [1], 1), 0, 0, 3) },
            { "Select whose condition depends on it", (x, g) => Where(Sum(g), x, 0) },
            { "Gather whose second argument depends on it", (x, g) => Gather(x, g) },
            { "a result that does not depend on it and is not 0", (x, _) => x },
            { "Exp of it", (_, g) => Square(Exp(g)) },
            { "Square of it", (_, g) => Compile((Tensor a) => Square(a)).Invoke(g) },
        };

    [Theory]
    [MemberData(nameof(Curved))]
    public void RefuseWhatIsNotLinearAndSayWhatMakesItSo(string culprit, Func<Tensor, Tensor, Tensor> rule)
    {
        var f = CustomVjp((Tensor x) => Sum(Square(x)), (x, _, g) => rule(x, BroadcastTo(g, x.Shape)), "mine");
        var h = CustomJvp((Tensor x) => Square(x), (x, _, t) => rule(x, t), "mine");
        var expected = $"\"mine\" gave {culprit}, \"it\" being its ";
        foreach (
            var use in new Func<object>[] { () => Grad(f, X), () => Jvp(f, X, V), () => Hessian(f, X), () => Vmap(Grad(f))(Stack([X, V])) }
        )
            Assert.StartsWith(
                "[CustomVjp] " + expected + "cotangent",
                Assert.Throws<ArgumentException>(use).Message,
                StringComparison.Ordinal
            );
        foreach (var use in new Func<object>[] { () => Jvp(h, X, V), () => Vjp(h, X), () => Linearize(h, X) })
            Assert.StartsWith(
                "[CustomJvp] " + expected + "tangent",
                Assert.Throws<ArgumentException>(use).Message,
                StringComparison.Ordinal
            );
    }

    [Fact]
    public void RefuseProductsOfTwoTangentsAndTakeASumOfThem()
    {
        var point = new Pair<Tensor, Tensor>(2.0, 3.0);
        var product = CustomJvp((Pair<Tensor, Tensor> p) => p.First * p.Second, (p, _, t) => (t.First * p.Second) + (p.First * t.Second));
        Assert.Equal(18, Jvp(product, point, new(3.0, 4.5)).Tangent.Item());
        Assert.Equal(3, Grad(product, point).First.Item());
        var wrong = CustomJvp((Pair<Tensor, Tensor> p) => p.First * p.Second, (_, _, t) => t.First * t.Second);
        Assert.Throws<ArgumentException>(() => Jvp(wrong, point, new(3.0, 4.5)));
    }

    [Fact]
    public void AStoppedDirectionHasAValueButNoTranspose()
    {
        var f = CustomVjp((Tensor x) => Sum(Square(x)), (x, _, g) => 2 * x * StopGradient(g));
        AssertClose(2 * X, Grad(f, X), "reverse");
        Assert.Contains("StopGradient of it", Assert.Throws<ArgumentException>(() => Jvp(f, X, V)).Message, StringComparison.Ordinal);
    }

    /// <summary>A matrix of unit directions keeps their structure, which the stop must not let through.</summary>
    [Fact]
    public void WhatIsMadeOfAStoppedTangentIsConstant()
    {
        var f = CustomJvp((Tensor x) => Square(x), (x, _, t) => StopGradient(2 * x * t));
        foreach (var shape in new Shape[] { [4], [2, 2], [1, 4] })
        {
            var x = ReshapeTo(new double[] { 0.3, -0.7, 1.1, 2 }, shape);
            AssertClose(2 * Tensor.Eye(4) * Reshape(x, 4), Jacobian(f, x, JacobianMode.Forward), "value");
            AssertClose(Tensor.Zeros(shape), Grad((Tensor y) => Sum(Jacobian(f, y, JacobianMode.Forward)), x), $"{shape}");
        }
    }

    [Fact]
    public void LooksAtADirectionAreRefusedInBothModes()
    {
        var item = CustomVjp((Tensor x) => x * x, (x, _, g) => g.Item() * 2 * x);
        var evaluated = CustomJvp((Tensor x) => x * x, (x, _, t) => 2 * x * Evaluate(t));
        foreach (var use in new Func<object>[] { () => Grad(item, (Tensor)3.0), () => Jvp(item, (Tensor)3.0, (Tensor)1.0) })
            Assert.Contains("[Item]", Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal);
        foreach (var use in new Func<object>[] { () => Grad(evaluated, (Tensor)3.0), () => Jvp(evaluated, (Tensor)3.0, (Tensor)1.0) })
            Assert.Contains("[Evaluate]", Assert.Throws<ArgumentException>(use).Message, StringComparison.Ordinal);
    }

    private static Tensor Diagonal3(Tensor x) => Tensor.Eye(3) * x;

    private static void AssertClose(Tensor expected, Tensor actual, string what) =>
        ReferenceData.AssertClose(expected.ToArray(), actual.ToArray(), 1e-14, what);
}
