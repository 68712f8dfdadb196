namespace AutoDiff.Numerics;

/// <summary>A symmetric change LᵀR of a matrix that is not made in it until it has many rows, when it is one matrix product.</summary>
internal sealed class LowRankUpdate(int capacity, int length, int threads)
{
    private readonly double[] _left = new double[capacity * length];
    private readonly double[] _right = new double[capacity * length];
    private readonly double[] _factors = new double[capacity];

    /// <summary>The number of rows of L and of R.</summary>
    public int Count { get; private set; }

    /// <summary>Row k of L; rows from <see cref="Count"/> on are there to be written.</summary>
    public Span<double> Left(int k) => _left.AsSpan(k * length, length);

    /// <summary>Row k of R.</summary>
    public Span<double> Right(int k) => _right.AsSpan(k * length, length);

    /// <summary>Takes in the next <paramref name="count"/> rows, which have been written.</summary>
    public void Append(int count) => Count += count;

    /// <summary>Makes the change in row <paramref name="r"/>, from column 0 on.</summary>
    public void AddRow(int r, Span<double> row)
    {
        for (var k = 0; k < Count; k++)
            _factors[k] = _right[(k * length) + r];
        RowSums.Add(_factors.AsSpan(0, Count), _left, length, row);
    }

    /// <summary>y ← y + LᵀRx.</summary>
    public void Multiply(ReadOnlySpan<double> x, Span<double> y)
    {
        RowSums.Dots(_right, length, x, _factors.AsSpan(0, Count));
        RowSums.Add(_factors.AsSpan(0, Count), _left, length, y);
    }

    /// <summary>Exchanges rows and columns i and j of what is changed.</summary>
    public void Exchange(int i, int j)
    {
        for (var k = 0; k < Count; k++)
        {
            var left = Left(k);
            var right = Right(k);
            (left[i], left[j]) = (left[j], left[i]);
            (right[i], right[j]) = (right[j], right[i]);
        }
    }

    /// <summary>Makes the change in the leading <paramref name="n"/> rows, the lower triangle and the blocks of four on the diagonal, and forgets it.</summary>
    public void Flush(double[] matrix, int stride, int n)
    {
        Products.AddLower(new(_left, 0, 1, length), new(_right, 0, length, 1), new(matrix, 0, stride, 1), n, Count, threads);
        Count = 0;
    }
}
