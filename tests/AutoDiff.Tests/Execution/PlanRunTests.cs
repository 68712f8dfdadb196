using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

public sealed class PlanRunTests
{
    [Fact]
    public void In_place_steps_never_overwrite_what_is_still_read()
    {
        PlanCases.Check(
            [
                [6, 6],
            ],
            x => [Later(Exp(x[0]))]
        );
        PlanCases.Check(
            [
                [30, 30],
            ],
            x => [Later(Sum(Exp(x[0]) + 1, 0))]
        );
        PlanCases.Check(
            [
                [6, 6],
            ],
            x =>
            {
                var y = MatMul(x[0], x[0]);
                var z = y + Transpose(y);
                return [MatMul(z, z) * y, Flip(z, 0) + z, z];
            }
        );
        PlanCases.Check(
            [
                [36],
            ],
            x =>
            {
                var y = MatMul(Reshape(x[0], 6, 6), Reshape(x[0], 6, 6));
                var flat = Reshape(y, 36) * x[0];
                return [Sum(flat), flat + Flip(flat, 0), MatMul(Reshape(Tanh(flat), 6, 6), y)];
            }
        );

        static Tensor Later(Tensor y) => y.Rank == 2 ? MatMul(y + Transpose(y), y) : MatMul(ExpandDims(y, 1), ExpandDims(y, 0) + y);
    }

    [Fact]
    public void Outputs_may_be_inputs_constants_views_and_repeated()
    {
        var constant = Tensor.Of([1, 2, 3]);
        PlanCases.Check(
            [
                [3],
                [2, 3],
            ],
            x =>
            {
                var y = Exp(x[1]);
                return
                [
                    x[0],
                    constant,
                    y,
                    y,
                    Transpose(y),
                    Reshape(y, 6),
                    Tanh(y),
                    constant * 2,
                    BroadcastTo(constant, [2, 3]),
                    StopGradient(y),
                    Slice(y, 0, 1),
                ];
            }
        );
        PlanCases.Check([], _ => [Tensor.Ones([2, 3]) * 2 + MatMul(Tensor.Ones([2, 2]), Tensor.Ones([2, 3])), Tensor.Of(3)]);
    }

    [Fact]
    public void Long_chains_fuse_and_split()
    {
        PlanCases.Check(
            [
                [1000],
                [1000],
            ],
            x => [Chain(x[0], x[1], 300)]
        );
        PlanCases.Check(
            [
                [70, 30],
                [30],
            ],
            x =>
                [
                    Chain(x[0], BroadcastTo(x[1], [70, 30]), 10),
                    Sum(Chain(x[0], BroadcastTo(ExpandDims(Take(x[0], 1, 0), 1), [70, 30]), 3), 0),
                ]
        );
        var fused = PlanCases.Graph(
            [
                [1000],
            ],
            x => [Tanh(Exp(x[0]) * 2 + x[0])]
        );
        Assert.Equal(1, Plan<double>.Of(fused).StepCount);

        static Tensor Chain(Tensor x, Tensor y, int count)
        {
            for (var i = 0; i < count; i++)
                x =
                    i % 3 == 0 ? Tanh(x + y)
                    : i % 3 == 1 ? (x * 0.5) + 0.1
                    : x - (y * x);
            return x;
        }
    }

    [Fact]
    public void A_layer_step_allocates_nothing_and_repeats_its_bits()
    {
        var graph = Layer();
        var plan = Plan<double>.Of(graph);
        var inputs = PlanCases.Inputs(graph);
        double[][] outputs = Outputs(graph),
            first = Outputs(graph);
        plan.Run(inputs, first);
        for (var i = 0; i < 50; i++)
            plan.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            plan.Run(inputs, outputs);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(first, outputs);
    }

    [Fact]
    public void Many_threads_run_one_plan_at_once()
    {
        var graph = Layer();
        var plan = Plan<double>.Of(graph);
        Parallel.For(
            0,
            64,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            seed =>
            {
                var inputs = PlanCases.Inputs(graph, seed % 4);
                var outputs = Outputs(graph);
                plan.Run(inputs, outputs);
                Assert.Equal(PlanCases.Run(graph, inputs), outputs);
            }
        );
    }

    [Fact]
    public void Arrays_that_do_not_fit_are_named()
    {
        var graph = PlanCases.Graph(
            [
                [2, 3],
            ],
            x => [Exp(x[0])]
        );
        var plan = Plan<double>.Of(graph);
        var array = new double[6];
        Assert.Contains(
            "input 0, \"x0\" of shape [2,3], got 5",
            Assert.Throws<ArgumentException>(() => plan.Run([new double[5]], [array])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "expected 6",
            Assert.Throws<ArgumentException>(() => plan.Run([array], [new double[7]])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "also an input's",
            Assert.Throws<ArgumentException>(() => plan.Run([array], [array])).Message,
            StringComparison.Ordinal
        );
        Assert.Contains("got 0 inputs", Assert.Throws<ArgumentException>(() => plan.Run([], [array])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Plan<Half>.Of(graph));
    }

    [Fact]
    public void A_chain_of_a_million_scalars_runs()
    {
        var x = new Input(Shape.Scalar, "x");
        Tensor y = x;
        for (var i = 0; i < 1_000_000; i++)
            y = i % 2 == 0 ? Sin(y) : Square(y);
        var graph = Graph.Of([x], [y]);
        PlanCases.Near(
            Reference.Evaluate(
                graph,
                [
                    [0.5],
                ]
            ),
            PlanCases.Run(
                graph,
                [
                    [0.5],
                ]
            ),
            1e-12,
            PlanCases.Graph(
                [
                    [1],
                ],
                each => each
            )
        );
    }

    [Fact]
    public void Random_graphs_equal_the_reference()
    {
        for (var seed = 0; seed < 300; seed++)
            PlanCases.Check(RandomGraph(new Random(seed)), seed);
    }

    private static double[][] Outputs(Graph graph) => [.. graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size])];

    private static Graph Layer() =>
        PlanCases.Graph(
            [
                [50, 7],
                [7, 20],
                [20],
                [20, 3],
                [50],
            ],
            x =>
            {
                var logits = MatMul(Tanh(MatMul(x[0], x[1]) + x[2]), x[3]);
                var picked = Gather(logits, Round(Abs(x[4])), 1, 0);
                return
                [
                    Sum(ExpandDims(LogSumExp(logits, 1), 1) - Softmax(logits, 1) - ExpandDims(ArgMax(logits, 1), 1), 0),
                    Sum(picked),
                    CumulativeSum(Transpose(logits), 0),
                    Pad(logits, [1, 0], [0, 2]),
                ];
            }
        );

    private static Graph RandomGraph(Random random)
    {
        List<Tensor> nodes = [new Input([4, 4], "a"), new Input([4, 4], "b"), new Input([4], "c")];
        Input[] inputs = [.. nodes.Cast<Input>()];
        for (var i = 0; i < 25; i++)
        {
            var (x, y) = (Square4(nodes[random.Next(nodes.Count)]), Square4(nodes[random.Next(nodes.Count)]));
            nodes.Add(
                random.Next(14) switch
                {
                    0 => Tanh(x),
                    1 => x + y,
                    2 => x * Sigmoid(y),
                    3 => Transpose(x),
                    4 => Flip(x, random.Next(2)),
                    5 => Tanh(MatMul(x, y)),
                    6 => Tanh(Sum(x, random.Next(2))),
                    7 => LogSumExp(x, random.Next(2)),
                    8 => Transpose(Reshape(Transpose(x), 2, 8)) is var tall ? Reshape(tall, 4, 4) : x,
                    9 => Where(x > y, x, Softplus(y)),
                    10 => Concatenate([Slice(x, 0, 0, 2), Slice(y, 0, null, null, 2)], 0),
                    11 => Max(x, 0),
                    12 => Pad(Slice(x, 1, 1, 3), [0, 1], [0, 1], 0.5),
                    _ => Maximum(x, 0.25) - y,
                }
            );
        }
        return Graph.Of(inputs, [nodes[^1], nodes[random.Next(nodes.Count)], nodes[random.Next(nodes.Count)]]);

        static Tensor Square4(Tensor x) => x.Rank == 1 ? BroadcastTo(x, [4, 4]) : x;
    }
}
