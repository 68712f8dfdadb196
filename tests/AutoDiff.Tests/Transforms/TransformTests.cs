using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

public class TransformTests
{
    private static readonly Tensor X = new double[] { 0.3, -0.7, 1.1 };

    [Fact]
    public void NestingConfusesNoPerturbations()
    {
        // d/dx [x · d/dy (x + y)] = 1 at y = x, although x and y are one node outside.
        Assert.Equal(1, Grad((Tensor x) => x * Grad((Tensor y) => x + y, x), (Tensor)2.0).Item());
        // d/dx [x · d/dy (x·y)] = 2x.
        Assert.Equal(6, Grad((Tensor x) => x * Grad((Tensor y) => x * y, x), (Tensor)3.0).Item());
        // The same forward over forward.
        Assert.Equal(6, Jvp((Tensor x) => x * Jvp((Tensor y) => x * y, x, (Tensor)1.0).Tangent, (Tensor)3.0, (Tensor)1.0).Tangent.Item());
    }

    [Theory]
    [InlineData(JacobianMode.Automatic)]
    [InlineData(JacobianMode.Forward)]
    [InlineData(JacobianMode.Reverse)]
    public void JacobiansFromAndToEmptyTreesAreEmpty(JacobianMode mode)
    {
        var (nothing, empty) = (TreeList.Of<Tensor>(), Tensor.Zeros([0, 2]));
        Assert.Equal(Shape.Of([0, 3]), Evaluate(Jacobian((Tensor _) => nothing, X, mode)).Shape);
        Assert.Equal(Shape.Of([3, 0]), Evaluate(Jacobian((TreeList<Tensor> _) => X * 2, nothing, mode)).Shape);
        Assert.Equal(Shape.Of([0, 0]), Evaluate(Jacobian((TreeList<Tensor> _) => nothing, nothing, mode)).Shape);
        Assert.Equal(Shape.Of([0, 3]), Evaluate(Jacobian((Tensor x) => BroadcastTo(x, [0, 3]), X, mode)).Shape);
        Assert.Equal(Shape.Of([3, 0]), Evaluate(Jacobian((Tensor x) => Sum(x, 0) + X, Tensor.Zeros([0, 3]), mode)).Shape);
        Assert.Equal(Shape.Of([0, 0]), Evaluate(Hessian((Tensor x) => Sum(Square(x)), empty)).Shape);
    }

    [Fact]
    public void ReturnsAuxiliaryOutput()
    {
        var (value, count, gradient) = ValueAndGrad((Tensor x) => (Sum(Square(x)), x.Shape.Size))(X);
        Assert.Equal(3, count);
        Assert.Equal(1.79, value.Item(), 1e-12);
        Assert.Equal((2 * X).ToArray(), gradient.ToArray());
    }

    [Fact]
    public void GivesZerosWhereNothingReaches()
    {
        Assert.Equal([0, 0, 0], Grad((Tensor _) => 5.0, X).ToArray());
        Assert.Equal([0, 0, 0], Grad((Tensor x) => Sum(StopGradient(x)), X).ToArray());
        Assert.Equal(0, Jvp((Tensor _) => (Tensor)5.0, X, X).Tangent.Item());
        Assert.Equal(new double[3, 3], Hessian((Tensor x) => Sum(x), X).ToMatrix());
    }

    [Fact]
    public void HigherOrdersComeFree()
    {
        static Tensor F(Tensor x) => Sin(x) * Exp(0.5 * x);
        var orders = new Func<Tensor, Tensor>[6];
        orders[0] = F;
        for (var n = 1; n < orders.Length; n++)
            orders[n] = Grad(orders[n - 1]);
        // F is the imaginary part of e^((½ + i)x): each derivative multiplies by ½ + i.
        for (var n = 0; n < orders.Length; n++)
        {
            var expected = (
                System.Numerics.Complex.Pow(new(0.5, 1), n) * System.Numerics.Complex.Exp(new System.Numerics.Complex(0.5, 1) * 0.4)
            ).Imaginary;
            Assert.Equal(expected, orders[n](0.4).Item(), 1e-13);
        }
    }

    [Fact]
    public void HessianOfATreeCountsAllLeavesInOrder()
    {
        var point = new Pair<Tensor, Tensor>(2.0, new double[] { 3, 4 });
        var hessian = Hessian((Pair<Tensor, Tensor> p) => p.First * Sum(Square(p.Second)), point, chunk: 2);
        Assert.Equal(
            new double[,]
            {
                { 0, 6, 8 },
                { 6, 4, 0 },
                { 8, 0, 4 },
            },
            hessian.ToMatrix()
        );
        // The derivative of the Hessian's trace: third order.
        Assert.Equal(
            4,
            Grad((Tensor a) => Sum(Diagonal(Hessian((Tensor w) => a * Sum(Square(w)), (Tensor)new double[] { 1, 1 }))), (Tensor)7.0).Item()
        );
    }

    /// <summary>An infinite slope that is masked spoils no other entry, whatever is batched.</summary>
    [Fact]
    public void AnInfiniteSlopeStaysInItsEntry()
    {
        Tensor[] slopes = [new double[] { 0, 0.5, 0.25, 0.125 }, new double[] { 0, 0.125, 0.25, 0.5 }];
        foreach (var shape in new Shape[] { [4], [2, 2], [1, 4], [4, 1] })
        {
            foreach (var transposed in new[] { false, true })
            {
                var x = ReshapeTo(transposed ? new double[] { 0, 16, 4, 1 } : new double[] { 0, 1, 4, 16 }, shape);
                var expected = Tensor.Eye(4) * slopes[transposed ? 1 : 0];
                Tensor Root(Tensor w) => Where(w > 0, Sqrt(w), 0);
                Assert.Equal(expected.ToArray(), Jacobian(Root, x, JacobianMode.Forward).ToArray());
                if (x.Rank != 2)
                    continue;
                for (var axis = 0; axis < 2; axis++)
                {
                    var (sums, over) = (Where(Sum(x > 0, axis) < x.Shape[axis], 0, 1), axis);
                    var jacobian = Jacobian((Tensor w) => Where(sums, Sum(Sqrt(w), over), 0), x, JacobianMode.Forward);
                    Assert.DoesNotContain(double.NaN, jacobian.ToArray());
                }
            }
        }
    }

    [Fact]
    public void JacobianIsTheSameForwardAndReverse()
    {
        Tensor F(Tensor x) => Concatenate([Sin(x), Square(x) * Sum(x)]);
        var forward = Jacobian((Func<Tensor, Tensor>)F, JacobianMode.Forward)(X);
        Assert.Equal([6, 3], forward.Shape);
        ReferenceData.AssertClose(
            forward.ToArray(),
            Jacobian((Func<Tensor, Tensor>)F, JacobianMode.Reverse)(X).ToArray(),
            1e-15,
            "Jacobian"
        );
    }

    [Fact]
    public void LinearizesOnceAndAppliesManyTimes()
    {
        var calls = 0;
        var linear = Linearize(
            (Tensor x) =>
            {
                calls++;
                return Exp(MatMul(Reshape(x, 1, 3), Reshape(x, 3, 1)));
            },
            X
        );
        var (value, tangent) = Jvp((Tensor x) => Exp(MatMul(Reshape(x, 1, 3), Reshape(x, 3, 1))), X, (Tensor)new double[] { 1, 0, 2 });
        Assert.Equal(value.ToArray(), linear.Value.ToArray());
        Assert.Equal(tangent.ToArray(), linear.Apply(new double[] { 1, 0, 2 }).ToArray());
        Assert.Equal(1, calls);
        var (again, map) = linear;
        Assert.Equal(value.ToArray(), again.ToArray());
        Assert.Equal(linear.Apply(X).ToArray(), map(X).ToArray());
        // Nothing of the primal computation is left in the map: no exponential.
        Assert.DoesNotContain("Exp", Graph.Of([], [linear.Apply(X)]).ToString(), StringComparison.Ordinal);
        Assert.Equal([3], linear.Transposed().Apply(Tensor.Ones([1, 1])).Shape);
    }

    [Fact]
    public void VmapTakesAndGivesAxesAnywhere()
    {
        var batch = Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3);
        Assert.Equal([14, 77], Vmap((Tensor x) => Sum(Square(x)))(batch).ToArray());
        Assert.Equal([17, 29, 45], Vmap((Tensor x) => Sum(Square(x)), inAxes: [1])(batch).ToArray());
        Assert.Equal([3, 2], Vmap((Tensor x) => 2 * x, outAxes: [1])(batch).Shape);
        var scaled = Vmap((Tensor a, Tensor x) => a * x, inAxes: [null, 0])(10, batch);
        Assert.Equal([10, 20, 30, 40, 50, 60], scaled.ToArray());
        Assert.Equal([2, 2, 3], Vmap((Tensor u) => Vmap((Tensor v) => u * v)(batch))(batch).Shape);
        Assert.Equal([1, 1], Vmap((Tensor _) => (Tensor)1.0)(Tensor.Zeros([2, 5])).ToArray());
        Assert.Contains(
            "no leaf has a batch axis",
            Assert.Throws<ArgumentException>(() => Vmap((Tensor x) => x, inAxes: [null])(batch)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void CustomVjpsServeBothModesWhicheverWayTheyAreStated()
    {
        // A rule that differs from the true derivative shows which one is used.
        var reverse = CustomVjp((Tensor x) => Sin(x), (x, _, g) => 3 * g * x);
        var forward = CustomJvp((Tensor x) => Sin(x), (x, _, t) => 3 * t * x);
        foreach (var f in new[] { reverse, forward })
        {
            Assert.Equal(Sin(X).ToArray(), f(X).ToArray());
            Assert.Equal((3 * X).ToArray(), Grad((Tensor x) => Sum(f(x)), X).ToArray());
            Assert.Equal((3 * X).ToArray(), Jvp(f, X, Tensor.Ones([3])).Tangent.ToArray());
            Assert.Equal([3, 3, 3], Diagonal(Hessian((Tensor x) => Sum(f(x)), X)).ToArray());
            Assert.Equal((3 * X).ToArray(), Vmap(Grad(f))(X).ToArray());
        }
    }

    [Fact]
    public void CustomVjpsRefuseWhatTheirRuleDoesNotCover()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Grad((Tensor w) => Sum(CustomVjp((Tensor x) => Sin(x * w), (x, _, g) => g * Cos(x), "sine")(X)), X)
        );
        Assert.Contains("\"sine\" uses a value that is being differentiated", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CheckpointComputesAgainAndReachesWhatItUses()
    {
        Tensor Block(Tensor x, Tensor w) => Tanh(MatMul(w, Tanh(MatMul(w, x))));
        var w = Key.Of(2).Normal([3, 3]);
        Tensor Plain(Tensor v) => Sum(Block(Block(X, v), v));
        Tensor Saving(Tensor v) => Sum(Checkpoint((Tensor x) => Block(x, v))(Checkpoint((Tensor x) => Block(x, v))(X)));
        ReferenceData.AssertClose(Grad(Plain, w).ToArray(), Grad(Saving, w).ToArray(), 1e-15, "gradient");
        ReferenceData.AssertClose(Hessian(Plain, w).ToArray(), Hessian(Saving, w).ToArray(), 1e-13, "Hessian");
    }

    [Fact]
    public void CheckpointTakesLessMemory()
    {
        static Tensor Block(Tensor x)
        {
            for (var i = 0; i < 16; i++)
                x = Sin(MatMul(x, x));
            return x;
        }

        long Bytes(Func<Tensor, Tensor> block) =>
            Compile((Tensor x) => Grad((Tensor y) => Sum(block(block(block(block(y))))), x)).For(Tensor.Zeros([32, 32])).WorkspaceBytes;

        Assert.True(Bytes(Checkpoint((Func<Tensor, Tensor>)Block)) < 0.6 * Bytes(Block));
    }

    [Fact]
    public void RefusesGradientsOfSeveralResultsAndTangentsOfOtherShapes()
    {
        Assert.Equal(
            "[Grad] the function gave shape [3]; expected a scalar []",
            Assert.Throws<ArgumentException>(() => Grad((Tensor x) => x, X)).Message
        );
        Assert.Contains(
            "has shape [2]; expected [3]",
            Assert.Throws<ArgumentException>(() => Jvp((Tensor x) => x, X, Tensor.Zeros([2]))).Message,
            StringComparison.Ordinal
        );
    }
}
