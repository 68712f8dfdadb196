using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>Eigenvalues and eigenvectors of a symmetric matrix held in memory, in double precision.</summary>
/// <remarks>
/// Blocked Householder tridiagonalization (Dongarra, Sorensen, Hammarling 1989); the values by QL without square roots (Pal, Walker, Kahan), the vectors by divide
/// and conquer (Cuppen 1981; Gu, Eisenstat 1995). About 2/3·n³ multiply-adds for the values, and for all vectors at most 2/3·n³ to find them, n³ to turn them back and
/// n³ for their residuals. The matrix is scaled by a power of two first, so that no square overflows or underflows. Threads share the matrix products (half of the
/// reduction, and nearly all that the vectors take), and the values are found beside the vectors; the other half of the reduction, products of what is left of the matrix
/// with one vector after another, and QL run on one. The same matrix gives the same bits, whatever the number of threads.
/// </remarks>
public static class SymmetricEigen
{
    /// <summary>All eigenvalues of <paramref name="matrix"/> [size, size], row-major, and, if asked for, all eigenvectors.</summary>
    /// <param name="matrix">The elements, row by row; what differs from its mirror image by rounding is replaced by the mean.</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="vectors">Whether to compute the eigenvectors.</param>
    /// <param name="threads">How many threads may share the work; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The matrix is not square, holds NaN or ∞, or differs from its transpose by more than 1e-8 of its largest element; or there is not at least one thread.</exception>
    public static EigenDecomposition Decompose(
        ReadOnlySpan<double> matrix,
        int size,
        bool vectors = true,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        Require.Positive("SymmetricEigen", "a number of threads of", threads);
        var input = SymmetricInput.Read("SymmetricEigen", matrix, size);
        threads = SymmetricMatrix.Threads(size, threads);
        return vectors ? Full(input, size, threads, cancellation) : Selected(input, size, [], threads, cancellation);
    }

    /// <summary>All eigenvalues of <paramref name="matrix"/> [size, size], row-major, and the eigenvectors of those at <paramref name="indices"/>.</summary>
    /// <param name="matrix">The elements, row by row; what differs from its mirror image by rounding is replaced by the mean.</param>
    /// <param name="size">The number n of rows and of columns.</param>
    /// <param name="indices">Places in ascending order, in any order and without repeats: 0 is the most negative eigenvalue, −1 the largest, −2 the one below it.</param>
    /// <param name="threads">How many threads may share the work; the result does not depend on it.</param>
    /// <param name="cancellation">Stops the work with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// Inverse iteration on the tridiagonal matrix and back transformation: O(n²) a vector, and O(n·k²) to keep k vectors orthogonal. Where the residuals are not
    /// at the level of rounding, or k exceeds n/4, the whole decomposition is computed instead.
    /// </remarks>
    /// <exception cref="ArgumentException">An index is out of range or repeated, or the matrix is not as for <see cref="Decompose"/>.</exception>
    public static EigenDecomposition Pairs(
        ReadOnlySpan<double> matrix,
        int size,
        ReadOnlySpan<int> indices,
        int threads = 1,
        CancellationToken cancellation = default
    )
    {
        Require.Positive("SymmetricEigen", "a number of threads of", threads);
        var input = SymmetricInput.Read("SymmetricEigen", matrix, size);
        threads = SymmetricMatrix.Threads(size, threads);
        var places = Places(indices, size);
        if (places.Length <= size / 4 || places.Length == 0 || size < 4)
        {
            var result = Selected(input, size, places, threads, cancellation);
            var limit = input.UnscaleBound(10 * Backward(input, size));
            if (places.All(place => result.ErrorBounds[place] <= limit))
                return result;
        }
        return Restrict(Full(input, size, threads, cancellation), places);
    }

    private static int[] Places(ReadOnlySpan<int> indices, int size)
    {
        var places = new int[indices.Length];
        for (var k = 0; k < places.Length; k++)
        {
            if (indices[k] < -size || indices[k] >= size)
                Require.Fail($"[SymmetricEigen.Pairs] got index {indices[k]}; expected {-size} to {size - 1}");
            places[k] = indices[k] < 0 ? indices[k] + size : indices[k];
        }
        Array.Sort(places);
        for (var k = 1; k < places.Length; k++)
        {
            if (places[k] == places[k - 1])
                Require.Fail($"[SymmetricEigen.Pairs] got index {places[k]} twice; expected distinct indices");
        }
        return places;
    }

    private static EigenDecomposition Full(SymmetricInput input, int n, int threads, CancellationToken cancellation)
    {
        var reduced = Tridiagonal.Reduce(input.Values, n, threads, cancellation);
        // The vectors' way overwrites the diagonal.
        var (diagonal, offDiagonal) = ((double[])reduced.Diagonal.Clone(), reduced.OffDiagonal);
        (double[] Values, bool Done) Values() => RootFreeQl.Values(diagonal, offDiagonal, cancellation);
        var beside = threads > 1 ? Task.Run(Values, CancellationToken.None) : null;
        var (vectors, found) = DivideAndConquer.Vectors(reduced.Diagonal, offDiagonal, threads, cancellation);
        var (values, done) = beside?.GetAwaiter().GetResult() ?? Values();
        reduced.Back(vectors, threads, cancellation);
        cancellation.ThrowIfCancellationRequested();
        return Result(input, values, vectors, Enumerable.Range(0, n).ToArray(), done && found, threads);
    }

    private static EigenDecomposition Selected(SymmetricInput input, int n, int[] places, int threads, CancellationToken cancellation)
    {
        var reduced = Tridiagonal.Reduce(input.Values, n, threads, cancellation);
        var (values, done) = RootFreeQl.Values(reduced.Diagonal, reduced.OffDiagonal, cancellation);
        if (places.Length == 0)
            return Result(input, values, [], places, done, threads);
        var chosen = Array.ConvertAll(places, place => values[place]);
        var vectors = InverseIteration.Vectors(reduced.Diagonal, reduced.OffDiagonal, chosen, cancellation);
        Parallel.For(
            0,
            places.Length,
            new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
            k => reduced.Back(vectors.AsSpan(k * n, n))
        );
        return Result(input, values, vectors, places, done, threads);
    }

    private static EigenDecomposition Result(SymmetricInput input, double[] values, double[] vectors, int[] places, bool done, int threads)
    {
        var n = values.Length;
        var bounds = new double[n];
        Array.Fill(bounds, input.UnscaleBound(Backward(input, n)));
        var rounding = n == 0 ? 0 : n * Roundoff.Epsilon * Math.Max(Math.Abs(values[0]), Math.Abs(values[n - 1]));
        var residuals = new double[vectors.Length];
        if (places.Length > 0)
            Products.Set(new(vectors, 0, n, 1), new(input.Values, 0, n, 1), new(residuals, 0, n, 1), places.Length, n, n, threads);
        for (var k = 0; k < places.Length; k++)
        {
            var v = vectors.AsSpan(k * n, n);
            var residual = residuals.AsSpan(k * n, n);
            VectorLoops.AddScaled(-values[places[k]], v, residual);
            bounds[places[k]] = input.UnscaleBound((VectorLoops.Norm(residual) / VectorLoops.Norm(v)) + rounding + input.Asymmetry);
            TurnPositive(v);
        }
        for (var i = 0; i < n; i++)
        {
            values[i] = input.Unscale(values[i]);
            if (double.IsInfinity(values[i]))
                bounds[i] = double.PositiveInfinity;
        }
        return new()
        {
            Eigenvalues = ImmutableCollectionsMarshal.AsImmutableArray(values),
            ErrorBounds = ImmutableCollectionsMarshal.AsImmutableArray(bounds),
            Vectors = ImmutableCollectionsMarshal.AsImmutableArray(vectors),
            Indices = ImmutableCollectionsMarshal.AsImmutableArray(places),
            Converged = done,
        };
    }

    private static double Backward(SymmetricInput input, int n) => (Math.Max(n, 10) * Roundoff.Epsilon * input.Frobenius) + input.Asymmetry;

    private static void TurnPositive(Span<double> v)
    {
        var largest = 0.0;
        foreach (var value in v)
            largest = Math.Abs(value) > Math.Abs(largest) ? value : largest;
        if (largest < 0)
            VectorLoops.Scale(-1, v);
    }

    private static EigenDecomposition Restrict(EigenDecomposition all, int[] places)
    {
        var vectors = ImmutableArray.CreateBuilder<double>(places.Length * all.Size);
        foreach (var place in places)
            vectors.AddRange(all.Vectors.AsSpan().Slice(place * all.Size, all.Size));
        return all with { Vectors = vectors.MoveToImmutable(), Indices = ImmutableCollectionsMarshal.AsImmutableArray(places) };
    }
}
