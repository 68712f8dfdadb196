namespace AutoDiff.Numerics;

/// <summary>A matrix in memory: element (i, j) lies i·Row + j·Column elements behind the first, which is not checked.</summary>
public readonly ref struct StridedMatrix<T>
    where T : unmanaged
{
    internal readonly ref T Element;

    /// <summary>A matrix that begins at an element.</summary>
    public StridedMatrix(ref T element, int rows, int columns, nint row, nint column)
    {
        Element = ref element;
        (Rows, Columns, Row, Column) = (rows, columns, row, column);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The distance between rows.</summary>
    public nint Row { get; }

    /// <summary>The distance between columns.</summary>
    public nint Column { get; }
}

/// <summary>The matrices that a kernel reads: as many as it takes, the others empty.</summary>
public readonly ref struct MatrixOperands<T>
    where T : unmanaged
{
    /// <summary>The first.</summary>
    public StridedMatrix<T> First { get; init; }

    /// <summary>The second.</summary>
    public StridedMatrix<T> Second { get; init; }

    /// <summary>The third.</summary>
    public StridedMatrix<T> Third { get; init; }
}
