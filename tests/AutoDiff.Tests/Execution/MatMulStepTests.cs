namespace AutoDiff.Tests.Execution;

/// <summary>The plan's product with an initial value, whose batches merge, repeat or stand alone.</summary>
public sealed class MatMulStepTests
{
    [Theory]
    [InlineData(4, 3, 5)]
    [InlineData(1, 3, 5)]
    [InlineData(4, 1, 5)]
    [InlineData(40, 70, 66)]
    public void Batches_begin_with_a_broadcast_value(int m, int n, int k)
    {
        int[][] lefts =
        [
            [3 * m * k, m * k, k, 1],
            [m * k, 2 * m * k, 1, m],
            [0, m * k, k, 1],
        ];
        int[][] rights =
        [
            [0, 0, n, 1],
            [3 * k * n, k * n, n, 1],
            [k * n, 0, 1, k],
            [0, k * n, n, 1],
        ];
        int[]?[] initials = [null, [0, 0, 0, 1], [0, 0, 1, 0], [3 * m * n, m * n, n, 1], [0, n, 0, 1], [m, 2 * m, 1, 0]];
        foreach (var left in lefts)
        {
            foreach (var right in rights)
            {
                foreach (var initial in initials)
                    Check(m, n, k, left, right, initial);
            }
        }
    }

    [Fact]
    public void Only_rows_side_by_side_or_constant_are_taken_and_a_dying_one_is_overwritten()
    {
        Shape shape = [2, 3];
        var storage = new Storage(6, StorageKind.Workspace) { Last = 4 };
        var whole = View.Whole(storage, shape);
        Assert.True(MatMulStep<double>.Takes(whole));
        Assert.True(MatMulStep<double>.Takes(new View(storage, 0, shape, [1, 0])));
        Assert.True(MatMulStep<double>.Takes(new View(storage, 0, [2, 1], [1, 7])));
        Assert.False(MatMulStep<double>.Takes(new View(storage, 0, shape, [1, 2])));
        Assert.False(MatMulStep<double>.Takes(new View(storage, 0, shape, [3, -1])));

        var (left, right) = (View.Whole(new(8, StorageKind.Workspace), [2, 4]), View.Whole(new(12, StorageKind.Workspace), [4, 3]));
        Storage Target() => new(6, StorageKind.Workspace);
        Assert.Same(whole, new MatMulStep<double>(left, right, whole, Target()).Replaceable(StorageKind.Workspace, 4));
        Assert.Null(new MatMulStep<double>(left, right, whole, Target()).Replaceable(StorageKind.Workspace, 3));
        Assert.Null(new MatMulStep<double>(left, right, null, Target()).Replaceable(StorageKind.Workspace, 4));
        Assert.Null(
            new MatMulStep<double>(left, new View(storage, 0, [4, 3], [0, 1]), whole, Target()).Replaceable(StorageKind.Workspace, 4)
        );
    }

    private static void Check(int m, int n, int k, int[] left, int[] right, int[]? initial)
    {
        var (a, b, z) = (Storage(0, 6 * m * k), Storage(1, 6 * k * n), Storage(2, 6 * m * n + 6 * m));
        var target = Storage(3, 6 * m * n);
        var step = new MatMulStep<double>(
            new(a, 0, [2, 3, m, k], left),
            new(b, 0, [2, 3, k, n], right),
            initial is null ? null : new View(z, 0, [2, 3, m, n], initial),
            target
        );
        step.Bind();
        double[][] memory =
        [
            [],
            new double[step.ScratchSize],
            Values(a.Size),
            Values(b.Size),
            Values(z.Size),
            new double[target.Size],
        ];
        step.Run(new(memory));
        for (var i = 0; i < target.Size; i++)
        {
            var (batch, row, column) = (i / (m * n), i / n % m, i % n);
            var (x, y) = (memory[2], memory[3]);
            var expected = initial is null ? 0 : memory[4][Position(initial, batch, row, column)];
            for (var p = 0; p < k; p++)
                expected += x[Position(left, batch, row, p)] * y[Position(right, batch, p, column)];
            Assert.Equal(expected, memory[5][i], 1e-12);
        }

        static Storage Storage(int slot, int size) => new(size, StorageKind.External) { Slot = Frame<double>.External + slot };
        static int Position(int[] strides, int batch, int row, int column) =>
            (batch / 3 * strides[0]) + (batch % 3 * strides[1]) + (row * strides[2]) + (column * strides[3]);
        static double[] Values(int length) => [.. Enumerable.Range(1, length).Select(i => Math.Sin(i * i))];
    }
}
