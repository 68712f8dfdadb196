using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A function of whole matrices, in either precision. <see cref="MatrixKernels"/> has them.</summary>
public sealed class MatrixKernel
{
    private readonly MatrixKernel<double> _double;
    private readonly MatrixKernel<float> _single;

    internal MatrixKernel(MatrixKernel<double> inDouble, MatrixKernel<float> inSingle) => (_double, _single) = (inDouble, inSingle);

    /// <summary>The function in one precision.</summary>
    /// <typeparam name="T">Double or float.</typeparam>
    public MatrixKernel<T> For<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => (MatrixKernel<T>)(object)(typeof(T) == typeof(double) ? _double : _single);
}

/// <summary>A function of up to three matrices. Its bits depend on their shapes and strides alone; numerical failure is NaN or ∞ in the result, never an exception.</summary>
/// <typeparam name="T">Double or float.</typeparam>
public abstract class MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected MatrixKernel() { }

    /// <summary>How many elements of scratch space a run needs for operands of the given numbers of rows and columns.</summary>
    public abstract int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes);

    /// <summary>Computes the result, row by row; it shares no memory with an operand.</summary>
    public abstract void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch);
}
