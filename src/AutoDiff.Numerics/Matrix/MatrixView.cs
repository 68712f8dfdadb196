namespace AutoDiff.Numerics;

/// <summary>A view of a matrix in an array: element (i, j) at <c>Start + i·Row + j·Column</c>.</summary>
internal readonly record struct MatrixView(double[] Data, int Start, int Row, int Column)
{
    /// <summary>The view from element (i, j) on.</summary>
    public MatrixView From(int i, int j) => this with { Start = Start + (i * Row) + (j * Column) };
}
