using System.Runtime.InteropServices;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

public sealed class TeamTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Any_number_of_threads_gives_the_same_bits(int threads)
    {
        var graph = Net(700);
        var (alone, shared) = (Plan<double>.Of(graph), Plan<double>.Of(graph, threads));
        Assert.True(shared.WorkspaceBytes > alone.WorkspaceBytes);
        var inputs = PlanCases.Inputs(graph);
        double[][] expected = Outputs(graph),
            outputs = Outputs(graph);
        alone.Run(inputs, expected);
        for (var run = 0; run < 200; run++)
        {
            foreach (var output in outputs)
                Array.Fill(output, double.NaN);
            shared.Run(inputs, outputs);
            for (var i = 0; i < outputs.Length; i++)
                Assert.True(MemoryMarshal.AsBytes<double>(expected[i]).SequenceEqual(MemoryMarshal.AsBytes<double>(outputs[i])));
        }
    }

    [Fact]
    public void Callers_that_run_in_parallel_share_the_threads()
    {
        var graph = Net(500);
        var plan = Plan<float>.Of(graph, 4);
        var inputs = PlanCases.Inputs(graph).Select(values => Array.ConvertAll(values, value => (float)value)).ToArray();
        float[][] NewOutputs() => [.. graph.Outputs.ToArray().Select(id => new float[graph.Nodes[id].Shape.Size])];
        var expected = NewOutputs();
        plan.Run(inputs, expected);
        Parallel.For(
            0,
            64,
            _ =>
            {
                var outputs = NewOutputs();
                plan.Run(inputs, outputs);
                for (var i = 0; i < outputs.Length; i++)
                    Assert.True(MemoryMarshal.AsBytes<float>(expected[i]).SequenceEqual(MemoryMarshal.AsBytes<float>(outputs[i])));
            }
        );
    }

    [Fact]
    public void A_shared_run_allocates_nothing_on_the_callers_thread()
    {
        var graph = Net(700);
        var plan = Plan<double>.Of(graph, 2);
        var inputs = PlanCases.Inputs(graph);
        var outputs = Outputs(graph);
        for (var i = 0; i < 20; i++)
            plan.Run(inputs, outputs);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 20; i++)
            plan.Run(inputs, outputs);
        // The pool's queue grows by a segment now and then.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void A_small_net_is_not_shared() =>
        Assert.Equal(Plan<double>.Of(Net(10)).WorkspaceBytes, Plan<double>.Of(Net(10), 4).WorkspaceBytes);

    [Fact]
    public void Refuses_no_threads()
    {
        var error = Assert.Throws<ArgumentException>(() => Transforms.Compile((Tensor x) => x, new CompileOptions { Threads = 0 }));
        Assert.Contains("got 0 threads", error.Message, StringComparison.Ordinal);
    }

    private static Graph Net(int batch) =>
        PlanCases.Graph(
            [
                [batch, 60],
                [60, 50],
                [50],
                [50, 10],
            ],
            x =>
            {
                var hidden = Tanh(MatMul(x[0], x[1]) + x[2]);
                var logits = MatMul(hidden, x[3]);
                var softmax = Exp(logits - ExpandDims(LogSumExp(logits, 1), 1));
                return [MatMul(Transpose(hidden), softmax), Exp(-Square(hidden)) * Sin(hidden) + Square(hidden), Sum(softmax, 0)];
            }
        );

    private static double[][] Outputs(Graph graph) => [.. graph.Outputs.ToArray().Select(id => new double[graph.Nodes[id].Shape.Size])];
}
