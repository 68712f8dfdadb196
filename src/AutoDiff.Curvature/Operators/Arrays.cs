namespace AutoDiff.Curvature;

/// <summary>The arrays of one running plan.</summary>
/// <param name="Inputs">What is known, then what differs from run to run.</param>
/// <param name="Outputs">The results.</param>
internal sealed record Arrays(double[][] Inputs, double[][] Outputs)
{
    /// <summary>Arrays of a plan of <paramref name="rows"/> directions: a batch [rows, …] of each leaf, all 0, after what is known, and of each leaf's results.</summary>
    public static Arrays Of(double[][] known, int[] sizes, int[] resultSizes, int rows) =>
        new([.. known, .. LeafArrays.New(sizes, rows)], LeafArrays.New(resultSizes, rows));

    /// <summary>Sets a direction [n].</summary>
    public void SetRow(int row, int[] sizes, ReadOnlySpan<double> from) =>
        LeafArrays.SetRow(Inputs.AsSpan(Inputs.Length - sizes.Length), row, sizes, from);

    /// <summary>Copies a result [n].</summary>
    public void CopyRow(int row, int[] sizes, Span<double> to) => LeafArrays.CopyRow(Outputs, row, sizes, to);
}
