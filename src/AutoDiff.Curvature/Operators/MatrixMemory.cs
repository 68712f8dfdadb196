namespace AutoDiff.Curvature;

/// <summary>Room for whole matrices.</summary>
internal static class MatrixMemory
{
    // Asking how much memory there is takes longer than making a small array.
    private const long Large = 1L << 28;

    /// <summary>A matrix [rows, columns] of zeros.</summary>
    /// <exception cref="ArgumentException">No array is so long, or there is not so much memory left.</exception>
    public static double[] New(int rows, int columns)
    {
        var bytes = (long)rows * columns * sizeof(double);
        if (bytes < Large)
            return New(rows, columns, long.MaxValue);
        // How much is used is known from the last collection, and before the first one not at all.
        GC.Collect(0);
        if (bytes > Free())
            GC.Collect();
        return New(rows, columns, Free());
    }

    /// <summary>The same where <paramref name="free"/> bytes are left.</summary>
    public static double[] New(int rows, int columns, long free)
    {
        var count = (long)rows * columns;
        var bytes = (double)count * sizeof(double);
        Require.That(
            count <= Array.MaxLength,
            $"[LinearOperator.ToMatrix] got an operator of {rows} rows and {columns} columns, a matrix of {count} elements ({GiB(bytes)} GiB); expected no more than {Array.MaxLength} elements"
        );
        Require.That(
            bytes <= free,
            $"[LinearOperator.ToMatrix] got an operator of {rows} rows and {columns} columns, a matrix of {GiB(bytes)} GiB; expected no more than the {GiB(free)} GiB of memory that are left"
        );
        return new double[count];
    }

    /// <summary>Writes some columns [count, m] to a matrix [m, n], from column <paramref name="start"/> on.</summary>
    public static void SetColumns(ReadOnlySpan<double> columns, Span<double> matrix, int size, int start, int count)
    {
        for (var (i, rows) = (0, count == 0 ? 0 : columns.Length / count); i < rows; i++)
        {
            var row = matrix.Slice((i * size) + start, count);
            for (var j = 0; j < count; j++)
                row[j] = columns[(j * rows) + i];
        }
    }

    /// <summary>Writes the transpose of a matrix [n, m] to a matrix [m, n], so many rows at a time as stay in cache.</summary>
    public static void SetTransposed(ReadOnlySpan<double> transpose, Span<double> matrix, int size)
    {
        var rows = size == 0 ? 0 : matrix.Length / size;
        for (var start = 0; start < size; start += 8)
        {
            var count = Math.Min(8, size - start);
            SetColumns(transpose.Slice(start * rows, count * rows), matrix, size, start, count);
        }
    }

    private static double GiB(double bytes) => Math.Round(bytes / (1L << 30), 2);

    private static long Free()
    {
        var memory = GC.GetGCMemoryInfo();
        return Math.Max(0, memory.TotalAvailableMemoryBytes - memory.MemoryLoadBytes);
    }
}
