using System.Buffers;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>Products of matrices that lie in arrays.</summary>
internal static class Products
{
    /// <summary>Columns in a strip of a lower triangle: wide enough for whole blocks of the product, narrow beside the matrix.</summary>
    private const int Strip = 96;

    /// <summary>C ← A·B for A [rows, inner], B [inner, columns] and C of contiguous rows; each thread computes some of the rows, which changes no bit.</summary>
    public static void Set(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, int threads = 1) =>
        Run(a, b, c, rows, inner, columns, add: false, threads);

    /// <summary>C ← C + A·B.</summary>
    public static void Add(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, int threads = 1) =>
        Run(a, b, c, rows, inner, columns, add: true, threads);

    /// <summary>C ← C + A·B where only C's lower triangle [size, size] is wanted; some of the rest is changed too.</summary>
    public static void AddLower(MatrixView a, MatrixView b, MatrixView c, int size, int inner, int threads = 1)
    {
        for (var start = 0; start < size; start += Strip)
            Add(a.From(start, 0), b.From(0, start), c.From(start, start), size - start, inner, Math.Min(Strip, size - start), threads);
    }

    private static void Run(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, bool add, int threads)
    {
        if (rows == 0 || columns == 0)
            return;
        var initial = add ? new InitialValue(c.Row, 1) : default;
        var product = new MatrixProduct<double>(rows, columns, inner, a.Row, a.Column, b.Row, b.Column, c.Row, initial);
        threads = Math.Min(threads, rows);
        if (threads == 1)
            Part(0, 1);
        else
            Parallel.For(0, threads, new() { MaxDegreeOfParallelism = threads }, part => Part(part, threads));

        void Part(int part, int parts)
        {
            var scratch = ArrayPool<double>.Shared.Rent(product.ScratchSize);
            ref var target = ref c.Data[c.Start];
            product.Run(
                (int)((long)rows * part / parts),
                (int)((long)rows * (part + 1) / parts),
                ref inner == 0 ? ref target : ref a.Data[a.Start],
                ref inner == 0 ? ref target : ref b.Data[b.Start],
                ref target,
                ref add ? ref target : ref Unsafe.NullRef<double>(),
                scratch
            );
            ArrayPool<double>.Shared.Return(scratch);
        }
    }
}
