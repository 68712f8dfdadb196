namespace AutoDiff.Numerics;

/// <summary>Eigenvectors of a symmetric tridiagonal matrix by divide and conquer.</summary>
/// <remarks>
/// Cuppen 1981; Gu, Eisenstat 1995; LAPACK's dstedc. T is two tridiagonal matrices and a matrix of rank one; from the halves' eigenvectors come those of
/// T by one <see cref="RankOneMerge"/>. Nearly all work is in matrix products, at most 2/3·n³ multiply-adds and much less where eigenvalues cluster.
/// </remarks>
internal sealed class DivideAndConquer
{
    /// <summary>The size up to which QL with rotations is faster.</summary>
    private const int Leaf = 32;

    private readonly double[] _e;
    private readonly RankOneMerge _merge;
    private readonly CancellationToken _cancellation;

    private DivideAndConquer(double[] d, double[] e, int threads, CancellationToken cancellation) =>
        (_e, _merge, _cancellation) = (e, new(d, d.Length > Leaf, threads, cancellation), cancellation);

    /// <summary>The eigenvectors [n, n] of T, row by row in ascending order of their eigenvalues; overwrites the diagonal <paramref name="d"/>.</summary>
    public static (double[] Vectors, bool Done) Vectors(double[] d, double[] e, int threads, CancellationToken cancellation)
    {
        var work = new DivideAndConquer(d, e, threads, cancellation);
        var done = work.Solve(0, d.Length);
        return (work._merge.Sorted(), done);
    }

    private bool Solve(int start, int size)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (size <= Leaf)
            return _merge.Leaf(start, _e.AsSpan(start, Math.Max(size - 1, 0)), size);
        var first = size / 2;
        var coupling = _e[start + first - 1];
        _merge.Cut(start + first, Math.Abs(coupling));
        return Solve(start, first) & Solve(start + first, size - first) & _merge.Join(start, first, size - first, coupling);
    }
}
