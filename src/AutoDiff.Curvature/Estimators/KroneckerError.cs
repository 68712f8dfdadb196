namespace AutoDiff.Curvature;

/// <summary>How far a layer's Kronecker product is from its block.</summary>
internal static class KroneckerError
{
    private const int MostRows = 32;

    public static Estimate Of(LinearOperator factors, LinearOperator exact, KroneckerLayer layer, Key key, int products, RunOptions options)
    {
        var size = layer.Inputs * layer.Outputs;
        var whole = size <= products;
        var count = whole ? size : products;
        var (errors, norms) = (new double[count], new double[count]);
        for (var start = 0; start < count; start += MostRows)
        {
            var rows = Math.Min(MostRows, count - start);
            var probes = new double[rows * exact.Size];
            for (var row = 0; row < rows; row++)
                SetProbe(start + row, probes.AsSpan(row * exact.Size, exact.Size));
            var (approximate, right) = (new double[probes.Length], new double[probes.Length]);
            factors.ApplyBlock(probes, approximate, rows, options.Part);
            exact.ApplyBlock(probes, right, rows, options.Part);
            for (var row = 0; row < rows; row++)
            {
                var (one, other) = (Part(approximate, row), Part(right, row));
                norms[start + row] = VectorLoops.Norm(other);
                VectorLoops.AddScaled(-1, other, one);
                errors[start + row] = VectorLoops.Norm(one);
            }
            options.Progress?.Report(new("error", (start + rows) / (double)count));
        }
        var norm = VectorLoops.Norm(norms);
        var ratio = VectorLoops.Norm(errors) / norm;
        return new(ratio, whole ? 0 : StandardError(errors, norms, norm, ratio), count) { Samples = whole ? 0 : count };

        void SetProbe(int number, Span<double> probe)
        {
            if (whole)
            {
                probe[layer.Place(number)] = 1;
                return;
            }
            var signs = key.FoldIn((ulong)number).Rademacher([size]).ToArray();
            for (var i = 0; i < size; i++)
                probe[layer.Place(i)] = signs[i];
        }

        double[] Part(double[] block, int row)
        {
            var part = new double[size];
            for (var i = 0; i < size; i++)
                part[i] = block[(row * exact.Size) + layer.Place(i)];
            return part;
        }
    }

    /// <summary>Of √(Σ e² ⁄ Σ f²): the ratio's by linearization, halved and divided by the root.</summary>
    private static double StandardError(double[] errors, double[] norms, double norm, double ratio)
    {
        if (ratio == 0)
            return 0;
        // In units of the norms, so that no square overflows.
        double Unit(double value) => value / norm * value / norm;
        var squares = errors
            .Zip(norms, (error, own) => Unit(error) - (ratio * ratio * Unit(own)))
            .Sum(difference => difference * difference);
        var count = errors.Length;
        return Math.Sqrt(squares * count / (count - 1)) / (2 * ratio);
    }
}
