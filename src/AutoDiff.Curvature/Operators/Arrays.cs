namespace AutoDiff.Curvature;

/// <summary>The arrays of one running plan.</summary>
/// <param name="Inputs">What is known, then what differs from run to run.</param>
/// <param name="Outputs">The results.</param>
internal sealed record Arrays(double[][] Inputs, double[][] Outputs)
{
    /// <summary>Arrays of a plan of <paramref name="rows"/> directions: a batch [rows, …] of each leaf, all 0, after what is known, and of each leaf's results.</summary>
    public static Arrays Of(double[][] known, int[] sizes, int rows) =>
        new([.. known, .. sizes.Select(size => new double[rows * size])], Array.ConvertAll(sizes, size => new double[rows * size]));

    /// <summary>Sets a direction [n].</summary>
    public void SetRow(int row, int[] sizes, ReadOnlySpan<double> from)
    {
        var directions = Inputs.AsSpan(Inputs.Length - sizes.Length);
        for (var leaf = 0; leaf < sizes.Length; leaf++)
        {
            from[..sizes[leaf]].CopyTo(directions[leaf].AsSpan(row * sizes[leaf]));
            from = from[sizes[leaf]..];
        }
    }

    /// <summary>Copies a result [n].</summary>
    public void CopyRow(int row, int[] sizes, Span<double> to)
    {
        for (var leaf = 0; leaf < sizes.Length; leaf++)
        {
            Outputs[leaf].AsSpan(row * sizes[leaf], sizes[leaf]).CopyTo(to);
            to = to[sizes[leaf]..];
        }
    }
}
