using static AutoDiff.Ops;

namespace AutoDiff.Tests.Execution;

public sealed class MatMulTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 7, 40)]
    [InlineData(1, 300, 5)]
    [InlineData(40, 7, 1)]
    [InlineData(5, 0, 6)]
    [InlineData(0, 4, 6)]
    [InlineData(8, 8, 8)]
    [InlineData(13, 17, 19)]
    [InlineData(37, 300, 10)]
    [InlineData(200, 5, 33)]
    [InlineData(64, 600, 16)]
    [InlineData(9, 260, 530)]
    public void Products_of_strided_matrices_equal_the_reference(int m, int k, int n)
    {
        PlanCases.Check(
            [
                [m, k],
                [k, n],
            ],
            x => [MatMul(x[0], x[1])]
        );
        PlanCases.Check(
            [
                [k, m],
                [k, n],
            ],
            x => [MatMul(Transpose(x[0]), x[1])]
        );
        PlanCases.Check(
            [
                [m, k],
                [n, k],
            ],
            x => [MatMul(x[0], Transpose(x[1]))]
        );
        PlanCases.Check(
            [
                [k, m],
                [n, k],
            ],
            x => [MatMul(Transpose(x[0]), Transpose(x[1])), MatMul(Flip(Transpose(x[0]), 1), Flip(Transpose(x[1])))]
        );
        PlanCases.Check(
            [
                [m, k],
            ],
            x => [MatMul(x[0], BroadcastTo(1.5, [k, n])), MatMul(BroadcastTo(1.5, [n, m]), x[0])]
        );
    }

    [Fact]
    public void Batches_broadcast_and_permute()
    {
        PlanCases.Check(
            [
                [3, 4, 5],
                [5, 6],
            ],
            x => [MatMul(x[0], x[1])]
        );
        PlanCases.Check(
            [
                [2, 3, 4, 5],
                [3, 5, 6],
            ],
            x => [MatMul(x[0], x[1]), MatMul(Transpose(x[0], 1, 0, 3, 2), Transpose(x[0], 1, 0, 2, 3))]
        );
        PlanCases.Check(
            [
                [0, 4, 5],
                [0, 5, 6],
            ],
            x => [MatMul(x[0], x[1])]
        );
        PlanCases.Check(
            [
                [5],
                [5],
            ],
            x => [Dot(x[0], x[1]), Outer(x[0], x[1])]
        );
    }
}
