using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>T⁻¹·B for a triangle T of the first operand and B, the second: see <see cref="TriangularSolution{T}"/>.</summary>
internal sealed unsafe class TriangularKernel<T>(bool upper, bool unit) : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes) =>
        TriangularSolution<T>.ScratchSize(sizes[1].Rows, sizes[1].Columns);

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var (size, columns) = (x.Second.Rows, x.Second.Columns);
        fixed (
            T* a = &x.First.Element,
                b = &x.Second.Element,
                c = result
        )
        {
            var (matrix, y) = (new MatrixPointer<T>(a, x.First.Row, x.First.Column), new MatrixPointer<T>(c, columns, 1));
            new MatrixPointer<T>(b, x.Second.Row, x.Second.Column).CopyTo(y, size, columns);
            if (upper)
                TriangularSolution<T>.Upper(matrix, y, size, columns, unit, scratch);
            else
                TriangularSolution<T>.Lower(matrix, y, size, columns, unit, scratch);
        }
    }
}
