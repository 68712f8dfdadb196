using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>A view of a matrix in memory: element (i, j) at <c>Start + i·Row + j·Column</c>.</summary>
internal readonly record struct MatrixView(Memory<double> Data, int Start, int Row, int Column)
{
    /// <summary>The first element.</summary>
    public ref double Element => ref MemoryMarshal.GetReference(Data.Span[Start..]);

    /// <summary>The view from element (i, j) on.</summary>
    public MatrixView From(int i, int j) => this with { Start = Start + (i * Row) + (j * Column) };
}
