using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Tests.Numerics;

/// <summary>Every way to multiply, against three plain loops; what lies around the result must stay as it was.</summary>
public sealed class MatrixProductTests
{
    private const double Canary = 12345;

    // Sizes around the edges of vectors, tiles, blocks of depth, of rows and of columns.
    public static TheoryData<int, int, int> Sizes =>
        [
            .. from m in new[] { 1, 2, 3, 4, 5, 7, 8, 11, 12, 13, 25, 33 }
            from n in new[] { 1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 23, 24, 25, 33, 47, 49 }
            from k in new[] { 0, 1, 2, 3, 5, 8, 17, 65 }
            where (m + n + k) % 3 == 0 || m == 1 || n == 1
            select (m, n, k),
            (33, 70, 64),
            (127, 65, 64),
            (128, 64, 65),
            (129, 66, 255),
            (130, 383, 12),
            (131, 384, 256),
            (65, 511, 257),
            (64, 512, 31),
            (66, 513, 30),
            (37, 1030, 5),
            (5, 3, 513),
            (12, 12, 5000),
            (1, 1, 5000),
            (300, 1, 300),
            (1, 300, 300),
        ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_equal_three_loops(int m, int n, int k)
    {
        foreach (var strides in Enumerable.Range(0, 9))
        {
            Check<double>(m, n, k, strides % 3, strides / 3, 1e-14);
            Check<float>(m, n, k, strides % 3, strides / 3, 4e-6);
        }
    }

    [Fact]
    public void A_repeated_product_shares_the_right_matrix()
    {
        foreach (var (m, n, k) in new[] { (3, 4, 5), (40, 80, 70), (1, 9, 4), (6, 1, 7) })
        {
            var (a, b) = (Values<double>(3 * m * k, 1), Values<double>(k * n, 2));
            var (initial, c, one) = (Values<double>(3 * n, 3), new double[3 * m * n], new double[m * n]);
            var product = new MatrixProduct<double>(m, n, k, 1, m, n, 1, n, new(0, 1));
            var scratch = new double[product.ScratchSize];
            product.Run(0, m, new(3, m * k, m * n, n), ref a[0], ref b[0], ref c[0], ref initial[0], scratch);
            for (var i = 0; i < 3; i++)
            {
                product.Run(ref a[i * m * k], ref b[0], ref one[0], ref initial[i * n], scratch);
                Assert.Equal(one, c[(i * m * n)..((i + 1) * m * n)]);
            }
        }
    }

    private static void Check<T>(int m, int n, int k, int left, int right, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (a, aRow, aColumn) = Matrix<T>(m, k, left, 1);
        var (b, bRow, bColumn) = Matrix<T>(k, n, right, 2);
        var (sums, sizes) = ThreeLoops((m, n, k), Doubles(a), aRow, aColumn, Doubles(b), bRow, bColumn);
        foreach (var kind in Enumerable.Range(0, 5))
        {
            // None, a row for all rows, a column for all columns, a matrix of its own, the result itself.
            var (initialRow, initialColumn) = kind switch
            {
                0 => (0, 0),
                1 => (0, 1),
                2 => (1, 0),
                3 => (n + 2, 1),
                _ => (n + 3, 1),
            };
            var initial = Values<T>((m * (n + 2)) + n, 3);
            const int Before = 5;
            var cRow = n + 3;
            var c = new T[Before + (m * cRow) + 20];
            c.AsSpan().Fill(T.CreateTruncating(Canary));
            if (kind == 4)
            {
                for (var i = 0; i < m; i++)
                    initial.AsSpan(i * n, n).CopyTo(c.AsSpan(Before + (i * cRow)));
            }
            var start = (T[])c.Clone();
            var product = new MatrixProduct<T>(m, n, k, aRow, aColumn, bRow, bColumn, cRow, new(initialRow, initialColumn));
            var scratch = new T[product.ScratchSize + 16];
            scratch.AsSpan().Fill(T.NaN);
            ref var begin = ref kind == 0 ? ref Unsafe.NullRef<T>() : ref kind == 4 ? ref c[Before] : ref initial[0];
            product.Run(ref a[a.Length / 2], ref b[b.Length / 2], ref c[Before], ref begin, scratch.AsSpan(0, product.ScratchSize));
            Assert.All(scratch[product.ScratchSize..], x => Assert.True(T.IsNaN(x)));
            for (var i = 0; i < c.Length; i++)
            {
                var (row, column) = Math.DivRem(i - Before, cRow);
                if (i < Before || row >= m || column >= n)
                {
                    Assert.Equal(start[i], c[i]);
                    continue;
                }
                double expected = kind switch
                {
                    0 => 0,
                    4 => double.CreateTruncating(start[i]),
                    _ => double.CreateTruncating(initial[(row * initialRow) + (column * initialColumn)]),
                };
                var scale = Math.Abs(expected) + 1 + sizes[(row * n) + column];
                expected += sums[(row * n) + column];
                var got = double.CreateTruncating(c[i]);
                if (!(Math.Abs(got - expected) <= tolerance * scale))
                    Assert.Fail(
                        $"{typeof(T).Name} {m}×{n}×{k}, left {left}, right {right}, initial {kind}: [{row}, {column}] is {got}; expected {expected}"
                    );
            }
            CheckRanges(product, m, kind, a, b, begin: initial, start, c, Before);
        }
    }

    /// <summary>The product, and that of the magnitudes.</summary>
    private static (double[] Sums, double[] Sizes) ThreeLoops(
        (int M, int N, int K) size,
        double[] a,
        int aRow,
        int aColumn,
        double[] b,
        int bRow,
        int bColumn
    )
    {
        var (m, n, k) = size;
        var (sums, sizes) = (new double[m * n], new double[m * n]);
        for (var i = 0; i < sums.Length; i++)
        {
            var (row, column) = Math.DivRem(i, n);
            var (left, right) = ((a.Length / 2) + (row * aRow), (b.Length / 2) + (column * bColumn));
            for (var p = 0; p < k; p++)
            {
                var term = a[left + (p * aColumn)] * b[right + (p * bRow)];
                sums[i] += term;
                sizes[i] += Math.Abs(term);
            }
        }
        return (sums, sizes);
    }

    private static double[] Doubles<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => Array.ConvertAll(values, double.CreateTruncating);

    /// <summary>Any division into ranges of rows gives the same bits.</summary>
    private static void CheckRanges<T>(MatrixProduct<T> product, int m, int kind, T[] a, T[] b, T[] begin, T[] start, T[] whole, int before)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (var part in new[] { 1, 5, 14, 50 })
        {
            if (part >= m)
                break;
            var c = (T[])start.Clone();
            var scratch = new T[product.ScratchSize];
            ref var initial = ref kind == 0 ? ref Unsafe.NullRef<T>() : ref kind == 4 ? ref c[before] : ref begin[0];
            for (var from = 0; from < m; from += part)
                product.Run(from, Math.Min(m, from + part), ref a[a.Length / 2], ref b[b.Length / 2], ref c[before], ref initial, scratch);
            Assert.True(c.AsSpan().SequenceEqual(whole));
        }
    }

    /// <summary>A matrix from an array's middle on, in rows, in columns, or backwards and spread out.</summary>
    private static (T[] Values, int Row, int Column) Matrix<T>(int rows, int columns, int layout, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (row, column) = layout switch
        {
            0 => (columns + 1, 1),
            1 => (1, rows + 1),
            _ => (-2, (2 * rows) + 1),
        };
        return (Values<T>(2 * (3 + ((rows + 1) * Math.Abs(row)) + ((columns + 1) * Math.Abs(column))), seed), row, column);
    }

    private static T[] Values<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var values = new T[count];
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
            values[i] = T.CreateTruncating((random.NextDouble() * 2) - 1);
        return values;
    }
}
