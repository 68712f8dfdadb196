using Xunit;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Loops as nodes are the same steps written out: values, derivatives of every mode and order, batches, and both precisions.</summary>
public sealed class LoopTests
{
    private const int Steps = 5;

    private static readonly Tensor Weights = Tensor.Of([0.3, -0.2, 0.5, 0.1, 0.7, -0.4, 0.2, 0.6, -0.1], 3, 3);
    private static readonly Tensor Ones = Tensor.Ones([3]);
    private static readonly Tensor Rows = Tensor.Of([.. Enumerable.Range(0, Steps * 3).Select(i => Math.Sin(i + 1))], Steps, 3);

    /// <summary>By name: the loop's result as a function of weights [3, 3], and the steps written out.</summary>
    private static readonly Dictionary<string, (Func<Tensor, Tensor> Looped, Func<Tensor, Tensor> Unrolled)> Cases = new(
        StringComparer.Ordinal
    )
    {
        ["closure"] = (w => Looped(w, Step(w)), w => Unrolled(w, Step(w))),
        ["carry"] = (w => Looped(w, (h, x) => (Tanh(h * 2 + x), Sin(h))), w => Unrolled(w, (h, x) => (Tanh(h * 2 + x), Sin(h)))),
        ["slices"] = (
            w =>
            {
                var (last, ys) = Scan((Tensor h, Tensor x) => (Tanh(h + x) * Sum(w), Square(h)), Tensor.Zeros([3]), w);
                return Sum(last * last) + Sum(ys);
            },
            w =>
            {
                Tensor h = Tensor.Zeros([3]),
                    sum = 0;
                for (var i = 0; i < 3; i++)
                    (h, sum) = (Tanh(h + Take(w, 0, i)) * Sum(w), sum + Sum(Square(h)));
                return Sum(h * h) + sum;
            }
        ),
        ["reverse"] = (w => Looped(w, Step(w), reverse: true), w => Unrolled(w, Step(w), reverse: true)),
        ["checkpoints"] = (w => Looped(w, Step(w), checkpointEvery: 2), w => Unrolled(w, Step(w))),
        ["checkpoints, reverse"] = (w => Looped(w, Step(w), true, 2), w => Unrolled(w, Step(w), true)),
        ["count"] = (
            w => Sum(ForI(4, (i, s) => Tanh(MatMul(w, s)) + i, Take(w, 0, 0))),
            w =>
            {
                var s = Take(w, 0, 0);
                for (var i = 0; i < 4; i++)
                    s = Tanh(MatMul(w, s)) + i;
                return Sum(s);
            }
        ),
        ["nested"] = (
            w => Sum(ForI(3, (i, s) => ForI(2, (j, t) => Sin(MatMul(w, t) + j * i), s) * (1 + i), Take(w, 0, 1))),
            w =>
            {
                var s = Take(w, 0, 1);
                for (var i = 0; i < 3; i++)
                {
                    for (var j = 0; j < 2; j++)
                        s = Sin(MatMul(w, s) + (j * i));
                    s *= 1 + i;
                }
                return Sum(s);
            }
        ),
        ["gradient inside"] = (
            w => Sum(ForI(3, (_, s) => s - (0.1 * Grad((Tensor t) => Sum(Exp(MatMul(w, t))), s)), Take(w, 0, 0))),
            w =>
            {
                var s = Take(w, 0, 0);
                for (var i = 0; i < 3; i++)
                    s -= 0.1 * Grad((Tensor t) => Sum(Exp(MatMul(w, t))), s);
                return Sum(s);
            }
        ),
        ["carry that is replaced"] = (w => Looped(w, (h, x) => (Sin(x), h * h)), w => Unrolled(w, (h, x) => (Sin(x), h * h))),
        // Each carry reads the one before it: what it depends on is known after as many passes.
        ["chain of carries"] = (
            w =>
                Sum(
                    ForI(
                        4,
                        (_, s) =>
                            new Triple<Tensor, Tensor, Tensor>(Tanh(MatMul(w, s.First)), s.Second + Sin(s.First), Cos(s.Third) * s.Second),
                        new Triple<Tensor, Tensor, Tensor>(Ones, Ones, Ones)
                    ).Third
                ),
            w =>
            {
                var (a, b, c) = (Ones, Ones, Ones);
                for (var i = 0; i < 4; i++)
                    (a, b, c) = (Tanh(MatMul(w, a)), b + Sin(a), Cos(c) * b);
                return Sum(c);
            }
        ),
        ["one loop from two points"] = (
            w =>
            {
                var f = Trace(
                    (Pair<Tensor, Tensor> x) => ForI(3, (_, s) => Tanh(MatMul(x.First, s)), x.Second),
                    new Pair<Tensor, Tensor>(w, Ones)
                );
                return Sum(f(new Pair<Tensor, Tensor>(w, Ones)) * f(new Pair<Tensor, Tensor>(w, 2 * Ones)));
            },
            w =>
            {
                var (s, t) = (Ones, 2 * Ones);
                for (var i = 0; i < 3; i++)
                    (s, t) = (Tanh(MatMul(w, s)), Tanh(MatMul(w, t)));
                return Sum(s * t);
            }
        ),
        ["unused carry"] = (
            w => Sum(Scan((Tensor h, Tensor x) => (h * 2, x * h), Take(w, 0, 0), Rows).Ys),
            w =>
            {
                Tensor h = Take(w, 0, 0),
                    sum = 0;
                for (var i = 0; i < Steps; i++)
                    (h, sum) = (h * 2, sum + Sum(Take(Rows, 0, i) * h));
                return sum;
            }
        ),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_are_the_unrolled_ones(string name) => Close(name, f => f(Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_are_the_unrolled_ones(string name) => Close(name, f => Grad(f, Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Tangents_are_the_unrolled_ones(string name) => Close(name, f => Jvp(f, Weights, Slice(Rows, 0, 0, 3)).Tangent);

    [Theory]
    [MemberData(nameof(Names))]
    public void Products_with_the_Hessian_are_the_unrolled_ones(string name)
    {
        Close(name, f => Hvp(f, Weights, Slice(Rows, 0, 0, 3)));
        Close(name, f => Grad((Tensor w) => Jvp(f, w, Slice(Rows, 0, 0, 3)).Tangent, Weights));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Hessians_are_the_unrolled_ones(string name) => Close(name, f => Hessian(f, Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Third_derivatives_are_the_unrolled_ones(string name) =>
        Close(name, f => Grad((Tensor w) => Sum(Square(Hvp(f, w, Slice(Rows, 0, 0, 3)))), Weights));

    [Theory]
    [MemberData(nameof(Names))]
    public void Batches_are_the_unrolled_ones(string name)
    {
        var batch = Stack([Weights, Weights * 0.5, -Weights]);
        Close(name, f => Vmap(f)(batch));
        Close(name, f => Vmap((Tensor w) => Grad(f, w))(batch));
        Close(name, f => Grad((Tensor b) => Sum(Square(Vmap(f)(b))), batch));
        Close(name, f => Vmap((Tensor w) => Hvp(f, w, Slice(Rows, 0, 0, 3)))(batch));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiled_they_are_the_same(string name)
    {
        Close(name, f => Compile((Tensor w) => Grad(f, w)).Invoke(Weights));
        Close(name, f => Compile((Tensor w) => Hvp(f, w, Slice(Rows, 0, 0, 3))).Invoke(Weights));
        Close(name, f => Compile((Tensor w) => Hessian(f, w)).Invoke(Weights));
        Close(name, f => Compile<float, Tensor, Tensor>(w => Grad(f, w)).Invoke(Weights), 1e-4);
        Close(name, f => Compile((Tensor w) => Grad(f, w), new CompileOptions { CheckFinite = true }).Invoke(Weights));
        Close(name, f => Linearize((Tensor w) => Grad(f, w), Weights).Apply(Slice(Rows, 0, 0, 3)));
    }

    [Fact]
    public void What_changes_the_carry_is_refused_by_its_leaf()
    {
        var carry = new Pair<Tensor, Tensor>(0, Tensor.Zeros([2]));
        Refused(
            "[Scan] the step gave leaf \"Second\" of the carry shape [3]; expected [2], as the initial one has",
            () => Scan((Pair<Tensor, Tensor> s) => (new Pair<Tensor, Tensor>(s.First, Tensor.Zeros([3])), s.First), carry, 2)
        );
        Refused(
            "[Scan] the step gave a carry of 1 leaves; expected 2, as the initial one has",
            () => Scan((TreeList<Tensor> s) => (TreeList.Of(s[0]), s[0]), TreeList.Of<Tensor>(1, 2), 2)
        );
        Refused("[Scan] got -1 steps; expected at least 0", () => Scan((Tensor s) => (s, s), 0.0, -1));
        Refused("[ForI] got -1 steps; expected at least 0", () => (ForI(-1, (_, s) => s, (Tensor)0), (Tensor)0));
        Refused("[Scan] got a checkpoint every 0 steps; expected at least 1", () => Scan((Tensor s) => (s, s), 0.0, 3, checkpointEvery: 0));
        Refused(
            "[Scan] leaf \"Second\" to loop over has shape [4]; expected 3 slices along its first axis",
            () => Scan((Tensor s, Pair<Tensor, Tensor> _) => (s, s), 0, new Pair<Tensor, Tensor>(Tensor.Zeros([3, 1]), Tensor.Zeros([4])))
        );
        Refused(
            "[Scan] got no leaf to loop over; expected at least one, or a length",
            () => Scan((Tensor s, TreeList<Tensor> _) => (s, s), 0, TreeList.Of<Tensor>())
        );

        static void Refused<S, Y>(string message, Func<(S, Y)> scan) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => scan()).Message, StringComparison.Ordinal);
    }

    /// <summary>Value, gradient and H·v have one loop of values between them, and what is planned does not depend on the number of steps.</summary>
    [Fact]
    public void Loops_are_shared_and_planned_once_whatever_their_length()
    {
        var (gradient, product) = (Scans(5, Gradient), Scans(5, Product));
        Assert.Equal(2, gradient.Scans);
        Assert.Equal(4, product.Scans);
        Assert.Equal(gradient, Scans(10_000, Gradient));
        Assert.Equal(product, Scans(10_000, Product));

        static Func<Tensor, Tensor> Loss(int steps) =>
            w => Sum(Scan((Tensor h) => (Tanh(MatMul(w, h) + 0.1), h), Tensor.Ones([3]), steps).Ys);

        static Tensor[] Gradient(int steps, Tensor w) => ValueAndGrad(Loss(steps), w) is var (value, gradient) ? [value, gradient] : [];

        static Tensor[] Product(int steps, Tensor w) => [Hvp(Loss(steps), w, Sin(w))];

        static (int Scans, int Nodes) Scans(int steps, Func<int, Tensor, Tensor[]> outputs)
        {
            var w = new Input([3, 3], "w");
            var graph = Simplification.Simplify(Graph.Of([w], outputs(steps, w)));
            graph.Verify();
            var loops = graph.Nodes.ToArray().OfType<Apply>().Select(node => node.Op).OfType<Op.Scan>().Select(op => op.Loop).ToArray();
            Assert.All(loops, loop => Assert.Equal(steps, loop.Length));
            return (loops.Length, graph.Nodes.Length + loops.Sum(loop => Simplification.Simplify(loop.Body.Graph).Nodes.Length));
        }
    }

    [Fact]
    public void Checkpoints_take_memory_for_the_root_of_the_steps()
    {
        var every = Array.ConvertAll([10_000, 1_000_000], n => Bytes(n, (int)Math.Sqrt(n)));
        var all = Array.ConvertAll([100, 10_000], n => Bytes(n, null));
        Assert.InRange((double)every[1] / every[0], 5, 15);
        Assert.InRange((double)all[1] / all[0], 80, 120);

        static long Bytes(int steps, int? checkpointEvery) =>
            Compile((Tensor w) => Grad((Tensor v) => Sum(ForI(steps, (_, h) => Tanh(MatMul(v, h)), Weights, checkpointEvery)), w))
                .For(Weights)
                .WorkspaceBytes;
    }

    [Fact]
    public void A_run_allocates_nothing_and_threads_may_share_a_plan()
    {
        var plan = Compile((Tensor w) => Grad(Cases["closure"].Looped, w)).For(Weights);
        double[][] inputs = [Weights.ToArray()];
        double[][] outputs = [new double[9]];
        plan.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++)
            plan.Run(inputs, outputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Parallel.For(
            0,
            64,
            _ =>
            {
                double[][] own = [new double[9]];
                plan.Run(inputs, own);
                Assert.Equal(outputs[0], own[0]);
            }
        );
    }

    [Fact]
    public void The_first_number_that_is_not_finite_is_named_with_its_iteration()
    {
        var falling = Compile(
            (Tensor x) => Scan((Tensor s, Tensor e) => (s, Log(s - e)), x, Tensor.Range(5)).Ys,
            new CompileOptions { CheckFinite = true }
        );
        var error = Assert.Throws<NonFiniteException>(() => falling.Invoke(3));
        Assert.StartsWith("[Log] gave -Infinity at element 0 of []", error.Message, StringComparison.Ordinal);
        Assert.Contains("LoopTests.cs", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" in iteration 3 of Scan", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, falling.Invoke(9).Shape.Size);
    }

    /// <summary>What does not change from step to step is no part of the step.</summary>
    [Fact]
    public void What_depends_on_no_carry_is_computed_once_and_the_step_is_printed_once()
    {
        var w = new Input([3, 3], "w");
        var text = Graph.Of([w], [ForI(4, (_, s) => Tanh(MatMul(Exp(w), s)), Tensor.Ones([3]))]).ToString();
        Assert.Single(text.Split('\n'), line => line.Contains("= Exp", StringComparison.Ordinal) && line[0] == '%');
        Assert.Single(
            text.Split('\n'),
            line => line.Contains("= Tanh", StringComparison.Ordinal) && line.StartsWith("  %", StringComparison.Ordinal)
        );
        Assert.Contains("Scan of 4 steps", text, StringComparison.Ordinal);
        Assert.Contains(
            "subgraph cluster_",
            Graph.Of([w], [ForI(4, (_, s) => Tanh(MatMul(Exp(w), s)), Tensor.Ones([3]))]).ToGraphviz(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Rules_may_hold_loops_that_are_linear()
    {
        var doubled = CustomVjp<Tensor>(x => 8 * x, (_, _, g) => ForI(3, (_, s) => 2 * s, g));
        Assert.Equal(8, Grad(doubled, 5.0).Item());
        Assert.Equal(8, Jvp(doubled, 5.0, 1.0).Tangent.Item());
        var squared = CustomVjp<Tensor>(x => x, (_, _, g) => ForI(3, (_, s) => s * s, g));
        Assert.Throws<ArgumentException>(() => Grad(squared, 5.0));
        var shifted = CustomVjp<Tensor>(x => x, (_, _, g) => ForI(3, (i, s) => s + i, g));
        Assert.Throws<ArgumentException>(() => Grad(shifted, 5.0));
        // The square is one of zeros until the second pass.
        var chained = CustomVjp<Tensor>(
            x => x,
            (_, _, g) =>
                ForI(
                    3,
                    (_, s) => new Triple<Tensor, Tensor, Tensor>(s.First, s.First, s.Third + (s.Second * s.Second)),
                    new Triple<Tensor, Tensor, Tensor>(g, 0, 0)
                ).Third
        );
        Assert.Throws<ArgumentException>(() => Grad(chained, 5.0));
    }

    [Fact]
    public void Loops_without_arguments_or_leaves_run()
    {
        var (_, ones) = Scan((TreeList<Tensor> s) => (s, (Tensor)1), TreeList.Of<Tensor>(), 3);
        Assert.Equal([1, 1, 1], ones.ToArray());
        Assert.Equal([0, 1, 2], Scan((TreeList<Tensor> s, Tensor x) => (s, x), TreeList.Of<Tensor>(), Tensor.Range(3)).Ys.ToArray());
        Assert.Equal(7, Scan((Tensor s) => (s + 1, TreeList.Of<Tensor>()), 7, 0).Final.Item());
    }

    private static Func<Tensor, Tensor, (Tensor, Tensor)> Step(Tensor w) => (h, x) => (Tanh(MatMul(w, h) + x), h * Exp(x) * Sum(w));

    private static Tensor Looped(Tensor w, Func<Tensor, Tensor, (Tensor, Tensor)> step, bool reverse = false, int? checkpointEvery = null)
    {
        var (last, ys) = Scan(step, Take(w, 0, 0), Rows, reverse, checkpointEvery);
        return Sum(Square(last)) + Sum(ys * Rows);
    }

    private static Tensor Unrolled(Tensor w, Func<Tensor, Tensor, (Tensor, Tensor)> step, bool reverse = false)
    {
        var h = Take(w, 0, 0);
        Tensor sum = 0;
        for (var k = 0; k < Steps; k++)
        {
            var x = Take(Rows, 0, reverse ? Steps - 1 - k : k);
            (h, var y) = step(h, x);
            sum += Sum(y * x);
        }
        return Sum(Square(h)) + sum;
    }

    private static void Close(string name, Func<Func<Tensor, Tensor>, Tensor> made, double tolerance = 1e-12)
    {
        var (looped, unrolled) = Cases[name];
        double[] actual = made(looped).ToArray(),
            expected = made(unrolled).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < actual.Length; i++)
            Assert.True(
                Math.Abs(actual[i] - expected[i]) <= tolerance * (1 + Math.Abs(expected[i])),
                $"{name}: {actual[i]:R} for {expected[i]:R}"
            );
    }
}
