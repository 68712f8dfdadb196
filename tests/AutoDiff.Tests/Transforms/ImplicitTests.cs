using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Fixed points and roots have the derivatives of the solution: those of closed forms, to any order and in both modes.</summary>
public sealed class ImplicitTests
{
    private const double Omega = 0.567143290409783873; // w e^w = 1

    /// <summary>W(p) = W, the inverse of w e^w, as the fixed point of w ← p e^−w: W′ = W ⁄ (p (1 + W)).</summary>
    private static Tensor Lambert(Tensor p) => FixedPoint((Tensor w) => p * Exp(-w), 0.5).Point;

    private static Tensor LambertRoot(Tensor p) => CustomRoot((Tensor w) => (w * Exp(w)) - p, 0.5, Newton);

    public static TheoryData<string> Ways => ["FixedPoint", "CustomRoot"];

    private static Func<Tensor, Tensor> Of(string way) => way == "FixedPoint" ? Lambert : LambertRoot;

    [Theory]
    [MemberData(nameof(Ways))]
    public void Derivatives_of_every_order_are_the_closed_forms(string way)
    {
        var f = Of(way);
        // With u = 1 + W and p = 1: W′ = W⁄u, W″ = −W²(2 + W)⁄u³, W‴ = W³(2W² + 8W + 9)⁄u⁵.
        var u = 1 + Omega;
        double[] expected =
        [
            Omega,
            Omega / u,
            -Math.Pow(Omega, 2) * (2 + Omega) / Math.Pow(u, 3),
            Math.Pow(Omega, 3) * ((2 * Omega * Omega) + (8 * Omega) + 9) / Math.Pow(u, 5),
        ];
        Tensor Forward(Func<Tensor, Tensor> g, Tensor x) => Jvp(g, x, 1).Tangent;
        Assert.Equal(expected[0], f(1).Item(), 1e-11);
        Assert.Equal(expected[1], Grad(f, 1.0).Item(), 1e-10);
        Assert.Equal(expected[1], Forward(f, 1.0).Item(), 1e-10);
        Assert.Equal(expected[2], Grad(Grad(f), 1.0).Item(), 1e-10);
        Assert.Equal(expected[2], Grad((Tensor x) => Forward(f, x), 1.0).Item(), 1e-10);
        Assert.Equal(expected[2], Forward(Grad(f), 1.0).Item(), 1e-10);
        Assert.Equal(expected[2], Forward(x => Forward(f, x), 1.0).Item(), 1e-10);
        Assert.Equal(expected[3], Grad(Grad(Grad(f)), 1.0).Item(), 1e-9);
        Assert.Equal(expected[3], Forward(Grad(Grad(f)), 1.0).Item(), 1e-9);
        Assert.Equal(expected[2], Compile(Grad(Grad(f))).Invoke(1).Item(), 1e-10);
        Assert.Equal(expected[1], Compile<float, Tensor, Tensor>(Grad<Tensor>(LambertRoot)).Invoke(1).Item(), 1e-5);
        var batch = Vmap(Grad(f))(Tensor.Of([1, 2, 0.5])).ToArray();
        Assert.Equal(expected[1], batch[0], 1e-10);
        Assert.Equal(Grad(f, 2.0).Item(), batch[1], 1e-10);
        Assert.Equal(batch, Grad((Tensor p) => Sum(Vmap(f)(p)), Tensor.Of([1, 2, 0.5])).ToArray(), (a, b) => Math.Abs(a - b) < 1e-10);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Several_leaves_and_parameters_move_together(string way)
    {
        // x = a + y⁄4, y = b x⁄2: x = a ⁄ (1 − b⁄8), y = a b ⁄ (2 − b⁄4).
        Pair<Tensor, Tensor> Step(Pair<Tensor, Tensor> s, Tensor a, Tensor b) =>
            new(a + (s.Second / 4), Sum(b * s.First, 0) / 2 * Tensor.Ones([1]));
        Tensor Loss(Pair<Tensor, Tensor> p)
        {
            var start = new Pair<Tensor, Tensor>(Tensor.Zeros([1]), Tensor.Zeros([1]));
            var (x, y) =
                way == "FixedPoint"
                    ? FixedPoint((Pair<Tensor, Tensor> s) => Step(s, p.First, p.Second), start).Point
                    : CustomRoot<Pair<Tensor, Tensor>>(
                        s => Step(s, p.First, p.Second) is var (u, v) ? (u - s.First, v - s.Second) : s,
                        start,
                        (_, s) => ForI(40, (_, t) => Step(t, p.First, p.Second), s)
                    );
            return Sum((x * 3) + Square(y));
        }
        Tensor Closed(Pair<Tensor, Tensor> p) =>
            Sum((3 * p.First / (1 - (p.Second / 8))) + Square(p.First * p.Second / (2 - (p.Second / 4))));
        Pair<Tensor, Tensor> at = new(Tensor.Of([0.7]), Tensor.Of([1.3])),
            along = new(Tensor.Of([0.3]), Tensor.Of([-0.6]));
        Assert.Equal(Closed(at).Item(), Loss(at).Item(), 1e-11);
        var (expected, actual) = (Grad<Pair<Tensor, Tensor>>(Closed, at), Grad<Pair<Tensor, Tensor>>(Loss, at));
        Assert.Equal(expected.First.ToArray()[0], actual.First.ToArray()[0], 1e-10);
        Assert.Equal(expected.Second.ToArray()[0], actual.Second.ToArray()[0], 1e-10);
        (expected, actual) = (Hvp<Pair<Tensor, Tensor>>(Closed)(at, along), Hvp<Pair<Tensor, Tensor>>(Loss)(at, along));
        Assert.Equal(expected.First.ToArray()[0], actual.First.ToArray()[0], 1e-9);
        Assert.Equal(expected.Second.ToArray()[0], actual.Second.ToArray()[0], 1e-9);
    }

    [Fact]
    public void What_has_not_converged_says_so()
    {
        var found = FixedPoint((Tensor x) => Cos(x), 1.0);
        Assert.Equal(0.739085133215160642, found.Point.Item(), 1e-11);
        Assert.Equal(1, found.Converged.Item());
        Assert.InRange(found.Residual.Item(), 0, 2e-12);
        Assert.InRange(found.Steps.Item(), 50, 90);
        var stopped = FixedPoint((Tensor x) => Cos(x), 1.0, maxIterations: 2);
        Assert.Equal(Math.Cos(Math.Cos(1)), stopped.Point.Item(), 1e-15);
        Assert.Equal(0, stopped.Converged.Item());
        Assert.Equal(2, stopped.Steps.Item());
        Assert.Equal(Math.Abs(Math.Cos(stopped.Point.Item()) - stopped.Point.Item()), stopped.Residual.Item(), 1e-15);
        Assert.Equal(0, FixedPoint((Tensor x) => Log(x - 1), 0.5).Converged.Item());
        Assert.Equal(1, FixedPoint((Tensor x) => x, 0.5).Converged.Item());
        Assert.Equal(0, FixedPoint((Tensor x) => x, 0.5).Steps.Item());
    }

    [Fact]
    public void Neither_guess_nor_solver_has_a_derivative()
    {
        Assert.Equal(0, Grad((Tensor p) => FixedPoint((Tensor x) => Cos(x), p).Point, 1.0).Item());
        Assert.Equal(0, Grad((Tensor p) => FixedPoint((Tensor x) => Cos(x) * p, 1.0) is var s ? s.Residual + s.Steps : p, 0.5).Item());
        // The solver reads p as well; the derivative is the residual's: √p.
        Tensor Root(Tensor p) => CustomRoot((Tensor x) => Square(x) - p, p, (_, start) => ForI(60, (_, x) => (x + (p / x)) / 2, start));
        Assert.Equal(Math.Sqrt(3), Root(3).Item(), 1e-14);
        Assert.Equal(0.5 / Math.Sqrt(3), Grad<Tensor>(Root, 3.0).Item(), 1e-14);
    }

    [Fact]
    public void Misuse_is_refused()
    {
        var two = Tensor.Of([1, 2]);
        Refused("[FixedPoint] got a tolerance of NaN; expected at least 0", () => FixedPoint((Tensor x) => x, two, double.NaN));
        Refused("[FixedPoint] got -1 steps; expected at least 0", () => FixedPoint((Tensor x) => x, two, maxIterations: -1));
        Refused("[FixedPoint]", () => FixedPoint((Tensor x) => Sum(x), two));
        Refused("[CustomRoot]", () => CustomRoot((Tensor x) => Sum(x), two, (_, x) => x));
        Refused("[CustomRoot]", () => CustomRoot((Tensor x) => x, two, (_, x) => Sum(x)));
        Refused("[FixedPoint] got an initial value without leaves", () => FixedPoint(x => x, TreeList.Of<Tensor>()));

        static void Refused(string message, Func<object> call) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => call()).Message, StringComparison.Ordinal);
    }

    private static Tensor Newton(Func<Tensor, Tensor> f, Tensor start) =>
        While(x => Greater(Abs(f(x)), 1e-6), x => x - (f(x) / Grad(f, x)), start) is var near ? near - (f(near) / Grad(f, near)) : start;
}
