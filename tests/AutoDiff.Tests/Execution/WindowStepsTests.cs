using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Reductions over windows side by side, and what their elements get of a cotangent.</summary>
public sealed class WindowStepsTests
{
    private static readonly Dictionary<string, (int[] Shape, int[] Sizes)> Table = new()
    {
        ["pairs"] = ([3, 2, 48, 36], [2, 2]),
        ["rows shorter than a register"] = ([2, 3, 6, 6], [3, 2]),
        ["a rest on both axes"] = ([2, 2, 15, 23], [2, 2]),
        ["three by five"] = ([2, 2, 10, 40], [3, 5]),
        ["one image of one window"] = ([1, 1, 2, 2], [2, 2]),
        ["windows of one row"] = ([2, 3, 5, 34], [1, 2]),
        ["windows of one column"] = ([2, 3, 6, 5], [3, 1]),
        ["a long row"] = ([1, 2, 4, 1700], [2, 2]),
        ["signals"] = ([3, 4, 401], [2]),
        ["volumes"] = ([2, 2, 4, 6, 20], [2, 3, 2]),
        ["shared by threads"] = ([16, 8, 64, 64], [2, 2]),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Pools_and_their_derivatives_are_the_reference_s(string name)
    {
        var graph = Pools(Table[name]);
        PlanCases.Check(graph);
        // Of five values nearly every window has ties, zeros of both signs among them.
        double[] values = [-1, -0.0, 0, 1, 2];
        var inputs = PlanCases.Inputs(graph);
        inputs[0] = [.. inputs[0].Select((x, i) => values[(i * 7919L) % 5317 % 5])];
        PlanCases.Near(Reference.Evaluate(graph, inputs), PlanCases.Run(graph, inputs), 1e-12, graph);
        PlanCases.Near(Reference.Evaluate(graph, inputs), PlanCases.RunSingle(graph, inputs), 1e-4, graph);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Elements_and_cotangents_that_are_not_finite_give_what_the_reference_does(double special)
    {
        foreach (var name in Table.Keys.Where(name => name != "shared by threads"))
        {
            var graph = Pools(Table[name]);
            for (var input = 0; input < 2; input++)
            {
                var inputs = PlanCases.Inputs(graph);
                for (var i = 0; i < inputs[input].Length; i += 3)
                    inputs[input][i] = special;
                var expected = Reference.Evaluate(graph, inputs);
                PlanCases.Near(expected, PlanCases.Run(graph, inputs), 1e-12, graph);
                PlanCases.Near(expected, PlanCases.RunSingle(graph, inputs), 1e-4, graph);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_bit_and_nothing_is_touched_beyond_the_operands(string name)
    {
        var graph = Pools(Table[name]);
        var inputs = PlanCases.Inputs(graph);
        var expected = Run(Plan<double>.Of(graph), inputs, graph);
        foreach (var threads in new[] { 1, 3 })
            Assert.Equal(expected, Run(Plan<double>.Of(graph, threads, guarded: true), inputs, graph));
    }

    [Fact]
    public void A_max_pool_and_its_derivative_are_one_step_each()
    {
        var steps = Plan<double>.Of(Pools(Table["pairs"])).ToString();
        Assert.Contains("Max of windows", steps, StringComparison.Ordinal);
        Assert.Contains("Ties of windows", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("Equal", steps, StringComparison.Ordinal);
        Assert.DoesNotContain("AddInto", steps, StringComparison.Ordinal);
    }

    [Fact]
    public void Slopes_that_are_read_elsewhere_too_are_computed()
    {
        PlanCases.Check(
            [
                [4, 6],
                [4],
            ],
            x =>
            {
                var ties = Equal(x[0], KeepAxes(Max(x[0], 1), x[0].Shape, 1));
                var slopes = ties / KeepAxes(Sum(ties, 1), ties.Shape, 1);
                return [slopes * KeepAxes(x[1], x[0].Shape, 1), Exp(slopes)];
            }
        );
        PlanCases.Check(
            [
                [4, 6],
                [4, 6],
            ],
            x =>
            {
                var ties = Equal(x[0], KeepAxes(Max(x[0], 1), x[0].Shape, 1));
                return [ties / KeepAxes(Sum(ties, 1), ties.Shape, 1) * x[1]];
            }
        );
    }

    /// <summary>x, y and the cotangent g are [6, 6] in each; a derivative of a choice is (x = y) ⁄ Σ (x = y) · g with y and g one for each row.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor[]>> Alike = new()
    {
        ["the ties are an output"] = (x, g) =>
        {
            var ties = Ties(x);
            return [ties / Rows(Sum(ties, 1)) * Rows(g), ties];
        },
        ["the slopes are an output"] = (x, g) =>
        {
            var slopes = Ties(x) / Rows(Sum(Ties(x), 1));
            return [slopes * Rows(g), slopes];
        },
        ["the count is an output"] = (x, g) =>
        {
            var (ties, count) = (Ties(x), Sum(Ties(x), 1));
            return [ties / Rows(count) * Rows(g), count];
        },
        ["the sum is of others"] = (x, g) =>
        {
            var ties = Ties(x);
            return [ties / Rows(Sum(Equal(x, Rows(Min(x, 1))), 1)) * Rows(g), Exp(ties)];
        },
        ["the largest instead of the sum"] = (x, g) =>
        {
            var ties = Ties(x);
            return [ties / Rows(Max(ties, 1)) * Rows(g)];
        },
        ["counts of rows beside columns"] = (x, g) =>
        {
            var ties = Equal(x, Columns(Max(x, 1)));
            return [ties / Columns(1 + Sum(ties, 1)) * Columns(g), ties / Columns(Sum(ties, 1)) * Columns(g)];
        },
        ["counts of rows beside columns alone"] = (x, g) =>
        {
            var ties = Equal(Abs(x), Columns(Abs(Take(x, 1, 0))));
            return [ties / Columns(Sum(ties, 1)) * Columns(g)];
        },
        ["a cotangent for each column"] = (x, g) =>
        {
            var ties = Ties(x);
            return [ties / Rows(Sum(ties, 1)) * Columns(g)];
        },
        ["a choice for each column"] = (x, g) =>
        {
            var ties = Equal(x, Columns(Take(x, 0, 0)));
            return [ties / Rows(Sum(ties, 1)) * Rows(g)];
        },
        ["elements above another"] = (x, g) =>
        {
            var ties = Greater(x, Rows(Min(x, 1)));
            return [ties / Rows(Sum(ties, 1)) * Rows(g)];
        },
        ["ties of a constant"] = (x, g) =>
        {
            var ties = Ties(Tensor.Of(PlanCases.Random(36, 7), 6, 6));
            return [ties / Rows(Sum(ties, 1)) * Rows(g), x];
        },
    };

    public static TheoryData<string> Others => [.. Alike.Keys];

    [Theory]
    [MemberData(nameof(Others))]
    public void What_is_like_such_a_derivative_is_the_reference_s(string name)
    {
        PlanCases.Check(
            [
                [6, 6],
                [6],
            ],
            x => Alike[name](x[0], x[1])
        );
    }

    private static Tensor Ties(Tensor x) => Equal(x, Rows(Max(x, 1)));

    private static Tensor Rows(Tensor x) => BroadcastTo(Reshape(x, 6, 1), [6, 6]);

    private static Tensor Columns(Tensor x) => BroadcastTo(Reshape(x, 1, 6), [6, 6]);

    private static Graph Pools((int[] Shape, int[] Sizes) row)
    {
        var (sizes, window) = (Ints.Of(row.Sizes), ConvolutionWindow.Of(row.Sizes.Length) with { Stride = Ints.Of(row.Sizes) });
        var pooled = MaxPool(Tensor.Zeros(row.Shape), sizes, window).Shape.AsSpan().ToArray();
        return PlanCases.Graph(
            [row.Shape, pooled],
            x =>
            {
                var (y, pull) = AutoDiff.Transforms.Vjp((Tensor at) => MaxPool(at, sizes, window), x[0]);
                return [y, pull(x[1]), AveragePool(x[0], sizes, window)];
            }
        );
    }

    private static double[][] Run(Plan<double> plan, double[][] inputs, Graph graph)
    {
        double[][] outputs = [.. graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size])];
        plan.Run(inputs, outputs);
        return outputs;
    }
}
