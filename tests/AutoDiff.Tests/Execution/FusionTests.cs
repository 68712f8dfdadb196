using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

/// <summary>What a plan computes together: the steps it names, and the same values as the reference.</summary>
public sealed class FusionTests
{
    private static readonly int[][] Layer =
    [
        [12, 5],
        [5, 7],
        [7],
        [5, 7],
    ];

    [Fact]
    public void A_product_adds_its_bias_itself() =>
        Steps(Layer, x => [MatMul(x[0], x[1]) + x[2]], "MatMul 12×5 by 5×7, 1 times, begun with a value");

    [Fact]
    public void A_later_product_adds_itself_to_an_earlier_one() =>
        Steps(
            Layer,
            x => [Tanh(MatMul(x[0], x[1]) + MatMul(x[0] * 2, x[3]) + x[2])],
            "MatMul 12×5 by 5×7, 1 times",
            "Fused Multiply",
            "MatMul 12×5 by 5×7, 1 times, begun with a value",
            "Fused Add Tanh"
        );

    [Fact]
    public void No_sum_is_rearranged()
    {
        var graph = PlanCases.Graph(
            [
                [1, 1],
                [1, 1],
                [1, 1],
            ],
            x => [MatMul(x[0], Tensor.Ones([1, 1])) + (MatMul(x[1], Tensor.Ones([1, 1])) + MatMul(x[2], Tensor.Ones([1, 1])))]
        );
        double[][] outputs =
        [
            [0],
        ];
        Plan<double>
            .Of(graph)
            .Run(
                [
                    [1],
                    [1e17],
                    [-1e17],
                ],
                outputs
            );
        Assert.Equal(1, outputs[0][0]);
    }

    [Fact]
    public void A_recurrent_gradient_keeps_each_state_and_its_slope_once()
    {
        const int steps = 30;
        var (state, weights) = (new Input([256, 8], "h"), new Input([8, 8], "W"));
        var gradient = Transforms.Grad(
            (Tensor w) =>
            {
                Tensor h = state;
                for (var i = 0; i < steps; i++)
                    h = Tanh(MatMul(h, w));
                return Sum(h);
            }
        )(weights);
        var plan = Plan<double>.Of(Simplification.Simplify(Graph.Of([state, weights], [gradient])));
        Assert.InRange(plan.WorkspaceBytes, 0, ((2 * steps) + 4) * 256 * 8 * sizeof(double));
    }

    [Fact]
    public void A_long_chain_of_cheap_values_is_stored_not_repeated()
    {
        var graph = PlanCases.Graph(
            [
                [100],
            ],
            x =>
            {
                var (y, outputs) = (x[0], new List<Tensor>());
                for (var i = 0; i < 100; i++)
                {
                    y = Square(y) - 0.5;
                    outputs.Add(Sum(Tanh(y)));
                }
                return [.. outputs];
            }
        );
        Assert.DoesNotContain(Lines(Plan<double>.Of(graph)), line => line.Length > 100);
        PlanCases.Check(graph);
    }

    [Fact]
    public void Batched_products_add_through_their_reshapes() =>
        Steps(
            [
                [3, 4, 5],
                [5, 7],
                [3, 4, 7],
            ],
            x => [Reshape(MatMul(Reshape(x[0], 12, 5), x[1]), 3, 4, 7) + x[2]],
            "MatMul 12×5 by 5×7, 1 times, begun with a value"
        );

    [Fact]
    public void A_transposed_value_is_copied_into_place_first() =>
        Steps(
            [
                [12, 5],
                [5, 7],
                [7, 12],
            ],
            x => [MatMul(x[0], x[1]) + Transpose(x[2])],
            "Copy [12,7]",
            "MatMul 12×5 by 5×7, 1 times, begun with a value"
        );

    [Fact]
    public void A_product_that_is_used_twice_is_kept() =>
        Steps(
            Layer,
            x =>
            {
                var product = MatMul(x[0], x[1]);
                return [product + x[2], Sum(product)];
            },
            "MatMul 12×5 by 5×7, 1 times",
            "Fused Add",
            "Sum [12,7] to 1"
        );

    [Fact]
    public void A_cheap_factor_is_computed_again_rather_than_kept() =>
        Steps(
            [
                [40],
                [40],
            ],
            x =>
            {
                var y = Tanh(x[0]);
                var factor = 1 - Square(y);
                return [CumulativeSum(factor * x[1], 0), Reverse(factor * Exp(x[1]))];
            },
            "Fused Tanh",
            "Fused Square SubtractMultiply",
            "Copy [40]",
            "CumulativeSum over 40",
            "Fused Square Exp SubtractMultiply",
            "Copy [40]"
        );

    [Fact]
    public void Tanh_and_its_slope_are_computed_in_one_pass_and_both_kept() =>
        Steps(
            [
                [40],
                [40],
            ],
            x =>
            {
                var y = x[0] + x[1];
                // The slope comes first in the graph, and what reads it before what reads the tangent.
                return [CumulativeSum(SechSquared(y) * x[1], 0), CumulativeSum(Tanh(y), 0)];
            },
            "Fused Add TanhAndTwin",
            "Fused Multiply",
            "Copy [40]",
            "CumulativeSum over 40",
            "Copy [40]",
            "CumulativeSum over 40"
        );

    [Fact]
    public void Twins_whose_users_are_in_one_group_join_it() =>
        Steps(
            [
                [40],
            ],
            x => [-2 * SechSquared(x[0]) * Tanh(x[0])],
            "Fused TanhAndTwin MultiplyMultiply"
        );

    [Fact]
    public void Twins_may_be_outputs_beside_other_members()
    {
        foreach (var count in (int[])[1, 7, 64, 1000])
        {
            PlanCases.Check(
                [
                    [count],
                ],
                x => [SechSquared(x[0]), Exp(x[0]) * Tanh(x[0]), Tanh(x[0])]
            );
            PlanCases.Check(
                [
                    [count],
                ],
                x => [Sum(Tanh(Sin(x[0]))), SechSquared(Sin(x[0])) + 1, Sin(x[0])]
            );
        }
    }

    [Fact]
    public void A_gradient_takes_one_exponential_for_each_tanh()
    {
        var graph = PlanCases.Graph(
            [
                [12, 5],
                [5, 7],
                [7, 2],
            ],
            x => [Transforms.Hvp(w => Sum(Square(MatMul(Tanh(MatMul(x[0], w)), x[2]))), x[1], x[1] * 2)]
        );
        Assert.Equal(
            [1, 0, 0],
            new[] { "TanhAndTwin", "Tanh ", "SechSquared" }.Select(name =>
                Lines(Plan<double>.Of(Simplification.Simplify(graph))).Count(line => (line + " ").Contains(name, StringComparison.Ordinal))
            )
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1000)]
    public void Every_pair_of_operations_equals_the_reference(int count)
    {
        int[][] shapes =
        [
            [count],
            [count],
            [count],
            [1],
            [],
        ];
        Func<Tensor, Tensor, Tensor>[] functions = [Add, Subtract, Multiply, Divide];
        foreach (var first in functions)
        {
            foreach (var second in functions)
            {
                PlanCases.Check(shapes, x => [second(first(x[0], x[1]), x[2]), second(x[2], first(x[0], x[1]))]);
                PlanCases.Check(shapes, x => [second(first(x[3], x[1]), x[4]), second(x[4], first(x[0], x[3]))]);
                PlanCases.Check(shapes, x => [second(first(x[0], x[0]), x[0]), second(Square(x[0]), x[1]), second(2, Square(x[0]))]);
            }
        }
    }

    private static Tensor Reverse(Tensor x) => Flip(x, 0);

    private static void Steps(int[][] shapes, Func<Tensor[], Tensor[]> build, params string[] expected)
    {
        var graph = PlanCases.Graph(shapes, build);
        Assert.Equal(expected, Lines(Plan<double>.Of(graph)));
        PlanCases.Check(graph);
    }

    private static IEnumerable<string> Lines(Plan<double> plan) =>
        plan.ToString()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]);
}
