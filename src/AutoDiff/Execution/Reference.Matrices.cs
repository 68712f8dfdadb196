namespace AutoDiff;

internal sealed partial class Reference
{
    /// <summary>A function of whole matrices, one matrix of the batch after another.</summary>
    private static double[] Matrix(MatrixRow row, Values x)
    {
        var core = MatrixShapes.Core(row, x.Node);
        var size = core.Aggregate(1, (product, length) => product * length);
        var result = new double[x.To.Size];
        for (var (done, batch) = (0, 0); done < result.Length; done += size, batch++)
            row.Value([.. Enumerable.Range(0, x.Count).Select(i => Of(x[i], x.Shape(i), batch))]).CopyTo(result, done);
        return result;

        static PlainMatrix Of(double[] elements, Shape shape, int batch)
        {
            var (rows, columns) = (shape[-2], shape[-1]);
            return new(elements.AsSpan(batch * rows * columns, rows * columns).ToArray(), rows, columns);
        }
    }
}
