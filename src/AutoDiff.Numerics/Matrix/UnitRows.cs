namespace AutoDiff.Numerics;

/// <summary>Rows of the identity, as batches of directions.</summary>
public static class UnitRows
{
    /// <summary>
    /// Of rows <paramref name="start"/> … start + count − 1 of the identity, the columns that begin at <paramref name="offset"/>: writes
    /// <paramref name="value"/> to the elements of <paramref name="batch"/> [count, width] that are 1 there, and leaves the rest.
    /// </summary>
    /// <param name="batch">The rows, one after another.</param>
    /// <param name="offset">The identity's column that the batch begins at.</param>
    /// <param name="width">How many columns the batch has.</param>
    /// <param name="start">The identity's row that the batch begins at.</param>
    /// <param name="count">How many rows the batch has.</param>
    /// <param name="value">1 to set the directions, 0 to take them back.</param>
    public static void Set(Span<double> batch, int offset, int width, int start, int count, double value = 1)
    {
        var (from, to) = (Math.Max(start, offset), Math.Min(start + count, offset + width));
        for (var i = from; i < to; i++)
            batch[((i - start) * width) + (i - offset)] = value;
    }
}
