using System.Numerics;

namespace AutoDiff.Tests.Numerics;

/// <summary>Kernels run on matrices that lie in rows, in columns, and backwards, which must give results of equal size; and plain matrix arithmetic to check them by.</summary>
internal static class MatrixRuns
{
    private const int Margin = 7;

    /// <summary>A matrix row by row.</summary>
    internal readonly record struct Matrix(double[] Elements, int Rows, int Columns);

    public static double[] Run(MatrixKernel kernel, Matrix[] operands, int size, Type? precision = null) =>
        precision == typeof(float) ? Run<float>(kernel, operands, size) : Run<double>(kernel, operands, size);

    /// <summary>The result, which no layout changes but for rounding, with nothing written round it.</summary>
    private static double[] Run<T>(MatrixKernel kernel, Matrix[] operands, int size)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var result = Run<T>(kernel, operands, size, layout: 0);
        Assert.Equal(result, Run<T>(kernel, operands, size, layout: 0));
        foreach (var layout in new[] { 1, 2 })
        {
            var other = Run<T>(kernel, operands, size, layout);
            Assert.Equal(result.Select(double.IsFinite), other.Select(double.IsFinite));
        }
        return result;
    }

    private static double[] Run<T>(MatrixKernel kernel, Matrix[] operands, int size, int layout)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var canary = T.CreateTruncating(12345);
        var function = kernel.For<T>();
        var result = new T[size + (2 * Margin)];
        var scratch = new T[function.ScratchSize([.. operands.Select(x => (x.Rows, x.Columns))]) + Margin];
        Array.Fill(result, canary);
        Array.Fill(scratch, canary);
        var x = new MatrixOperands<T>
        {
            First = Strided(operands, 0),
            Second = Strided(operands, 1),
            Third = Strided(operands, 2),
        };
        function.Run(in x, result.AsSpan(Margin, size), scratch.AsSpan(0, scratch.Length - Margin));
        Assert.All(result[..Margin].Concat(result[^Margin..]).Concat(scratch[^Margin..]), value => Assert.Equal(canary, value));
        return Array.ConvertAll(result[Margin..^Margin], double.CreateTruncating);

        StridedMatrix<T> Strided(Matrix[] all, int i)
        {
            if (i >= all.Length)
                return default;
            var (elements, rows, columns) = all[i];
            var (row, column) = layout switch
            {
                0 => (columns, 1),
                1 => (1, rows),
                _ => (-columns - 1, 1),
            };
            var start = layout == 2 ? rows * (columns + 1) : 0;
            var laid = new T[((rows + 1) * (columns + 1)) + 1];
            for (var k = 0; k < elements.Length; k++)
                laid[start + (k / columns * row) + (k % columns * column)] = T.CreateTruncating(elements[k]);
            return new(ref laid[start], rows, columns, row, column);
        }
    }

    public static double[] Values<T>(int count, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => double.CreateTruncating(T.CreateTruncating((random.NextDouble() * 2) - 1)))];
    }

    public static double[] From(int n, Func<int, int, double> element) =>
        [.. Enumerable.Range(0, n * n).Select(k => element(k / n, k % n))];

    /// <summary>A Gram matrix and the identity.</summary>
    public static double[] Definite<T>(int n, int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var x = Values<T>(n * n, seed);
        var gram = Product(x, Transposed(x, n, n), n, n, n);
        return [.. gram.Select((value, k) => double.CreateTruncating(T.CreateTruncating(value + (k / n == k % n ? 1 : 0))))];
    }

    public static double[] Product(double[] a, double[] b, int rows, int inner, int columns)
    {
        var c = new double[rows * columns];
        Products.Multiply(a, b, c, rows, inner, columns);
        return c;
    }

    public static double[] Transposed(double[] a, int rows, int columns) =>
        [.. Enumerable.Range(0, rows * columns).Select(k => a[(k % rows * columns) + (k / rows)])];

    public static double Norm(double[] a) => Math.Sqrt(a.Sum(x => x * x));

    public static double Distance(double[] a, double[] b) => Norm([.. a.Zip(b, (x, y) => x - y)]);
}
