using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A⁻¹·B or A⁻ᵀ·B of (A's factors, A, B): see <see cref="LuKernel{T}"/>; A itself is not read.</summary>
internal sealed unsafe class LuSolutionKernel<T>(bool transposed) : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes) =>
        TriangularSolution<T>.ScratchSize(sizes[2].Rows, sizes[2].Columns);

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var (size, columns) = (x.Third.Rows, x.Third.Columns);
        fixed (
            T* f = &x.First.Element,
                b = &x.Third.Element,
                c = result
        )
        {
            var (factors, y) = (new MatrixPointer<T>(f, x.First.Row, x.First.Column), new MatrixPointer<T>(c, columns, 1));
            new MatrixPointer<T>(b, x.Third.Row, x.Third.Column).CopyTo(y, size, columns);
            if (transposed)
            {
                TriangularSolution<T>.Lower(factors.Transposed, y, size, columns, unit: false, scratch);
                TriangularSolution<T>.Upper(factors.Transposed, y, size, columns, unit: true, scratch);
                for (var i = size - 1; i >= 0; i--)
                    y.Exchange(i, Pivot(factors, i, size), columns);
                return;
            }
            for (var i = 0; i < size; i++)
                y.Exchange(i, Pivot(factors, i, size), columns);
            TriangularSolution<T>.Lower(factors, y, size, columns, unit: true, scratch);
            TriangularSolution<T>.Upper(factors, y, size, columns, unit: false, scratch);
        }
    }

    /// <summary>The row that row i was exchanged with, within the matrix whatever the factors hold.</summary>
    private static int Pivot(MatrixPointer<T> factors, int i, int size) =>
        Math.Clamp(int.CreateSaturating(T.Round(factors[i, size])), i, size - 1);
}
