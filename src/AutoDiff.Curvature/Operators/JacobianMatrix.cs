namespace AutoDiff.Curvature;

/// <summary>A Jacobian's elements, by whichever products are fewer.</summary>
internal static class JacobianMatrix
{
    private const int MostColumns = 64;

    /// <summary>Writes all elements [m, n].</summary>
    public static void Write(JacobianOperator jacobian, double[] matrix, RunOptions options)
    {
        if (jacobian.Rows <= jacobian.Size)
            WriteRows(jacobian, matrix, options);
        else
            WriteColumns(jacobian, matrix, options);
    }

    private static void WriteRows(JacobianOperator jacobian, double[] matrix, RunOptions options)
    {
        var done = 0;
        Work.Share(
            jacobian.Batches,
            batch =>
            {
                var count = jacobian.WriteRows(batch, matrix);
                options.Progress?.Report(new("matrix", Interlocked.Add(ref done, count) / (double)jacobian.Rows));
            },
            options
        );
    }

    private static void WriteColumns(JacobianOperator jacobian, double[] matrix, RunOptions options)
    {
        var (m, n) = (jacobian.Rows, jacobian.Size);
        var most = Math.Min(MostColumns, n);
        var (units, columns) = (new double[most * n], new double[most * m]);
        for (var start = 0; start < n; start += most)
        {
            var count = Math.Min(most, n - start);
            UnitRows.Set(units, 0, n, start, count);
            jacobian.ApplyBlock(units.AsMemory(0, count * n), columns.AsMemory(0, count * m), count, options.Part);
            UnitRows.Set(units, 0, n, start, count, value: 0);
            for (var row = 0; row < m; row++)
            {
                for (var column = 0; column < count; column++)
                    matrix[(row * n) + start + column] = columns[(column * m) + row];
            }
            options.Progress?.Report(new("matrix", (start + count) / (double)n));
        }
    }
}
