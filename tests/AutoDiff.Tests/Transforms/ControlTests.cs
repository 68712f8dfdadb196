using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Loops that end by a condition, and choices: the steps and the branch that plain code would take.</summary>
public sealed class ControlTests
{
    private static readonly Tensor Starts = Tensor.Of([0.5, 3, -7, 40]);

    [Fact]
    public void A_loop_takes_the_steps_that_plain_code_takes()
    {
        // 3, 10, 5, 16, 8, 4, 2, 1: seven steps.
        var (one, steps) = Collatz(3);
        Assert.Equal(1, one.Item());
        Assert.Equal(7, steps.Item());
        Assert.Equal(0, Collatz(1).Steps.Item());
        Assert.Equal(111, Compile((Tensor n) => Collatz(n).Steps).Invoke(27).Item());
        Assert.Equal(111, Compile<float, Tensor, Tensor>(n => Collatz(n).Steps).Invoke(27).Item());
        Assert.Equal(111, Compile((Tensor n) => Collatz(n).Steps, new CompileOptions { CheckFinite = true }).Invoke(27).Item());
    }

    [Fact]
    public void Examples_of_a_batch_end_each_by_itself()
    {
        var steps = Vmap((Tensor n) => Collatz(n).Steps)(Tensor.Of([1, 3, 27, 6, 2]));
        Assert.Equal([0, 7, 111, 8, 1], steps.ToArray());
        var nested = Vmap(Vmap((Tensor n) => Collatz(n).Steps))(Tensor.Of([1, 3, 27, 6, 2, 8], 2, 3));
        Assert.Equal([0, 7, 111, 8, 1, 3], nested.ToArray());
        // One condition for all: the state is batched, the steps are not.
        var powers = Vmap((Tensor x) => While(s => Less(s.Second, 3), s => (s.First * x, s.Second + 1), Of(1, 0)).First)(Starts);
        Assert.Equal([0.125, 27, -343, 64000], powers.ToArray());
    }

    [Fact]
    public void Tangents_take_the_steps_of_the_state()
    {
        foreach (var x in Starts.ToArray())
        {
            var (expected, slope, curvature) = Unrolled(x);
            Assert.Equal(expected, Halved(x).Item(), 1e-13);
            Assert.Equal(slope, Jvp<Tensor, Tensor>(Halved, x, 1).Tangent.Item(), 1e-12);
            Assert.Equal(curvature, Jvp<Tensor, Tensor>(y => Jvp<Tensor, Tensor>(Halved, y, 1).Tangent, x, 1).Tangent.Item(), 1e-11);
        }
        var batch = Vmap((Tensor x) => Jvp<Tensor, Tensor>(Halved, x, 1).Tangent)(Starts).ToArray();
        Assert.Equal(Starts.ToArray().Select(x => Unrolled(x).Slope), batch, (a, b) => Math.Abs(a - b) < 1e-12);
        var through = Jvp<Tensor, Tensor>(x => Vmap<Tensor, Tensor>(Halved)(x), Starts, Tensor.Ones([4])).Tangent.ToArray();
        Assert.Equal(batch, through, (a, b) => Math.Abs(a - b) < 1e-12);

        // x ← sin(x·c)⁄2 + x⁄2 while |x| > 1⁄4, c = x₀⁄10, by plain code on the steps that it takes.
        (double Value, double Slope, double Curvature) Unrolled(double start)
        {
            var count = 0;
            for (var s = start; Math.Abs(s) > 0.25; count++)
                s = (Math.Sin(s * start / 10) / 2) + (s / 2);
            Tensor Steps(Tensor x)
            {
                var s = x;
                for (var i = 0; i < count; i++)
                    s = (Sin(s * x / 10) / 2) + (s / 2);
                return s;
            }
            return (Steps(start).Item(), Grad<Tensor>(Steps, start).Item(), Grad(Grad<Tensor>(Steps), start).Item());
        }
    }

    [Fact]
    public void Reverse_mode_through_a_loop_of_unknown_length_is_refused_with_what_to_use()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Grad<Tensor>(Halved, 3.0));
        foreach (var way in new[] { "[While]", "FixedPoint", "CustomRoot", "Scan", "ForI", "StopGradient" })
            Assert.Contains(way, error.Message, StringComparison.Ordinal);
        Assert.Equal(2, Grad((Tensor x) => StopGradient(Halved(x)) + (2 * x), 3.0).Item());
        var rule = CustomJvp<Tensor>(x => x, (_, _, t) => While(s => Less(s.Second, 3), s => (s.First * 2, s.Second + 1), Of(t, 0)).First);
        Assert.Throws<ArgumentException>(() => Grad<Tensor>(rule, 5.0));
        var deciding = CustomJvp<Tensor>(x => x, (_, _, t) => While(s => Less(s, 3), s => s * 2, t));
        Assert.Throws<ArgumentException>(() => Jvp(deciding, 5.0, 1.0));
    }

    [Fact]
    public void The_iteration_and_the_branch_that_fail_are_named()
    {
        var falling = Compile((Tensor x) => While(s => Greater(s, -5), s => Log(s - 1) * s, x), new CompileOptions { CheckFinite = true });
        Assert.EndsWith(" in iteration 1 of While", Message(() => falling.Invoke(2)), StringComparison.Ordinal);
        var chosen = Compile((Tensor x) => Cond(Greater(x, 0), s => Sin(s), s => Log(s), x), new CompileOptions { CheckFinite = true });
        Assert.EndsWith(" in WhenFalse of Cond", Message(() => chosen.Invoke(-1)), StringComparison.Ordinal);
        Assert.Equal(Math.Sin(1), chosen.Invoke(1).Item());

        static string Message(Func<Tensor> run) => Assert.Throws<NonFiniteException>(() => run()).Message;
    }

    [Fact]
    public void Only_the_branch_that_is_taken_reaches_values_and_derivatives()
    {
        Tensor Root(Tensor x) => Cond(Greater(x, 0), s => Sqrt(s) * x, s => s * 3, x);
        foreach (var x in new[] { 4.0, -4.0, 0.0 })
        {
            var (value, slope, curvature) = x > 0 ? (x * Math.Sqrt(x), 1.5 * Math.Sqrt(x), 0.75 / Math.Sqrt(x)) : (3 * x, 3, 0);
            Assert.Equal(value, Root(x).Item(), 1e-14);
            Assert.Equal(slope, Grad<Tensor>(Root, x).Item(), 1e-14);
            Assert.Equal(slope, Jvp<Tensor, Tensor>(Root, x, 1).Tangent.Item(), 1e-14);
            Assert.Equal(curvature, Hessian<Tensor>(Root, x).Item(), 1e-14);
            Assert.Equal(slope, Compile(Grad<Tensor>(Root)).Invoke(x).Item(), 1e-14);
            Assert.Equal(slope, Compile<float, Tensor, Tensor>(Grad<Tensor>(Root)).Invoke(x).Item(), 1e-6);
            Assert.Equal(slope, Vmap(Grad<Tensor>(Root))(Tensor.Of([x, 1])).ToArray()[0], 1e-14);
        }
    }

    /// <summary>What a branch computes of closures alone is inside it; what there was before is an argument.</summary>
    [Fact]
    public void What_a_branch_computes_is_inside_it()
    {
        Input x = new([], "x"),
            p = new([], "p");
        var before = Exp(x);
        var text = Graph.Of([p, x], [Cond(p, () => Sin(before), () => Log(x) * before)]).ToString();
        Assert.Single(Lines("= Exp"), line => line[0] == '%');
        Assert.Single(Lines("= Sin"), line => line.StartsWith("  %", StringComparison.Ordinal));
        Assert.Single(Lines("= Log"), line => line.StartsWith("  %", StringComparison.Ordinal));
        Assert.Contains("subgraph cluster_", Graph.Of([p, x], [Cond(p, () => x, () => Log(x))]).ToGraphviz(), StringComparison.Ordinal);

        IEnumerable<string> Lines(string part) => text.Split('\n').Where(line => line.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void The_branch_that_is_not_taken_is_not_run()
    {
        var calls = 0;
        var counted = Compile(
            (Tensor x) =>
                Cond(
                    Greater(x, 0),
                    () =>
                        PureCallback(
                            at =>
                            {
                                calls++;
                                return at;
                            },
                            [],
                            x
                        ),
                    () => x
                )
        );
        Assert.Equal(-2, counted.Invoke(-2).Item());
        Assert.Equal(0, calls);
        Assert.Equal(2, counted.Invoke(2).Item());
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Branches_hold_loops_rules_and_choices()
    {
        Tensor F(Tensor x) =>
            Cond(
                Less(x, 1),
                s => ForI(3, (i, t) => Sin(t) * x + i, s),
                s => Cond(Less(s, 2), t => Checkpoint<Tensor, Tensor>(u => Exp(u) * x)(t), t => Square(t) * x, s),
                x
            );
        Func<Tensor, Tensor>[] parts = [x => Sin(Sin(Sin(x) * x) * x + 1) * x + 2, x => Exp(x) * x, x => Square(x) * x];
        for (var k = 0; k < 3; k++)
        {
            Tensor at = 0.5 + k;
            Assert.Equal(parts[k](at).Item(), F(at).Item(), 1e-13);
            Assert.Equal(Grad(parts[k], at).Item(), Grad<Tensor>(F, at).Item(), 1e-13);
            Assert.Equal(Hessian(parts[k], at).Item(), Hessian<Tensor>(F, at).Item(), 1e-12);
            Assert.Equal(Grad(parts[k], at).Item(), Vmap(Grad<Tensor>(F))(Stack([at, 0.1])).ToArray()[0], 1e-13);
        }
    }

    [Fact]
    public void Rules_may_hold_choices_that_are_linear()
    {
        var doubled = CustomVjp<Tensor>(x => x, (x, _, g) => Cond(Less(x, 0), () => 2 * g, () => 3 * g));
        Assert.Equal(3, Grad(doubled, 5.0).Item());
        Assert.Equal(3, Jvp(doubled, 5.0, 1.0).Tangent.Item());
        Assert.Equal(2, Jvp(doubled, -5.0, 1.0).Tangent.Item());
        Assert.Throws<ArgumentException>(() => Grad(CustomVjp<Tensor>(x => x, (_, _, g) => Cond(Less(g, 0), () => g, () => 2 * g)), 5.0));
        Assert.Throws<ArgumentException>(() => Grad(CustomVjp<Tensor>(x => x, (x, _, g) => Cond(x, () => g, () => g * g)), 5.0));
    }

    [Fact]
    public void Misuse_is_refused()
    {
        Refused("[While] the condition gave shape [4]; expected a scalar []", () => While(s => s, s => s, Starts));
        Refused(
            "[While] the step gave leaf \"carry\" of the carry shape [3]; expected [4], as the initial one has",
            () => While(s => Sum(s), s => Slice(s, 0, 0, 3), Starts)
        );
        Refused("[While] got a state without leaves; expected at least one", () => While(_ => 0, s => s, TreeList.Of<Tensor>()).Count);
        Refused("[Cond] got a predicate of shape [4]; expected a scalar []", () => Cond(Starts, () => Starts, () => Starts));
        Refused(
            "[Cond] the branches gave leaf \"\" the shapes [4] and []; expected the same",
            () => Cond(1, () => Starts, () => Sum(Starts))
        );
        Refused(
            "[Cond] the branches gave 1 and 2 leaves; expected the same structure",
            () => Cond(1, () => TreeList.Of(Starts), () => TreeList.Of(Starts, Starts)).Count
        );

        static void Refused(string message, Func<object> call) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => call()).Message, StringComparison.Ordinal);
    }

    private static Pair<Tensor, Tensor> Of(Tensor first, Tensor second) => new(first, second);

    private static (Tensor Last, Tensor Steps) Collatz(Tensor n) =>
        While(
            s => NotEqual(s.First, 1),
            s => (Where(Equal(Modulo(s.First, 2), 0), s.First / 2, (3 * s.First) + 1), s.Second + 1),
            Of(n, 0)
        );

    private static Tensor Halved(Tensor x) => While(s => Greater(Abs(s), 0.25), s => (Sin(s * x / 10) / 2) + (s / 2), x);
}
