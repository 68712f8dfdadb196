namespace AutoDiff;

/// <summary>A user's function of arrays, which a graph calls for its values.</summary>
/// <remarks>Equal by reference.</remarks>
public sealed class HostFunction
{
    private readonly Func<double[][], double[]> _compute;

    internal HostFunction(string name, Shape result, Func<double[][], double[]> compute) =>
        (Name, Result, _compute) = (name, result, compute);

    /// <summary>The name shown by printed graphs and errors.</summary>
    public string Name { get; }

    /// <summary>The shape of the result for one example.</summary>
    public Shape Result { get; }

    /// <summary>The results for a batch of examples, one call each; the arrays that are handed out are copies.</summary>
    /// <exception cref="ArgumentException">The function gave another number of elements than its shape has.</exception>
    internal double[] Compute(double[][] x, int examples)
    {
        var y = new double[examples * Result.Size];
        for (var example = 0; example < examples; example++)
        {
            var values = _compute(Array.ConvertAll(x, batch => Example(batch, example, examples)));
            Require.That(
                values.Length == Result.Size,
                $"[PureCallback] \"{Name}\" gave {values.Length} elements; expected {Result.Size}, as the shape {Result} that was declared has"
            );
            values.CopyTo(y, example * Result.Size);
        }
        return y;
    }

    private static double[] Example(double[] batch, int example, int examples)
    {
        var size = batch.Length / examples;
        return batch.AsSpan(example * size, size).ToArray();
    }
}
