using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>A checked, symmetrized copy of a caller's matrix, scaled by a power of two so that its largest element lies in [1, 2).</summary>
/// <remarks>Scaling by a power of two is exact but for elements some 1e300 times smaller than the largest, and keeps every square in range.</remarks>
internal sealed class SymmetricInput
{
    /// <summary>The largest difference |aᵢⱼ − aⱼᵢ| let pass, relative to the largest element: half of double precision's digits.</summary>
    private const double Tolerance = 1e-8;

    /// <summary>Rows and columns of a tile: a cache line.</summary>
    private const int Tile = 8;

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

    /// <summary>A bound in the scaled units, in the caller's: where those are subnormal, the value bounded and the bound are rounded by half the smallest number each.</summary>
    public double UnscaleBound(double bound) => bound == 0 ? 0 : Math.ScaleB(bound, Exponent) + double.Epsilon;

    /// <summary>A number in the caller's units, in the scaled ones.</summary>
    public double Scale(double value) => Math.ScaleB(value, -Exponent);

    public static SymmetricInput Read(string operation, ReadOnlySpan<double> matrix, int size, double magnitude = 0)
    {
        SymmetricMatrix.RequireSquare(operation, matrix.Length, size);
        var largest = Math.Max(Math.Abs(magnitude), Largest(operation, matrix, size));
        var exponent = largest == 0 ? 0 : Math.ILogB(largest);
        // Two factors, since one power of two need not be representable; each product is exact.
        var first = Math.ScaleB(1, -exponent / 2);
        var second = Math.ScaleB(1, -exponent - (-exponent / 2));
        var values = GC.AllocateUninitializedArray<double>(matrix.Length);
        var (worst, squares) = (0.0, 0.0);
        for (var row = 0; row < size; row += Tile)
        {
            for (var column = 0; column <= row; column += Tile)
            {
                var difference = Average(matrix, values, size, row, column, first, second);
                worst = Math.Max(worst, difference.Largest);
                squares += difference.Squares;
            }
        }
        if (worst > Tolerance && worst > Tolerance * VectorLoops.Largest(values))
            FailAsymmetric(operation, matrix, size, largest);
        return new(values, exponent, 0.5 * Math.Sqrt(squares));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Largest(string operation, ReadOnlySpan<double> matrix, int size)
    {
        // x·0 is NaN where x is not finite, and so then is the sum.
        var (largest, sum) = (Vector256<double>.Zero, Vector256<double>.Zero);
        var k = 0;
        for (; k <= matrix.Length - Vector256<double>.Count; k += Vector256<double>.Count)
        {
            var x = Vector256.Create(matrix[k..]);
            largest = Vector256.MaxNative(largest, Vector256.Abs(x));
            sum += x * Vector256<double>.Zero;
        }
        if (!(Vector256.Sum(sum) == 0))
            k = 0;
        var scalar = 0.0;
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
            scalar = Math.Max(scalar, largest[lane]);
        for (; k < matrix.Length; k++)
        {
            if (!double.IsFinite(matrix[k]))
                Require.Fail($"[{operation}] got {matrix[k]} at ({k / size},{k % size}); expected finite values");
            scalar = Math.Max(scalar, Math.Abs(matrix[k]));
        }
        return scalar;
    }

    /// <summary>Writes one tile of (A + Aᵀ)/2 and its mirror image; gives the largest of |aᵢⱼ − aⱼᵢ| in the tile, and their squares' sum over both.</summary>
    /// <remarks>Mirrored columns are read and written in tiles that stay in cache, arithmetic is on rows.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Largest, double Squares) Average(
        ReadOnlySpan<double> matrix,
        Span<double> values,
        int size,
        int row,
        int column,
        double first,
        double second
    )
    {
        // What a tile at the edge leaves empty is zero in both, as locals are.
        Span<double> lower = stackalloc double[Tile * Tile];
        Span<double> upper = stackalloc double[Tile * Tile];
        var (rows, columns) = (Math.Min(Tile, size - row), Math.Min(Tile, size - column));
        for (var i = 0; i < rows; i++)
            matrix.Slice(((row + i) * size) + column, columns).CopyTo(lower[(i * Tile)..]);
        for (var j = 0; j < columns; j++)
        {
            var mirrored = matrix.Slice(((column + j) * size) + row, rows);
            for (var i = 0; i < mirrored.Length; i++)
                upper[(i * Tile) + j] = mirrored[i];
        }
        var (largest, squares) = (Vector256<double>.Zero, Vector256<double>.Zero);
        for (var k = 0; k < rows * Tile; k += Vector256<double>.Count)
        {
            var (x, y) = (Vector256.Create<double>(lower[k..]) * first * second, Vector256.Create<double>(upper[k..]) * first * second);
            var difference = Vector256.Abs(x - y);
            largest = Vector256.MaxNative(largest, difference);
            squares += difference * difference;
            (0.5 * (x + y)).CopyTo(lower[k..]);
        }
        for (var i = 0; i < rows; i++)
            lower.Slice(i * Tile, columns).CopyTo(values[(((row + i) * size) + column)..]);
        for (var j = 0; j < columns; j++)
        {
            var mirrored = values.Slice(((column + j) * size) + row, rows);
            for (var i = 0; i < mirrored.Length; i++)
                mirrored[i] = lower[(i * Tile) + j];
        }
        var worst = 0.0;
        for (var lane = 0; lane < Vector256<double>.Count; lane++)
            worst = Math.Max(worst, largest[lane]);
        return (worst, Vector256.Sum(squares) * (row == column ? 1 : 2));
    }

    private static void FailAsymmetric(string operation, ReadOnlySpan<double> matrix, int size, double largest)
    {
        var (worst, row, column) = (-1.0, 0, 0);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++)
            {
                // Halves, which cannot overflow.
                var difference = Math.Abs((0.5 * matrix[(i * size) + j]) - (0.5 * matrix[(j * size) + i]));
                if (difference > worst)
                    (worst, row, column) = (difference, i, j);
            }
        }
        Require.Fail(
            $"[{operation}] got {matrix[(row * size) + column]} at ({row},{column}) and {matrix[(column * size) + row]} at ({column},{row}); expected a symmetric matrix, to {Tolerance} of its largest element {largest}; SymmetricMatrix.Symmetrize makes one of what differs by more than rounding"
        );
    }
}
