using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>Products of matrices in memory.</summary>
public static class Products
{
    /// <summary>Columns in a strip of a lower triangle: wide enough for whole blocks of the product, narrow beside the matrix.</summary>
    private const int Strip = 96;

    /// <summary>C ← A·B for A [rows, inner], B [inner, columns] and C [rows, columns], each row by row; each thread computes some of the rows.</summary>
    /// <remarks>A row of C has the same bits whatever the number of rows and of threads.</remarks>
    /// <exception cref="ArgumentException">A matrix has another number of elements, or C shares memory with another; or there is not at least one thread.</exception>
    public static void Multiply(
        ReadOnlyMemory<double> a,
        ReadOnlyMemory<double> b,
        Memory<double> c,
        int rows,
        int inner,
        int columns,
        int threads = 1
    ) => Checked("Products.Multiply", a, b, c, rows, inner, columns, threads, View(b, columns));

    /// <summary>C ← A·Bᵀ for A [rows, inner], B [columns, inner] and C [rows, columns], each row by row: elements are products of a row of A and a row of B.</summary>
    /// <remarks>A row of C has the same bits whatever the number of rows and of threads.</remarks>
    /// <exception cref="ArgumentException">A matrix has another number of elements, or C shares memory with another; or there is not at least one thread.</exception>
    public static void MultiplyTransposed(
        ReadOnlyMemory<double> a,
        ReadOnlyMemory<double> b,
        Memory<double> c,
        int rows,
        int inner,
        int columns,
        int threads = 1
    ) => Checked("Products.MultiplyTransposed", a, b, c, rows, inner, columns, threads, new(MemoryMarshal.AsMemory(b), 0, 1, inner));

    /// <summary>C ← A·B for A [rows, inner], B [inner, columns] and C of contiguous rows; each thread computes some of the rows, which changes no bit.</summary>
    internal static void Set(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, int threads = 1) =>
        Run(a, b, c, rows, inner, columns, add: false, threads);

    /// <summary>C ← C + A·B.</summary>
    internal static void Add(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, int threads = 1) =>
        Run(a, b, c, rows, inner, columns, add: true, threads);

    /// <summary>C ← C + A·B where only C's lower triangle [size, size] is wanted; some of the rest is changed too.</summary>
    internal static void AddLower(MatrixView a, MatrixView b, MatrixView c, int size, int inner, int threads = 1)
    {
        for (var start = 0; start < size; start += Strip)
            Add(a.From(start, 0), b.From(0, start), c.From(start, start), size - start, inner, Math.Min(Strip, size - start), threads);
    }

    private static void Checked(
        string operation,
        ReadOnlyMemory<double> a,
        ReadOnlyMemory<double> b,
        Memory<double> c,
        int rows,
        int inner,
        int columns,
        int threads,
        MatrixView right
    )
    {
        Require.Positive(operation, "a number of threads of", threads);
        Require.Length(operation, "a left matrix", a.Length, (long)rows * inner);
        Require.Length(operation, "a right matrix", b.Length, (long)inner * columns);
        Require.Length(operation, "a result", c.Length, (long)rows * columns);
        Require.That(
            !a.Span.Overlaps(c.Span) && !b.Span.Overlaps(c.Span),
            $"[{operation}] got a result that shares memory with a factor; expected separate memory"
        );
        if (rows != 1)
        {
            Set(View(a, inner), right, View(c, columns), rows, inner, columns, threads);
            return;
        }
        // A product of one row is summed in another order than one of many: a row of zeros below makes it one of those.
        var two = ArrayPool<double>.Shared.Rent(2 * (inner + columns));
        a.Span.CopyTo(two);
        two.AsSpan(inner, inner).Clear();
        Set(new(two, 0, inner, 1), right, new(two, 2 * inner, columns, 1), 2, inner, columns);
        two.AsSpan(2 * inner, columns).CopyTo(c.Span);
        ArrayPool<double>.Shared.Return(two);
    }

    private static MatrixView View(ReadOnlyMemory<double> matrix, int columns) => new(MemoryMarshal.AsMemory(matrix), 0, columns, 1);

    private static void Run(MatrixView a, MatrixView b, MatrixView c, int rows, int inner, int columns, bool add, int threads)
    {
        if (rows == 0 || columns == 0)
            return;
        var initial = add ? new InitialValue(c.Row, 1) : default;
        var product = new MatrixProduct<double>(rows, columns, inner, a.Row, a.Column, b.Row, b.Column, c.Row, initial);
        threads = Math.Min(threads, rows);
        if (threads == 1)
            RunPart(product, a, b, c, rows, inner, add, 0, 1);
        else
            InParallel(product, a, b, c, rows, inner, add, threads);
    }

    // Apart from the way of one thread, which makes no closure.
    private static void InParallel(
        MatrixProduct<double> product,
        MatrixView a,
        MatrixView b,
        MatrixView c,
        int rows,
        int inner,
        bool add,
        int threads
    ) =>
        Parallel.For(
            0,
            threads,
            new() { MaxDegreeOfParallelism = threads },
            part => RunPart(product, a, b, c, rows, inner, add, part, threads)
        );

    private static void RunPart(
        in MatrixProduct<double> product,
        MatrixView a,
        MatrixView b,
        MatrixView c,
        int rows,
        int inner,
        bool add,
        int part,
        int parts
    )
    {
        var scratch = ArrayPool<double>.Shared.Rent(product.ScratchSize);
        ref var target = ref c.Element;
        product.Run(
            (int)((long)rows * part / parts),
            (int)((long)rows * (part + 1) / parts),
            ref inner == 0 ? ref target : ref a.Element,
            ref inner == 0 ? ref target : ref b.Element,
            ref target,
            ref add ? ref target : ref Unsafe.NullRef<double>(),
            scratch
        );
        ArrayPool<double>.Shared.Return(scratch);
    }
}
