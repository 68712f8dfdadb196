using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

public sealed class PlanTests
{
    public static TheoryData<string> Layouts => [.. PlanCases.Layouts.Select(layout => layout.Name)];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_map_equals_the_reference(string layout)
    {
        foreach (var function in Enum.GetValues<Unary>())
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [Map(function, Of(layout)(x[0]))]
            );
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_zip_equals_the_reference(string layout)
    {
        foreach (var function in Enum.GetValues<Binary>())
        {
            PlanCases.Check(
                [
                    [3, 4, 5],
                    [3, 4, 5],
                ],
                x => [Zip(function, Of(layout)(x[0]), Of(layout)(Square(x[1])))]
            );
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [Zip(function, Abs(Of(layout)(x[0])), 1.5), Zip(function, 0.5, Round(Of(layout)(x[0])))]
            );
        }
        PlanCases.Check(
            [
                [3, 4, 5],
                [3, 4, 5],
            ],
            x => [Where(Of(layout)(x[0]) > 0, Of(layout)(x[1]), 3)]
        );
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_reduction_equals_the_reference(string layout)
    {
        foreach (var kind in Enum.GetValues<Reduction>())
        {
            var rank = Of(layout)(Tensor.Zeros([3, 4, 5])).Rank;
            for (var mask = 0; mask < 1 << rank; mask++)
            {
                Ints axes = [.. Enumerable.Range(0, rank).Where(axis => (mask >> axis & 1) == 1)];
                if (IsEmpty(layout) && Reductions.Of(kind).OfNothing is null && axes.Contains(1))
                    continue;
                PlanCases.Check(
                    [
                        [3, 4, 5],
                    ],
                    x => [Reduce(kind, Of(layout)(x[0]), axes)]
                );
            }
        }
    }

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Every_structural_op_equals_the_reference(string layout)
    {
        PlanCases.Check(
            [
                [3, 4, 5],
            ],
            x => [Of(layout)(x[0]), Tanh(Of(layout)(x[0])), Of(layout)(Tanh(x[0]))]
        );
        var view = Of(layout);
        var rank = view(Tensor.Zeros([3, 4, 5])).Rank;
        for (var axis = 0; axis < rank; axis++)
        {
            var along = axis;
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [CumulativeSum(view(x[0]), along), CumulativeSum(view(x[0]), along, true)]
            );
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [Concatenate([view(x[0]), Exp(view(x[0])), view(x[0])], along)]
            );
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [Flip(view(x[0]), along)]
            );
            if (!IsEmpty(layout))
            {
                var last = view(Tensor.Zeros([3, 4, 5])).Shape[along] - 1;
                PlanCases.Check(
                    [
                        [3, 4, 5],
                    ],
                    x => [ArgMax(view(x[0]), along)]
                );
                PlanCases.Check(
                    [
                        [3, 4, 5],
                    ],
                    x => [Gather(view(x[0]), Tensor.Of([last, 0, last]), along), Gather(view(x[0]), Tensor.Of(0.0), along)]
                );
                PlanCases.Check(
                    [
                        [3, 4, 5],
                    ],
                    x => [Gather(view(x[0]), Tensor.Zeros([.. view(x[0]).Shape.AsSpan()[..along], 2]), along, along)]
                );
            }
            Ints low = Ints.From(rank, i => i == along ? 2 : 0),
                high = Ints.From(rank, i => i == along ? 0 : 1);
            PlanCases.Check(
                [
                    [3, 4, 5],
                ],
                x => [Pad(view(x[0]), low, high, 1.5), Apply.Of(new Op.Pad(high, low, low, -0.5), view(x[0]))]
            );
        }
    }

    [Fact]
    public void Relu_keeps_what_is_no_number_and_its_slope_there_and_at_zeros_is_0()
    {
        double[] points = [double.NaN, -0.0, 0, 5e-324, -5e-324, double.PositiveInfinity, double.NegativeInfinity, 800, -800];
        // Over vectors and their rest.
        double[] x = [.. Enumerable.Range(0, 40).Select(i => points[i % points.Length])];
        var graph = PlanCases.Graph(
            [
                [40],
            ],
            x => [Relu(x[0]), AutoDiff.Transforms.Grad((Tensor at) => Sum(Relu(at)))(x[0])]
        );
        double[][] expected =
        [
            [.. x.Select(at => at <= 0 ? 0 : at)],
            [.. x.Select(at => at > 0 ? 1.0 : 0)],
        ];
        Assert.Equal(expected, Reference.Evaluate(graph, [x]));
        Assert.Equal(expected, PlanCases.Run(graph, [x]));
    }

    [Fact]
    public void Windows_overlap_and_scatter_equal_the_reference()
    {
        PlanCases.Check(
            [
                [3, 4, 5],
            ],
            x => [OverlapAdd(Windows(x[0], 1, 2, 1, 2), 1, 4, 1, 2), OverlapAdd(Transpose(x[0]), 0, 11, 2, 1)]
        );
        PlanCases.Check(
            [
                [3, 4, 5],
            ],
            x => [ScatterAdd(x[0], Tensor.Of([2, 0, 2]), 4), ScatterAdd(Transpose(x[0]), Tensor.Of([0, 0, 6, 1, 1]), 7)]
        );
        PlanCases.Check(
            [
                [3, 4, 5],
            ],
            x => [Apply.Of(new Op.ScatterAdd(1, 6), x[0], Tensor.Of([5, 0, 5, 1, 2, 2, 2, 2, 0, 1, 2, 3], 3, 4))]
        );
        PlanCases.Check(
            [
                [2, 3, 8, 7],
                [4, 3, 3, 2],
            ],
            x => [Convolution(x[0], x[1], 2, 1), MaxPool(x[0], 3, 2, 1), AveragePool(x[0], 2)]
        );
    }

    [Fact]
    public void An_index_out_of_range_is_named()
    {
        var graph = PlanCases.Graph(
            [
                [5, 2],
                [1],
            ],
            x => [Gather(x[0], x[1])]
        );
        var error = Assert.Throws<ArgumentException>(() => PlanCases.Run(graph, [new double[10], [7]]));
        Assert.Equal("[Gather] index 7 is out of range; expected a whole number in 0 … 4", error.Message);
        foreach (var index in (double[])[-1, 0.5, double.NaN, 5])
        {
            Assert.Throws<ArgumentException>(() => PlanCases.Run(graph, [new double[10], [index]]));
            Assert.Throws<ArgumentException>(() => Reference.Evaluate(graph, [new double[10], [index]]));
        }
    }

    [Fact]
    public void Special_values_pass_as_in_the_reference()
    {
        double[] values =
        [
            0,
            -0.0,
            1,
            -1,
            double.NaN,
            double.PositiveInfinity,
            double.NegativeInfinity,
            1e300,
            -1e300,
            5e-324,
            800,
            -800,
            0.5,
            -0.5,
            2.5,
            3.5,
            30,
        ];
        var n = values.Length;
        foreach (var function in Enum.GetValues<Unary>())
        {
            var graph = PlanCases.Graph(
                [
                    [n],
                ],
                x => [Map(function, x[0])]
            );
            PlanCases.Near(Reference.Evaluate(graph, [values]), PlanCases.Run(graph, [values]), 1e-14, graph);
        }
        foreach (var function in Enum.GetValues<Binary>())
        {
            var graph = PlanCases.Graph(
                [
                    [n],
                ],
                x => [Zip(function, ExpandDims(x[0], 1), x[0])]
            );
            PlanCases.Near(Reference.Evaluate(graph, [values]), PlanCases.Run(graph, [values]), 1e-14, graph);
        }
        double inf = double.PositiveInfinity,
            nan = double.NaN;
        double[] rows = [1, 2, nan, inf, 1, -inf, -inf, -inf, -inf, 3, 3, 1, nan, nan, inf, -inf, 1, -inf];
        var reductions = PlanCases.Graph(
            [
                [6, 3],
            ],
            x => [LogSumExp(x[0], 1), Max(x[0], 1), Min(x[0], 1), ArgMax(x[0], 1), LogSumExp(x[0], 0), Where(x[0], 1, 2), Max(x[0], 0)]
        );
        PlanCases.Near(Reference.Evaluate(reductions, [rows]), PlanCases.Run(reductions, [rows]), 1e-14, reductions);
    }

    private static Func<Tensor, Tensor> Of(string layout) =>
        PlanCases.Layouts.Single(each => string.Equals(each.Name, layout, StringComparison.Ordinal)).Of;

    private static bool IsEmpty(string layout) => string.Equals(layout, "empty", StringComparison.Ordinal);
}
