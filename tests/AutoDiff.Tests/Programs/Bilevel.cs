using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>The penalty of a ridge regression chosen by its loss on other data: the inner problem is solved, not unrolled (Lorraine, Vicol, Duvenaud 1911.02590).</summary>
public sealed class Bilevel
{
    private static readonly Tensor _x = Waves.Of(1, 12, 3);
    private static readonly Tensor _y = Waves.Of(77, 12);
    private static readonly Tensor _otherX = Waves.Of(200, 8, 3);
    private static readonly Tensor _otherY = Waves.Of(300, 8);

    private static Tensor Inner(Tensor w, Tensor log) => (Sum(Square(Einsum("ni,i->n", _x, w) - _y)) + (Exp(log) * Sum(Square(w)))) / 2;

    private static Tensor Outer(Tensor w) => Sum(Square(Einsum("ni,i->n", _otherX, w) - _otherY));

    private static Tensor Solved(Tensor log) =>
        Einsum("ij->i", Solve(Einsum("ni,nj->ij", _x, _x) + (Exp(log) * Tensor.Eye(3)), ExpandDims(Einsum("ni,n->i", _x, _y), 1)));

    // w ← w − ∇inner⁄20 is a contraction whose fixed point is the ridge solution.
    private static Tensor Descended(Tensor log) =>
        FixedPoint((Tensor w) => w - (0.05 * Grad<Tensor>(v => Inner(v, log), w)), Tensor.Zeros([3])).Point;

    [Fact]
    public void TheImplicitDerivativeIsTheSolutions()
    {
        var at = (Tensor)0.3;
        Assert.Equal(Solved(at).ToArray(), Descended(at).ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
        var expected = Grad<Tensor>(log => Outer(Solved(log)), at).Item();
        Assert.Equal(expected, Grad<Tensor>(log => Outer(Descended(log)), at).Item(), 1e-8);
        Assert.Equal(expected, Compile<Tensor, Tensor>(Grad<Tensor>(log => Outer(Descended(log)))).Invoke(at).Item(), 1e-8);
        var (_, tangent) = Jvp<Tensor, Tensor>(log => Outer(Descended(log)), at, 1);
        Assert.Equal(expected, tangent.Item(), 1e-8);
    }

    [Fact]
    public void NewtonsMethodForThePenaltyHasTheTrueCurvature()
    {
        var at = (Tensor)0.3;
        var expected = Hessian<Tensor>(log => Outer(Solved(log)), at).Item();
        Assert.Equal(expected, Hessian<Tensor>(log => Outer(Descended(log)), at).Item(), 1e-7);
    }
}
