using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>A linear map A from ℝⁿ to ℝᵐ, known by its products with vectors, one at a time or a block at once; symmetric or not.</summary>
/// <remarks>
/// <para>Symmetry is the implementer's promise. Operators are immutable and reentrant: many threads may apply one at once.</para>
/// <para>
/// Matrices have one form everywhere: their elements row by row. A block of k vectors is such a matrix [k, n], a vector a row; a matrix of the operator is [m, n]. They
/// are handed in as spans or memory with their size, and handed out as arrays of the caller's own; records hold them as immutable arrays.
/// </para>
/// <para>Operators made of others hold no matrix: a product costs those of the parts and passes over vectors, on arrays from a pool.</para>
/// </remarks>
public abstract partial class LinearOperator
{
    private const int MostRows = 64;

    private LinearOperator? _transpose;

    /// <summary>A symmetric operator on vectors of <paramref name="size"/> elements.</summary>
    /// <exception cref="ArgumentException">The size is negative.</exception>
    protected LinearOperator(int size)
        : this(size, size, isSymmetric: true) { }

    /// <summary>An operator from vectors of <paramref name="columns"/> elements to vectors of <paramref name="rows"/>.</summary>
    /// <exception cref="ArgumentException">A size is negative, or an operator said to be symmetric is not square.</exception>
    protected LinearOperator(int rows, int columns, bool isSymmetric)
    {
        Require.That(rows >= 0, $"[LinearOperator] got {rows} rows; expected at least 0");
        Require.That(columns >= 0, $"[LinearOperator] got {columns} columns; expected at least 0");
        Require.That(
            !isSymmetric || rows == columns,
            $"[LinearOperator] got {rows} rows and {columns} columns of a symmetric operator; expected as many"
        );
        (Rows, Size, IsSymmetric) = (rows, columns, isSymmetric);
    }

    /// <summary>The number m of elements of its products; n where it is square.</summary>
    public int Rows { get; }

    /// <summary>The number n of elements of the vectors it maps.</summary>
    public int Size { get; }

    /// <summary>Whether A = Aᵀ.</summary>
    public bool IsSymmetric { get; }

    /// <summary>Writes the product with <paramref name="x"/> [n] to <paramref name="y"/> [m].</summary>
    /// <exception cref="ArgumentException">A vector has another length, or the two share memory.</exception>
    public void Apply(ReadOnlySpan<double> x, Span<double> y)
    {
        Require.Length("LinearOperator.Apply", "a vector x", x.Length, Size);
        Require.Length("LinearOperator.Apply", "a vector y", y.Length, Rows);
        Require.That(!x.Overlaps(y), $"[LinearOperator.Apply] got vectors x and y that share memory; expected separate ones");
        Product(x, y);
    }

    /// <summary>The product with <paramref name="x"/> [n], as a new vector [m].</summary>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public ImmutableArray<double> Apply(ReadOnlySpan<double> x)
    {
        var y = new double[Rows];
        Apply(x, y);
        return ImmutableCollectionsMarshal.AsImmutableArray(y);
    }

    /// <summary>Writes the products with the rows of <paramref name="x"/> [k, n] to the rows of <paramref name="y"/> [k, m].</summary>
    /// <param name="x">k vectors, one after another.</param>
    /// <param name="y">Room for their products.</param>
    /// <param name="count">The number k of vectors.</param>
    /// <param name="options">Threads, which share the block, and cancellation.</param>
    /// <remarks>A row of the result depends on no other row and on no number of threads, bit for bit.</remarks>
    /// <exception cref="ArgumentException">There are not so many vectors in x or in y, or the two share memory.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void ApplyBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions? options = null)
    {
        Require.That(count >= 0, $"[LinearOperator.ApplyBlock] got {count} vectors; expected at least 0");
        Require.Length("LinearOperator.ApplyBlock", "a block x", x.Length, (long)count * Size);
        Require.Length("LinearOperator.ApplyBlock", "a block y", y.Length, (long)count * Rows);
        Require.That(!x.Span.Overlaps(y.Span), $"[LinearOperator.ApplyBlock] got blocks x and y that share memory; expected separate ones");
        options ??= new();
        options.Cancellation.ThrowIfCancellationRequested();
        if (count > 0 && Rows > 0)
            ProductBlock(x, y, count, options);
    }

    /// <summary>All elements [m, n], row by row: n products, of unit vectors, 64 at a time.</summary>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <remarks>A symmetric operator's products are taken for its rows, another's for its columns.</remarks>
    /// <exception cref="ArgumentException">There are more elements than an array can have, or than there is memory for; before any product is computed.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public virtual double[] ToMatrix(RunOptions? options = null)
    {
        options ??= new();
        var matrix = NewMatrix();
        var most = Math.Min(BlockRows.AtOnce(MostRows, Math.Max(Rows, Size)), Size);
        using var units = new Rented(most * Size);
        using var columns = new Rented(IsSymmetric ? 0 : most * Rows);
        units.Span.Clear();
        for (var start = 0; start < Size; start += most)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            var count = Math.Min(most, Size - start);
            UnitRows.Set(units.Span, 0, Size, start, count);
            var to = IsSymmetric ? matrix.AsMemory(start * Size, count * Size) : columns.Memory[..(count * Rows)];
            ApplyBlock(units.Memory[..(count * Size)], to, count, options.Part);
            UnitRows.Set(units.Span, 0, Size, start, count, value: 0);
            if (!IsSymmetric)
                MatrixMemory.SetColumns(to.Span, matrix, Size, start, count);
            options.Progress?.Report(new("matrix", (start + count) / (double)Size));
        }
        return matrix;
    }

    /// <summary>The transpose Aᵀ, from ℝᵐ to ℝⁿ: of a symmetric operator it is itself, and the transpose of a transpose is the operator it is of.</summary>
    /// <remarks>Where the operator does not say how to multiply by its transpose, products with it throw an <see cref="InvalidOperationException"/>.</remarks>
    public LinearOperator Transpose()
    {
        if (IsSymmetric)
            return this;
        if (Volatile.Read(ref _transpose) is { } known)
            return known;
        var transpose = Transposed();
        transpose._transpose = this;
        return Interlocked.CompareExchange(ref _transpose, transpose, null) ?? transpose;
    }

    /// <summary>Writes the product with x [n] to y [m]; both have the right length and share no memory; y holds anything beforehand.</summary>
    protected abstract void Product(ReadOnlySpan<double> x, Span<double> y);

    /// <summary>Writes the product of the transpose with x [m] to y [n], likewise; of a symmetric operator it is its own.</summary>
    /// <exception cref="InvalidOperationException">The operator is not symmetric and does not say how.</exception>
    protected virtual void TransposedProduct(ReadOnlySpan<double> x, Span<double> y)
    {
        if (!IsSymmetric)
            throw new InvalidOperationException(
                $"[LinearOperator.Transpose] {GetType().Name} has no transposed product; expected an operator that overrides TransposedProduct"
            );
        Product(x, y);
    }

    /// <summary>Writes the products with the k ≥ 1 rows of x [k, n] to the rows of y [k, m]; both have the right length and share no memory; m ≥ 1. One vector at a time unless overridden.</summary>
    /// <remarks>A row of the result must not depend on the others or on the number of threads.</remarks>
    protected virtual void ProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Work.Share(count, row => Product(x.Span.Slice(row * Size, Size), y.Span.Slice(row * Rows, Rows)), options);

    /// <summary>Writes the products of the transpose with the k ≥ 1 rows of x [k, m] to the rows of y [k, n], likewise; n ≥ 1. One vector at a time unless overridden.</summary>
    /// <exception cref="InvalidOperationException">The operator is not symmetric and does not say how.</exception>
    protected virtual void TransposedProductBlock(ReadOnlyMemory<double> x, Memory<double> y, int count, RunOptions options) =>
        Work.Share(count, row => TransposedProduct(x.Span.Slice(row * Rows, Rows), y.Span.Slice(row * Size, Size)), options);

    /// <summary>A new operator that is the transpose of this one, which is not symmetric.</summary>
    private protected virtual LinearOperator Transposed() => new TransposeOperator(this);

    /// <summary>Room for all elements.</summary>
    private protected double[] NewMatrix() => MatrixMemory.New(Rows, Size);

    /// <summary>The transposed product, for the operator that is the transpose.</summary>
    private protected static void ApplyTransposed(LinearOperator a, ReadOnlySpan<double> x, Span<double> y) => a.TransposedProduct(x, y);

    /// <summary>The transposed products with a block, likewise.</summary>
    private protected static void ApplyTransposedBlock(
        LinearOperator a,
        ReadOnlyMemory<double> x,
        Memory<double> y,
        int count,
        RunOptions options
    ) => a.TransposedProductBlock(x, y, count, options);
}
