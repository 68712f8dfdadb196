using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>The symmetric cotangent of A from that of its Cholesky factor: the symmetric part of L⁻ᵀ·Φ(Lᵀ·G)·L⁻¹ for the lower triangles L and G, Φ halving the diagonal.</summary>
/// <remarks>The reverse of a blocked left-looking factorization, block by block from the end: some n³/3 multiply-adds, twice the factorization's (Murray 2016, section 4).</remarks>
internal sealed unsafe class CholeskyPullbackKernel<T> : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Inner = 16;
    private const int Outer = 64;

    private static readonly T Half = T.CreateTruncating(0.5);

    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes)
    {
        var size = sizes[0].Rows;
        var block = Math.Min(size, Outer);
        return (2 * block * size)
            + (block * block)
            + Math.Max(TriangularSolution<T>.ScratchSize(block, size), MatrixProduct<T>.MostScratch(size, size, size));
    }

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var size = x.First.Rows;
        fixed (
            T* l = &x.First.Element,
                g = &x.Second.Element,
                y = result
        )
        {
            var (from, to) = (new MatrixPointer<T>(g, x.Second.Row, x.Second.Column), new MatrixPointer<T>(y, size, 1));
            from.CopyTo(to, size, size);
            Reverse(new(l, x.First.Row, x.First.Column), to, size, scratch);
            SymmetricHalves<T>.Share(to, size);
        }
    }

    /// <summary>G ← the cotangent of the lower triangle that L was factored from; what is above G's diagonal is not read, and written over.</summary>
    private static void Reverse(MatrixPointer<T> l, MatrixPointer<T> g, int size, Span<T> scratch)
    {
        if (size <= Inner)
        {
            Unblocked(l, g, size);
            return;
        }
        var block = size <= 2 * Outer ? Inner : Outer;
        for (var start = (size - 1) / block * block; start >= 0; start -= block)
        {
            // [R D] is the block's rows, [B C] those below.
            var width = Math.Min(block, size - start);
            var (below, rows) = (start + width, size - start - width);
            var (diagonal, target) = (l.From(start, start), g.From(start, start));
            fixed (T* free = scratch)
            {
                // C̄ ← C̄·D⁻¹, as rows of its transpose.
                var across = new MatrixPointer<T>(free, rows, 1);
                var panel = g.From(below, start);
                var rest = scratch[(width * rows)..];
                panel.Transposed.CopyTo(across, width, rows);
                TriangularSolution<T>.Upper(diagonal.Transposed, across, width, rows, unit: false, rest);
                across.Transposed.CopyTo(panel, rows, width);
                across.NegateTo(across, width, rows);
                // B̄ ← B̄ − C̄·R, R̄ ← R̄ − C̄ᵀ·B, D̄ ← D̄ − C̄ᵀ·C.
                MatrixPointer<T>.AddProduct(across.Transposed, l.From(start, 0), g.From(below, 0), rows, width, start, rest);
                MatrixPointer<T>.AddProduct(across, l.From(below, 0), g.From(start, 0), width, rows, start, rest);
                MatrixPointer<T>.AddProduct(across, l.From(below, start), target, width, rows, width, rest);
            }
            Reverse(diagonal, target, width, scratch);
            fixed (T* free = scratch)
            {
                // R̄ ← R̄ − (D̄ + D̄ᵀ)·R.
                var both = new MatrixPointer<T>(free, width, 1);
                for (nint i = 0; i < width; i++)
                {
                    for (nint j = 0; j <= i; j++)
                        both[i, j] = both[j, i] = -(i == j ? target[i, i] + target[i, i] : target[i, j]);
                }
                var rest = scratch[(width * width)..];
                MatrixPointer<T>.AddProduct(both, l.From(start, 0), g.From(start, 0), width, width, start, rest);
            }
        }
    }

    /// <summary>The same for a few rows, column by column from the last.</summary>
    private static void Unblocked(MatrixPointer<T> l, MatrixPointer<T> g, int size)
    {
        for (nint j = size - 1; j >= 0; j--)
        {
            var pivot = l[j, j];
            for (nint i = j + 1; i < size; i++)
            {
                g[j, j] -= l[i, j] * g[i, j] / pivot;
                g[i, j] /= pivot;
            }
            g[j, j] /= pivot;
            for (nint k = 0; k < j; k++)
            {
                var sum = g[j, j] * l[j, k];
                for (nint i = j + 1; i < size; i++)
                {
                    sum = T.FusedMultiplyAdd(g[i, j], l[i, k], sum);
                    g[i, k] = T.FusedMultiplyAdd(-g[i, j], l[j, k], g[i, k]);
                }
                g[j, k] -= sum;
            }
            g[j, j] *= Half;
        }
    }
}
