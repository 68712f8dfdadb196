namespace AutoDiff.Numerics;

/// <summary>A matrix in memory, turned.</summary>
internal static class Transposition
{
    private const int Tile = 16;

    /// <summary>Y ← Xᵀ for X [rows, columns] and Y [columns, rows], in tiles that stay in cache.</summary>
    public static void Write(ReadOnlySpan<double> x, Span<double> y, int rows, int columns)
    {
        for (var top = 0; top < rows; top += Tile)
        {
            for (var left = 0; left < columns; left += Tile)
            {
                var (bottom, right) = (Math.Min(top + Tile, rows), Math.Min(left + Tile, columns));
                for (var i = top; i < bottom; i++)
                {
                    for (var j = left; j < right; j++)
                        y[(j * rows) + i] = x[(i * columns) + j];
                }
            }
        }
    }
}
