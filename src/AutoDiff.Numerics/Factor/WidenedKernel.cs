using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AutoDiff.Numerics;

/// <summary>A matrix row by row.</summary>
internal readonly ref struct DoubleMatrix(ReadOnlySpan<double> elements, int rows, int columns)
{
    public ReadOnlySpan<double> Elements { get; } = elements;

    public int Rows { get; } = rows;

    public int Columns { get; } = columns;
}

/// <summary>A function of up to two matrices in double precision, told how finely its result will be kept.</summary>
internal delegate void DoubleFunction(DoubleMatrix first, DoubleMatrix second, double epsilon, Span<double> result);

/// <summary>A function that is computed in double precision whatever it is asked for in, and rounded once.</summary>
internal sealed class WidenedKernel<T>(DoubleFunction function) : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly double Epsilon = typeof(T) == typeof(double) ? Roundoff.Epsilon : 1.0 / (1 << 23);

    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes) => 0;

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        using var first = new Rented(x.First.Rows * x.First.Columns);
        using var second = new Rented(x.Second.Rows * x.Second.Columns);
        var left = Widened(x.First, first);
        var right = Widened(x.Second, second);
        if (typeof(T) == typeof(double))
        {
            function(left, right, Epsilon, MemoryMarshal.Cast<T, double>(result));
            return;
        }
        using var wide = new Rented(result.Length);
        function(left, right, Epsilon, wide.Span);
        for (var i = 0; i < result.Length; i++)
            result[i] = T.CreateTruncating(wide.Array[i]);
    }

    private static DoubleMatrix Widened(StridedMatrix<T> x, Rented to)
    {
        var (place, elements) = (0, to.Array);
        for (nint i = 0; i < x.Rows; i++)
        {
            for (nint j = 0; j < x.Columns; j++)
                elements[place++] = double.CreateTruncating(Unsafe.Add(ref x.Element, (i * x.Row) + (j * x.Column)));
        }
        return new(to.Span, x.Rows, x.Columns);
    }
}
