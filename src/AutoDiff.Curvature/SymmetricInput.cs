namespace AutoDiff.Curvature;

/// <summary>A checked, symmetrized copy of a caller's matrix, scaled by a power of two so that its largest element lies in [1, 2).</summary>
/// <remarks>Scaling by a power of two is exact but for elements some 1e300 times smaller than the largest, and keeps every square in range.</remarks>
internal sealed class SymmetricInput
{
    /// <summary>The largest difference |aᵢⱼ − aⱼᵢ| let pass, relative to the largest element: half of double precision's digits.</summary>
    private const double Tolerance = 1e-8;

    private SymmetricInput(double[] values, int exponent, double asymmetry) =>
        (Values, Exponent, Asymmetry, Frobenius) = (values, exponent, asymmetry, Math.Sqrt(VectorLoops.Dot(values, values)));

    /// <summary>(A + Aᵀ)/2 · 2^−Exponent, row-major, owned by the reader of the input.</summary>
    public double[] Values { get; }

    /// <summary>The binary exponent taken out.</summary>
    public int Exponent { get; }

    /// <summary>‖A − Aᵀ‖_F / 2 in the scaled units: how far the input is from the matrix that is worked on.</summary>
    public double Asymmetry { get; }

    /// <summary>The Frobenius norm of <see cref="Values"/>.</summary>
    public double Frobenius { get; }

    /// <summary>A number in the scaled units, in the caller's.</summary>
    public double Unscale(double value) => Math.ScaleB(value, Exponent);

    /// <summary>A number in the caller's units, in the scaled ones.</summary>
    public double Scale(double value) => Math.ScaleB(value, -Exponent);

    public static SymmetricInput Read(string operation, ReadOnlySpan<double> matrix, int size, double magnitude = 0)
    {
        if (size < 0 || matrix.Length != (long)size * size)
            Check.Fail(
                $"[{operation}] got {matrix.Length} values for a matrix of size {size}; expected {(long)size * size} values, a square matrix"
            );
        var largest = Math.Abs(magnitude);
        for (var k = 0; k < matrix.Length; k++)
        {
            if (!double.IsFinite(matrix[k]))
                Check.Fail($"[{operation}] got {matrix[k]} at ({k / size},{k % size}); expected finite values");
            largest = Math.Max(largest, Math.Abs(matrix[k]));
        }
        var exponent = largest == 0 ? 0 : Math.ILogB(largest);
        // Two factors, since one power of two need not be representable; each product is exact.
        var first = Math.ScaleB(1, -exponent / 2);
        var second = Math.ScaleB(1, -exponent - (-exponent / 2));
        var values = new double[matrix.Length];
        var (worst, at) = (0.0, (Row: 0, Column: 0));
        var squares = 0.0;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var lower = matrix[(i * size) + j] * first * second;
                var upper = matrix[(j * size) + i] * first * second;
                var difference = Math.Abs(lower - upper);
                if (difference > worst)
                    (worst, at) = (difference, (i, j));
                squares += difference * difference;
                values[(i * size) + j] = values[(j * size) + i] = 0.5 * (lower + upper);
            }
        }
        if (worst > Tolerance * VectorLoops.Largest(values))
        {
            var (i, j) = at;
            Check.Fail(
                $"[{operation}] got {matrix[(i * size) + j]} at ({i},{j}) and {matrix[(j * size) + i]} at ({j},{i}); expected a symmetric matrix, to {Tolerance} of its largest element {largest}"
            );
        }
        return new(values, exponent, Math.Sqrt(0.5 * squares));
    }
}
