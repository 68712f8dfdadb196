namespace AutoDiff;

/// <summary>A matrix row by row, for the plainest loops.</summary>
internal readonly struct PlainMatrix(double[] elements, int rows, int columns)
{
    /// <summary>Zeros.</summary>
    public PlainMatrix(int rows, int columns)
        : this(new double[rows * columns], rows, columns) { }

    public double[] Elements => elements;

    public int Rows => rows;

    public int Columns => columns;

    public double this[int i, int j]
    {
        get => elements[(i * columns) + j];
        set => elements[(i * columns) + j] = value;
    }

    /// <summary>The elements of a row.</summary>
    public IEnumerable<double> Row(int i)
    {
        for (var j = 0; j < columns; j++)
            yield return this[i, j];
    }

    /// <summary>The elements of a column.</summary>
    public IEnumerable<double> Column(int j)
    {
        for (var i = 0; i < rows; i++)
            yield return this[i, j];
    }
}
