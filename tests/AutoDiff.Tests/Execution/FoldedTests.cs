using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>Products with windows that are read where they lie, and added back there.</summary>
public sealed class FoldedTests
{
    private static readonly Dictionary<string, Row> Table = new()
    {
        ["images"] = new([3, 2, 9, 11], [5, 2, 3, 3], ConvolutionWindow.Of(2)),
        ["several blocks of columns"] = new([7, 3, 21, 19], [13, 3, 3, 3], ConvolutionWindow.Of(2, padding: 1)),
        ["several blocks of the depth"] = new([2, 40, 7, 6], [6, 40, 3, 3], ConvolutionWindow.Of(2)),
        ["several blocks of outputs"] = new([2, 2, 5, 6], [300, 2, 2, 2], ConvolutionWindow.Of(2)),
        ["stride"] = new([3, 2, 12, 11], [4, 2, 3, 2], ConvolutionWindow.Of(2, stride: 2)),
        ["dilation"] = new([2, 3, 13, 12], [4, 3, 3, 3], ConvolutionWindow.Of(2, dilation: 3)),
        ["lopsided"] = new([2, 3, 10, 12], [4, 3, 2, 3], new([1, 3], [2, 0], [1, 2], [2, 1])),
        ["windows apart"] = new([3, 2, 10, 12], [4, 2, 2, 3], new([3, 4], [0, 0], [0, 0], [1, 1])),
        ["groups"] = new([3, 6, 8, 9], [9, 2, 3, 3], ConvolutionWindow.Of(2, padding: 1), 3),
        ["depthwise"] = new([2, 5, 9, 8], [5, 1, 3, 3], ConvolutionWindow.Of(2), 5),
        ["signals"] = new([3, 2, 700], [4, 2, 9], ConvolutionWindow.Of(1)),
        ["volumes"] = new([2, 2, 5, 6, 7], [3, 2, 2, 3, 2], ConvolutionWindow.Of(3, padding: 1)),
        ["one by one"] = new([3, 7, 6, 5], [4, 7, 1, 1], ConvolutionWindow.Of(2)),
        ["one image"] = new([1, 3, 17, 40], [4, 3, 3, 3], ConvolutionWindow.Of(2)),
        ["shared by threads"] = new([9, 16, 20, 23], [48, 16, 3, 3], ConvolutionWindow.Of(2, padding: 1)),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Convolutions_and_their_transposes_are_the_reference_s(string name)
    {
        foreach (var graph in Table[name].Graphs())
            PlanCases.Check(graph);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_change_no_bit_and_nothing_is_touched_beyond_the_operands(string name)
    {
        foreach (var graph in Table[name].Graphs())
        {
            var inputs = PlanCases.Inputs(graph);
            var expected = Run(Plan<double>.Of(graph), inputs, graph);
            foreach (var threads in new[] { 1, 2, 3, 7 })
                Assert.Equal(expected, Run(Plan<double>.Of(graph, threads, guarded: true), inputs, graph));
            float[][] narrow = [.. inputs.Select(PlanCases.Narrow)];
            var single = Run(Plan<float>.Of(graph), narrow, graph);
            foreach (var threads in new[] { 1, 3 })
                Assert.Equal(single, Run(Plan<float>.Of(graph, threads, guarded: true), narrow, graph));
        }
    }

    [Fact]
    public void Windows_are_never_laid_out()
    {
        foreach (var graph in Table["several blocks of columns"].Graphs())
        {
            var text = Plan<double>.Of(graph).ToString();
            Assert.Contains("folded", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Copy [3,3,3", text, StringComparison.Ordinal);
            Assert.DoesNotContain("AddInto [", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_that_others_read_too_is_laid_out()
    {
        int[][] shapes =
        [
            [2, 2, 5, 6],
            [3, 8],
        ];
        PlanCases.Check(
            shapes,
            x =>
            {
                var columns = Reshape(Transpose(Windows(Windows(x[0], 2, 2), 3, 2), 1, 4, 5, 0, 2, 3), 8, -1);
                return [MatMul(x[1], columns), Exp(columns)];
            }
        );
    }

    [Fact]
    public void One_row_by_windows_and_windows_on_the_left()
    {
        int[][] shapes =
        [
            [2, 3, 7],
            [1, 9],
            [2, 12],
        ];
        PlanCases.Check(
            shapes,
            x =>
            {
                var columns = Reshape(Transpose(Windows(x[0], 2, 3), 1, 3, 0, 2), 9, -1);
                var others = Reshape(Transpose(Windows(x[0], 2, 4), 1, 3, 0, 2), 12, -1);
                return [MatMul(x[1], columns), MatMul(Transpose(others), Transpose(x[2])), MatMul(x[2], Transpose(Transpose(others)))];
            }
        );
    }

    [Fact]
    public void A_sum_of_windows_that_is_read_on_the_way_is_laid_out() =>
        PlanCases.Check(
            [
                [6, 4],
                [4, 10],
            ],
            x =>
            {
                var product = MatMul(x[0], x[1]);
                return [OverlapAdd(Transpose(Reshape(product, 2, 3, 2, 5), 0, 2, 3, 1), 2, 7), Exp(product)];
            }
        );

    [Theory]
    [InlineData(32, 1)]
    [InlineData(32, 2)]
    [InlineData(24, 7)]
    public void Columns_that_share_elements_are_never_added_by_several_threads(int size, int stride)
    {
        // As many products as two threads would share.
        const int Depth = 33;
        const int Windows = 5800;
        var graph = PlanCases.Graph(
            [
                [size, Depth],
                [Depth, 2 * Windows],
            ],
            x =>
            {
                var parts = Transpose(Reshape(MatMul(x[0], x[1]), size, Windows, 2), 1, 2, 0);
                return [OverlapAdd(parts, 0, ((Windows - 1) * stride) + size, stride)];
            }
        );
        Assert.True((long)size * Depth * 2 * Windows > 1 << 23);
        Assert.Contains("AddInto folded", Plan<double>.Of(graph).ToString(), StringComparison.Ordinal);
        PlanCases.Check(graph);
        var inputs = PlanCases.Inputs(graph);
        Assert.Equal(Run(Plan<double>.Of(graph, 1), inputs, graph), Run(Plan<double>.Of(graph, 3, guarded: true), inputs, graph));
    }

    [Fact]
    public void Units_of_columns_share_no_element()
    {
        var (divided, whole) = (0, 0);
        for (var seed = 0; seed < 4000; seed++)
        {
            var random = new Random(seed);
            var (rows, columns) = (random.Next(1, 3), random.Next(1, 4));
            int[] lengths = [.. Enumerable.Range(0, rows + columns).Select(_ => random.Next(1, 5))];
            int[] strides = [.. lengths.Select(_ => random.Next(random.Next(2), 16))];
            var matrices = Shape.Of(lengths.Take(rows).Aggregate((x, y) => x * y), lengths.Skip(rows).Aggregate((x, y) => x * y));
            var view = new View(new Storage(0, StorageKind.External), 0, Shape.Of(lengths), strides);
            var unit = Folded.Unit(view, matrices);
            Assert.Equal(0, matrices[1] % unit);
            if (matrices[1] == 1)
                continue;
            if (unit == matrices[1])
            {
                whole++;
                continue;
            }
            divided++;
            var owners = new Dictionary<int, int>();
            for (var i = 0; i < matrices.Size; i++)
            {
                var (place, rest) = (0, i);
                for (var axis = lengths.Length - 1; axis >= 0; axis--)
                {
                    place += rest % lengths[axis] * strides[axis];
                    rest /= lengths[axis];
                }
                var owner = i % matrices[1] / unit;
                Assert.Equal(owner, owners.GetValueOrDefault(place, owner));
                owners[place] = owner;
            }
        }
        Assert.True(divided > 100 && whole > 100, $"{divided} divided, {whole} whole");
    }

    private static T[][] Run<T>(Plan<T> plan, T[][] inputs, Graph graph)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[][] outputs = [.. graph.Outputs.ToArray().Select(id => new T[graph.Nodes[id].Shape.Size])];
        plan.Run(inputs, outputs);
        return outputs;
    }

    private sealed record Row(int[] Images, int[] Kernel, ConvolutionWindow Window, int Groups = 1)
    {
        /// <summary>The convolution and its transposes, each by itself.</summary>
        public Graph[] Graphs()
        {
            var outputs = Convolution(Tensor.Zeros([.. Images]), Tensor.Zeros([.. Kernel]), Window, Groups).Shape.AsSpan().ToArray();
            return
            [
                PlanCases.Graph([Images, Kernel], x => [Convolution(x[0], x[1], Window, Groups)]),
                PlanCases.Graph([outputs, Kernel], x => [ConvolutionTranspose(x[0], x[1], Ints.Of(Images.AsSpan(2)), Window, Groups)]),
                PlanCases.Graph(
                    [Images, outputs],
                    x => [ConvolutionKernelTranspose(x[0], x[1], Ints.Of(Kernel.AsSpan(2)), Window, Groups)]
                ),
            ];
        }
    }
}
