using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Indices are known when the graph runs: whatever is no whole number in range is named, in every kind of plan, and nothing is read or written.</summary>
public sealed class IndexTests
{
    private static readonly double[] Bad =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        -1,
        0.5,
        3,
        3.5,
        16777217,
        4294967296,
        1e300,
        -1e300,
        -1e-30,
        double.MinValue,
    ];

    private static readonly (string Op, Func<Tensor, Tensor> Build)[] Table =
    [
        ("Gather", i => Gather(Tensor.Of([1, 2, 3]), i)),
        ("Gather", i => Exp(Gather(Tensor.Of([1, 2, 3]), i * 1) + 1)),
        ("Gather", i => Gather(ArgumentRowsOf(2, 3), BroadcastTo(i, [2, 3]), 1, batchAxes: 1)),
        ("Gather", i => Gather(Tensor.Zeros([3, 0]), i)),
        ("Gather", i => Transforms.Vmap<Tensor, Tensor>(one => Gather(Tensor.Of([1, 2, 3]), one))(i)),
        ("Gather", i => Transforms.Vmap<Tensor, Tensor>(one => Gather(one + Tensor.Of([1, 2, 3]), one))(i)),
        ("ScatterAdd", i => ScatterAdd(Tensor.Of([1, 2, 3]), i, 3)),
        ("ScatterAdd", i => Sin(ScatterAdd(Tensor.Of([1, 2, 3]), i - 0, 3))),
        ("Gather", i => Transforms.Grad<Tensor>(x => Sum(Square(Gather(x, i))), Tensor.Of([1, 2, 3]))),
    ];

    public static TheoryData<int> Rows => [.. Enumerable.Range(0, Table.Length)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_is_no_position_is_named(int row)
    {
        var (op, build) = Table[row];
        foreach (var run in Runs(build))
        {
            foreach (var index in Bad)
            {
                var error = Assert.Throws<ArgumentException>(() => run([0, index, 2]));
                // A float shows the number it holds.
                Assert.Matches(@"^\[(Gather|ScatterAdd)\] index \S+ is out of range; expected a whole number in 0 … 2$", error.Message);
            }
            // The plan is as good as before.
            Assert.All(run([0, -0.0, 2]), value => Assert.True(double.IsFinite(value)));
            Assert.Equal(run([0, 0, 2]), run([0, -0.0, 2]));
        }
        Assert.Contains($"[{op}]", Assert.Throws<ArgumentException>(() => Runs(build)[0]([0, 0.5, 2])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_can_be_picked_of_nothing()
    {
        var error = Assert.Throws<ArgumentException>(() => Gather(Tensor.Of([]), Tensor.Of([0])).ToArray());
        Assert.Equal("[Gather] index 0 is out of range; expected no index, as there is nothing to pick", error.Message);
        Assert.Throws<ArgumentException>(() => ScatterAdd(Tensor.Of([1]), Tensor.Of([0]), 0).ToArray());
        Assert.Empty(Gather(Tensor.Of([]), Tensor.Of([])).ToArray());
        Assert.Empty(ScatterAdd(Tensor.Of([]), Tensor.Of([]), 0).ToArray());
    }

    [Fact]
    public void Single_precision_refuses_more_positions_than_it_tells_apart()
    {
        Compiled<Tensor, Tensor> Last(int length) => Transforms.Compile<float, Tensor, Tensor>(i => Gather(Tensor.Zeros([length, 0]), i));
        Assert.Empty(Last(1 << 24).Invoke(Tensor.Of([(1 << 24) - 1])).ToArray());
        var error = Assert.Throws<ArgumentException>(() => Last((1 << 24) + 1).Invoke(Tensor.Of([0])));
        Assert.Contains("expected at most 16777216", error.Message, StringComparison.Ordinal);
        // 2²⁴ − ½ rounds to 2²⁴, which is past the end.
        Assert.Throws<ArgumentException>(() => Last(1 << 24).Invoke(Tensor.Of([(1 << 24) - 0.5])).ToArray());
    }

    private static Func<double[], double[]>[] Runs(Func<Tensor, Tensor> build)
    {
        var (plain, single, check) = (
            Transforms.Compile(build),
            Transforms.Compile<float, Tensor, Tensor>(build),
            Transforms.Compile(build, new CompileOptions { CheckFinite = true })
        );
        return
        [
            indices => build(Tensor.Of(indices)).ToArray(),
            indices => plain.Invoke(Tensor.Of(indices)).ToArray(),
            indices => single.Invoke(Tensor.Of(indices)).ToArray(),
            indices => double.IsFinite(indices[1]) ? check.Invoke(Tensor.Of(indices)).ToArray() : build(Tensor.Of(indices)).ToArray(),
            indices =>
            {
                var graph = Graph.Of([], [build(Tensor.Of(indices))]);
                return Reference.Evaluate(graph, [])[0];
            },
        ];
    }

    private static Tensor ArgumentRowsOf(params int[] shape) => Tensor.Of(PlanCases.Random(Shape.Of(shape).Size, 1), Shape.Of(shape));
}
