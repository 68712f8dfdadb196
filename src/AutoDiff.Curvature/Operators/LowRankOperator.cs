using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>The symmetric operator diag(d) + Uᵀ·C·U of r vectors, the rows of U [r, n], and a symmetric C [r, r]: a product costs O(nr).</summary>
/// <remarks>Inverse and determinant are those of an r × r matrix, where no element of d is 0 (Woodbury 1950; Sylvester 1851).</remarks>
public sealed class LowRankOperator : LinearOperator
{
    private readonly double[] _diagonal;
    private readonly double[] _vectors;
    private readonly double[] _core;

    private LowRankOperator(double[] diagonal, double[] vectors, double[] core, int rank)
        : base(diagonal.Length) => (_diagonal, _vectors, _core, Rank) = (diagonal, vectors, core, rank);

    /// <summary>The number r of vectors.</summary>
    public int Rank { get; }

    /// <summary>The diagonal d [n].</summary>
    public ImmutableArray<double> Diagonal => ImmutableCollectionsMarshal.AsImmutableArray(_diagonal);

    /// <summary>The vectors U [r, n], a vector a row.</summary>
    public ImmutableArray<double> Vectors => ImmutableCollectionsMarshal.AsImmutableArray(_vectors);

    /// <summary>C [r, r].</summary>
    public ImmutableArray<double> Core => ImmutableCollectionsMarshal.AsImmutableArray(_core);

    /// <summary>The operator diag(d) + Uᵀ·C·U, its parts copied.</summary>
    /// <param name="diagonal">d [n].</param>
    /// <param name="vectors">U [r, n], a vector a row, of any lengths and angles.</param>
    /// <param name="rank">The number r of vectors.</param>
    /// <param name="core">C [r, r], symmetric, or its diagonal [r], as eigenvalues to eigenvectors.</param>
    /// <exception cref="ArgumentException">A part has another size or more elements than an array can have, an element is not finite, or C is not symmetric.</exception>
    public static LowRankOperator Of(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> vectors, int rank, ReadOnlySpan<double> core)
    {
        Require.That(rank >= 0, $"[LowRankOperator] got rank {rank}; expected at least 0");
        Require.Length("LowRankOperator", "vectors", vectors.Length, (long)rank * diagonal.Length);
        Require.That(
            (long)rank * rank <= Array.MaxLength,
            $"[LowRankOperator] got rank {rank}, a core of {(long)rank * rank} elements; expected no more than {Array.MaxLength}"
        );
        Require.Finite("LowRankOperator", "the diagonal", diagonal);
        Require.Finite("LowRankOperator", "the vectors", vectors);
        var square = core.ToArray();
        if (core.Length == rank)
        {
            square = new double[rank * rank];
            for (var i = 0; i < rank; i++)
                square[i * (rank + 1)] = core[i];
        }
        return new(diagonal.ToArray(), vectors.ToArray(), SymmetricMatrix.Checked("LowRankOperator", square, rank), rank);
    }

    /// <summary>The inverse, diag(1/d) − VᵀKV with V = U·diag(1/d), K = (I + C·G)⁻¹·C and G = V·Uᵀ: O(nr² + r³).</summary>
    /// <remarks>
    /// <see cref="Outcome.Breakdown"/> and no operator where I + C·G, and so the operator, is singular to rounding, or the inverse overflows. The measure is
    /// ‖A·A⁻¹b − b‖₂ ⁄ ‖b‖₂ for a random b: where d is small beside the rest, the two parts of a product cancel, and it says what they leave.
    /// </remarks>
    /// <exception cref="InvalidOperationException">An element of d is 0: add a shift.</exception>
    public Solution<LowRankOperator?> Inverse()
    {
        RequireDiagonal("Inverse");
        var (system, vectors) = Reduced();
        var core = system.Solve(_core, Rank);
        SymmetricMatrix.Symmetrize(core, Rank);
        VectorLoops.Scale(-1, core);
        var diagonal = Array.ConvertAll(_diagonal, d => 1 / d);
        var isFinite = double.IsFinite(VectorLoops.Largest(core) + VectorLoops.Largest(diagonal) + VectorLoops.Largest(vectors));
        if (!isFinite || !(system.ReciprocalCondition > Rank * Roundoff.Epsilon))
            return End(null, Outcome.Breakdown, double.NaN, 0);
        var inverse = new LowRankOperator(diagonal, vectors, core, Rank);
        var b = Key.Of(0).Normal([Size]).ToArray();
        var residual = Apply(inverse.Apply(b).AsSpan()).ToArray();
        VectorLoops.AddScaled(-1, b, residual);
        var size = VectorLoops.Norm(b);
        return End(inverse, Outcome.Converged, size == 0 ? 0 : VectorLoops.Norm(residual) / size, 1);
    }

    /// <summary>ln |det A| and the determinant's sign, from det A = ∏dᵢ · det(I + C·G), see <see cref="Inverse"/>; (−∞, 0) where it is 0.</summary>
    /// <exception cref="InvalidOperationException">An element of d is 0: add a shift.</exception>
    public (double LogAbsolute, int Sign) LogDeterminant()
    {
        RequireDiagonal("LogDeterminant");
        var (sum, sign) = Reduced().Factors.LogDeterminant;
        foreach (var d in _diagonal)
        {
            sum += Math.Log(Math.Abs(d));
            sign *= Math.Sign(d);
        }
        return (sum, sign);
    }

    /// <inheritdoc/>
    protected override void Product(ReadOnlySpan<double> x, Span<double> y)
    {
        // Products take memory, which a span is not.
        using var from = new Rented(Size);
        using var to = new Rented(Size);
        x.CopyTo(from.Span);
        Multiply(from.Memory, to.Memory, 1, 1);
        to.Span.CopyTo(y);
    }

    /// <inheritdoc/>
    protected override void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Multiply(x, y, count, options.Threads);

    private void Multiply(ReadOnlyMemory<double> x, Memory<double> y, int count, int threads)
    {
        using var along = new Rented(count * Rank);
        using var weighted = new Rented(count * Rank);
        Products.MultiplyTransposed(x, _vectors, along.Memory, count, Size, Rank, threads);
        Products.Multiply(along.Memory, _core, weighted.Memory, count, Rank, Rank);
        Products.Multiply(weighted.Memory, _vectors, y, count, Rank, Size, threads);
        for (var row = 0; row < count; row++)
        {
            var from = x.Span.Slice(row * Size, Size);
            var to = y.Span.Slice(row * Size, Size);
            for (var i = 0; i < to.Length; i++)
                to[i] = Math.FusedMultiplyAdd(_diagonal[i], from[i], to[i]);
        }
    }

    /// <summary>I + C·G, factored, and V.</summary>
    private (SmallSystem Factors, double[] Vectors) Reduced()
    {
        var vectors = (double[])_vectors.Clone();
        for (var i = 0; i < vectors.Length; i++)
            vectors[i] /= _diagonal[i % Size];
        var (gram, matrix) = (new double[Rank * Rank], new double[Rank * Rank]);
        Products.MultiplyTransposed(vectors, _vectors, gram, Rank, Size, Rank);
        Products.Multiply(_core, gram, matrix, Rank, Rank, Rank);
        for (var i = 0; i < Rank; i++)
            matrix[i * (Rank + 1)] += 1;
        return (new(matrix, Rank), vectors);
    }

    private void RequireDiagonal(string operation)
    {
        var zero = Array.IndexOf(_diagonal, 0.0);
        if (zero >= 0)
            throw new InvalidOperationException($"[LowRankOperator.{operation}] got 0 at position {zero} of the diagonal; expected none");
    }

    private static Solution<LowRankOperator?> End(LowRankOperator? inverse, Outcome outcome, double measure, int products) =>
        new()
        {
            Value = inverse,
            Outcome = outcome,
            Iterations = 0,
            Products = products,
            Measure = measure,
        };
}
