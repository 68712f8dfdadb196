using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>The cofactors ∂ det A ⁄ ∂A of (A's factors, A): det A · A⁻ᵀ, and of singular matrices what that tends to.</summary>
/// <remarks>
/// A pivot that is 0 takes a factorization with complete pivoting, which finds the rank: 0 where it is below n − 1, else the product of a vector of the null
/// space on either side.
/// </remarks>
internal sealed unsafe class CofactorKernel<T> : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DeterminantKernel<T> _determinant = new(logarithm: false);
    private readonly LuSolutionKernel<T> _solution = new(transposed: true);

    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes) =>
        (sizes[1].Rows * sizes[1].Rows) + _solution.ScratchSize([sizes[0], sizes[1], sizes[1]]);

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var size = x.First.Rows;
        if (size == 0)
            return;
        fixed (
            T* f = &x.First.Element,
                a = &x.Second.Element
        )
        {
            var factors = new MatrixPointer<T>(f, x.First.Row, x.First.Column);
            for (nint i = 0; i < size; i++)
            {
                if (factors[i, i] == T.Zero)
                {
                    OfSingular(new(a, x.Second.Row, x.Second.Column), size, result);
                    return;
                }
            }
        }
        _determinant.Run(in x, result, scratch);
        var determinant = result[0];
        var unit = scratch[..(size * size)];
        unit.Clear();
        for (var i = 0; i < size; i++)
            unit[i * (size + 1)] = determinant;
        var operands = new MatrixOperands<T>
        {
            First = x.First,
            Second = x.Second,
            Third = new(ref unit[0], size, size, size, 1),
        };
        _solution.Run(in operands, result, scratch[(size * size)..]);
    }

    private static void OfSingular(MatrixPointer<T> a, int size, Span<T> result)
    {
        result.Clear();
        var values = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                values[(i * size) + j] = double.CreateTruncating(a[i, j]);
        }
        if (CompleteLu.NullVectors(values, size) is not var (determinant, left, right))
            return;
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
                result[(i * size) + j] = T.CreateTruncating(determinant * left[i] * right[j]);
        }
    }
}
