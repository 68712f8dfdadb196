using System.Numerics;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>No step writes outside its targets, nor reads outside its operands: every op at odd sizes, in either precision, shared and not.</summary>
public sealed class GuardTests
{
    private static readonly int[] Lengths = [1, 2, 3, 5, 7, 9, 15, 17, 33, 65, 129, 513];

    // Each as a function of x [4, n] and y [4, n], or of x only.
    private static readonly (string Name, Func<Tensor, Tensor, Tensor> Build)[] Table =
    [
        .. Enum.GetValues<Unary>().Select(function => ($"{function}", (Func<Tensor, Tensor, Tensor>)((x, _) => Map(function, x)))),
        .. Enum.GetValues<Binary>().Select(function => ($"{function}", (Func<Tensor, Tensor, Tensor>)((x, y) => Zip(function, x, y)))),
        .. Enum.GetValues<Binary>()
            .Select(function => ($"{function} of a row", (Func<Tensor, Tensor, Tensor>)((x, y) => Zip(function, Take(x, 0, 1), y)))),
        .. Enum.GetValues<Binary>()
            .Select(function =>
                ($"{function} by a number", (Func<Tensor, Tensor, Tensor>)((x, y) => Zip(function, y, Take(Take(x, 0, 1), 0, 0))))
            ),
        .. Enum.GetValues<Reduction>().SelectMany(Reductions),
        .. Enum.GetValues<Sequence>()
            .Select(function => ($"{function} of order 1", (Func<Tensor, Tensor, Tensor>)((x, _) => Ordered(function, 1, x)))),
        ("Select", (x, y) => Where(x > y, x, y)),
        ("two in one pass", (x, y) => ((x * y) + x) * (x - (y * y))),
        ("ArgMax", (x, _) => ArgMax(x, 1)),
        ("ArgMax of columns", (x, _) => ArgMax(x, 0)),
        ("CumulativeSum", (x, _) => CumulativeSum(x, 1)),
        ("CumulativeSum of columns, reversed", (x, _) => CumulativeSum(x, 0, reverse: true)),
        ("MatMul", (x, y) => MatMul(x, Transpose(y))),
        ("MatMul, outer", (x, y) => MatMul(Transpose(x), y)),
        ("MatMul by a vector", (x, y) => MatMul(x, Take(y, 0, 0))),
        ("MatMul by a vector of the transpose", (x, y) => MatMul(Transpose(x), Take(y, 1, 0))),
        ("MatMul of a vector", (x, y) => MatMul(Take(x, 1, 0), y)),
        ("MatMul, batched", (x, y) => MatMul(Reshape(x, 2, 2, -1), Reshape(Transpose(y), 2, -1, 2))),
        ("MatMul with bias", (x, y) => MatMul(Transpose(x), y) + Take(y, 0, 2)),
        ("MatMul with a column", (x, y) => MatMul(Transpose(x), y) + Transpose(Slice(x, 0, 0, 1))),
        .. Enum.GetValues<MatrixFunction>()
            .Select(function => ($"{function}", (Func<Tensor, Tensor, Tensor>)((x, y) => Matrix(function, x, y)))),
        ("Reshape of transpose", (x, _) => Reshape(Transpose(x), 4, -1)),
        ("Transpose", (x, _) => Exp(Transpose(x))),
        ("Broadcast", (x, _) => BroadcastTo(x, [3, .. x.Shape])),
        ("Slice", (x, _) => Slice(x, 1, null, null, 2)),
        ("Slice backwards", (x, _) => Exp(Slice(x, 1, null, null, -3))),
        ("Pad", (x, _) => Pad(x, [1, 2], [3, 1], 0.5)),
        ("Concatenate", (x, y) => Concatenate([x, Transpose(Transpose(y)), x], 1)),
        ("Concatenate of transposes", (x, y) => Concatenate([Transpose(x), Transpose(y)], 1)),
        ("Flip", (x, _) => Flip(x)),
        ("Gather", (x, _) => Gather(x, Tensor.Of([3, 0, 3]))),
        ("Gather of columns", (x, _) => Gather(x, Tensor.Of([x.Shape[1] - 1, 0]), 1)),
        ("ScatterAdd", (x, _) => ScatterAdd(x, Tensor.Of([4, 0, 4, 2]), 5)),
        ("ScatterAdd of many", (x, _) => ScatterAdd(Reshape(x, -1), Tensor.Zeros([x.Shape.Size]), 2)),
        ("Windows", (x, _) => Exp(Windows(x, 0, 2, dilation: 2))),
        ("OverlapAdd", (x, _) => OverlapAdd(x, 0, x.Shape[1] + 7, stride: 2)),
        ("OverlapAdd, dilated", (x, _) => OverlapAdd(x, 0, (2 * x.Shape[1]) + 2, dilation: 2)),
        ("ArgSort", (x, _) => ArgSort(x)),
        ("ArgSort of columns, descending", (x, _) => ArgSort(x, 0, descending: true)),
        ("TopK", (x, _) => TopK(x, 1).Positions),
        ("Sort of the transpose", (x, _) => Sort(Transpose(x))),
        ("SearchSorted", (x, y) => SearchSorted(Sort(x), y)),
        ("CumulativeMax", (x, _) => CumulativeMax(x)),
        ("CumulativeMin of columns, reversed", (x, _) => CumulativeMin(x, 0, reverse: true)),
        ("set", (x, y) => Sin(x).At(1..3).Set(y[0..2])),
        ("set in place, every column", (x, y) => Sin(x).At(.., ^1).Set(y[.., 0]).At(2).Add(y[1])),
        ("set at indices", (x, y) => x.At(Tensor.Of([3, 0, 3])).Set(y[0..3])),
        .. Enum.GetValues<Distribution>().Select(kind => ($"{kind}", (Func<Tensor, Tensor, Tensor>)((x, _) => Drawn(kind, x)))),
        ("Gamma", (x, y) => Apply.Of(new Op.Gamma(), Words(x), Exp(y))),
        ("SplitKey", (x, _) => Apply.Of(new Op.SplitKey(x.Shape[1]), Words(x))),
        ("FoldIn", (x, _) => Key.FromWords(Words(x)).FoldIn(Reshape(Tensor.Range(4), 4)).Words),
        ("Fft", (x, y) => Fft(x, y).Real),
        ("Fft of a prime length", (x, y) => Fft(Pad(x, [0, 0], [0, 521 - x.Shape[1]]), Pad(y, [0, 521 - x.Shape[1]], [0, 0])).Real),
        ("Barrier", (x, y) => Apply.Of(new Op.Barrier(new object()), x, y) + 1),
        ("Callback", (x, y) => Transforms.PureCallback(at => at.First * at.Second, x.Shape, new Pair<Tensor, Tensor>(x, y))),
        ("Custom", (x, _) => Transforms.CustomVjp<Tensor>(Sin, (z, _, g) => g * Cos(z))(x)),
        ("While", (x, y) => Transforms.While(s => Less(Sum(s), 40), s => (s * s) + y, Abs(x) + 1)),
        ("Cond", (x, y) => Transforms.Cond(Sum(x), () => Sin(x) * y, () => x - y)),
        ("Scan", (x, y) => Transforms.Scan((Tensor s, Tensor row) => (s * row, s + row), Take(y, 0, 0), x) is var (s, ys) ? s + ys : x),
    ];

    // The words of a key for each row.
    private static Tensor Words(Tensor x) => BroadcastTo(Slice(x, 1, 0, 1) > 0, [x.Shape[0], 8]);

    private static Tensor Drawn(Distribution kind, Tensor x) =>
        Apply.Of(new Op.Draw(kind, [x.Shape[1]], Distributions.Of(kind).CountsPositions ? x.Shape[1] : 0.5, 2), Words(x));

    public static TheoryData<string> Names => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_op_stays_within_its_blocks(string name)
    {
        var build = Table.Single(row => string.Equals(row.Name, name, StringComparison.Ordinal)).Build;
        foreach (var length in Lengths)
        {
            // The second output is another block, next to the first.
            var graph = PlanCases.Graph(
                [
                    [4, length],
                    [4, length],
                ],
                x => [build(x[0], x[1]), Tanh(x[1])]
            );
            Same<double>(graph, 1);
            Same<float>(graph, 1);
        }
    }

    [Fact]
    public void Every_kind_of_op_has_a_row()
    {
        var seen = Table
            .SelectMany(row => Walk.Order(row.Build(new Input([4, 3], "x"), new Input([4, 3], "y"))).OfType<Apply>())
            .Select(node => node.Op.GetType())
            .ToHashSet();
        Assert.Equal([], typeof(Op).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Op)) && !seen.Contains(type)));
    }

    [Fact]
    public void Shared_steps_stay_within_their_blocks()
    {
        var graph = PlanCases.Graph(
            [
                [257, 129],
                [129, 131],
                [131],
                [300_001],
            ],
            x => [Tanh(MatMul(x[0], x[1]) + x[2]), MatMul(Transpose(x[1]), Transpose(x[0])), (Exp(x[3]) * x[3]) + Sin(x[3]), Sum(x[3])]
        );
        Assert.True(Plan<double>.Of(graph, 3).ToString().Contains("MatMul", StringComparison.Ordinal));
        Same<double>(graph, 3);
        Same<float>(graph, 3);
    }

    [Fact]
    public void Products_stay_within_their_blocks()
    {
        foreach (var m in new[] { 1, 3, 13, 35 })
        foreach (var n in new[] { 1, 5, 17, 70, 400 })
        foreach (var k in new[] { 1, 2, 7, 66, 270 })
        {
            int[][] shapes =
            [
                [m, k],
                [k, n],
                [k, m],
                [n, k],
                [n],
            ];
            var graph = PlanCases.Graph(
                shapes,
                x =>
                    [
                        MatMul(x[0], x[1]) + x[4],
                        MatMul(Transpose(x[2]), x[1]),
                        MatMul(x[0], Transpose(x[3])),
                        MatMul(Transpose(x[2]), Transpose(x[3])),
                    ]
            );
            Same<double>(graph, 1);
            Same<float>(graph, 1);
        }
    }

    [Fact]
    public void A_step_that_writes_elsewhere_is_named()
    {
        var target = new Storage(3, StorageKind.Workspace) { Start = Guards<double>.Margin };
        Frame<double> Frame() => new([new double[100], new double[40]]);
        foreach (var (position, slot) in new[] { (31, 0), (35, 0), (99, 0), (0, 0), (8, 1), (39, 1) })
        {
            var frame = Frame();
            var guards = new Guards<double>(frame);
            guards.Before();
            frame.Memory[slot][position] = 1;
            var error = Assert.Throws<InvalidOperationException>(() => guards.After(new Stray(target)));
            Assert.Contains($"[Plan] the step \"Stray\" changed element {position} of", error.Message, StringComparison.Ordinal);
        }
        foreach (var (position, slot) in new[] { (32, 0), (34, 0), (0, 1), (7, 1) })
        {
            var frame = Frame();
            var guards = new Guards<double>(frame);
            guards.Before();
            frame.Memory[slot][position] = 1;
            guards.After(new Stray(target));
        }
    }

    [Fact]
    public void Guards_lie_round_inputs_outputs_constants_and_kept_values()
    {
        var constant = Tensor.Of([1.0, 2, 3]);
        var graph = PlanCases.Graph(
            [
                [3],
            ],
            x => [x[0] * MatMul(Tensor.Ones([3, 3]), Exp(constant)), Flip(x[0]) + constant]
        );
        Same<double>(graph, 1);
        var padded = Guards<double>.Padded([1, 2]);
        Assert.Equal(2 + (2 * Guards<double>.Margin), padded.Length);
        Assert.Equal(2, padded.Count(value => !double.IsNaN(value)));
        Assert.Equal([1, 2], padded[Guards<double>.Margin..(Guards<double>.Margin + 2)]);
    }

    /// <summary>A function of a definite matrix [n, n] and of columns [n, 4], or of that matrix's factors before it.</summary>
    private static Tensor Matrix(MatrixFunction function, Tensor x, Tensor y)
    {
        var a = MatMul(Transpose(x), x) + Tensor.Eye(x.Shape[1]);
        var factors = MatrixFunctions.Apply(MatrixFunction.LuFactors, a);
        Tensor[] arguments =
            function is MatrixFunction.CholeskyPullback ? [a, MatMul(Transpose(x), y)]
            : function is MatrixFunction.ReciprocalGaps ? [Sum(x, [1], keepDims: true), Sum(y, [1], keepDims: true)]
            : MatrixFunctions.Of(function) is { LinearIn: 1 } ? [a, Transpose(y)]
            : MatrixFunctions.Of(function) is { LinearIn: 2 } ? [factors, a, Transpose(y)]
            : MatrixFunctions.Of(function).Facts.Least == 2 ? [factors, a]
            : [a];
        return MatrixFunctions.Apply(function, arguments);
    }

    private static IEnumerable<(string, Func<Tensor, Tensor, Tensor>)> Reductions(Reduction kind) =>
        [
            ($"{kind} of rows", (x, _) => Reduce(kind, x, [1])),
            ($"{kind} of columns", (x, _) => Reduce(kind, x, [0])),
            ($"{kind} of all", (x, _) => Reduce(kind, x, [0, 1])),
            ($"{kind} of a transpose's rows", (x, _) => Reduce(kind, Transpose(x), [1])),
        ];

    /// <summary>A guarded run has the bits of a run without guards, in which no guard was read.</summary>
    private static void Same<T>(Graph graph, int threads)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[][] inputs = [.. PlanCases.Inputs(graph).Select(values => Array.ConvertAll(values, T.CreateTruncating))];
        var (plain, guarded) = (Outputs(), Outputs());
        Plan<T>.Of(graph).Run(inputs, plain);
        Plan<T>.Of(graph, threads, guarded: true).Run(inputs, guarded);
        Assert.Equal(plain, guarded);

        T[][] Outputs() => [.. graph.Outputs.ToArray().Select(id => new T[graph.Nodes[id].Shape.Size])];
    }

    private sealed class Stray(Storage target) : Step<double>
    {
        public override int ScratchSize => 8;

        public override Storage Target => target;

        public override ReadOnlySpan<View> Operands => [];

        public override void Run(Frame<double> frame) { }

        public override string ToString() => "Stray";
    }
}
