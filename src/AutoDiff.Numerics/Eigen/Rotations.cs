using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Plane rotations of rows of a matrix: those that start at <c>start</c>, <c>stride</c> apart, <c>width</c> elements each.</summary>
internal sealed class Rotations(double[] matrix, int start, int stride, int width)
{
    private int _row;
    private int _step;

    /// <summary>Row i.</summary>
    public Span<double> Row(int i) => matrix.AsSpan(start + (i * stride), width);

    /// <summary>The next rotation is of rows <paramref name="row"/> and row + step.</summary>
    public void Begin(int row, int step) => (_row, _step) = (row, step);

    /// <summary>Turns the two rows and goes on to the second of them and the one after it.</summary>
    public void Add(double cosine, double sine)
    {
        Turn(Row(_row), Row(_row + _step), cosine, sine);
        _row += _step;
    }

    /// <summary>x ← c·x + s·y, y ← c·y − s·x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Turn(Span<double> x, Span<double> y, double cosine, double sine)
    {
        ref var px = ref MemoryMarshal.GetReference(x);
        ref var py = ref MemoryMarshal.GetReference(y[..x.Length]);
        var (c, s) = (Vector256.Create(cosine), Vector256.Create(sine));
        nuint i = 0,
            count = (nuint)x.Length;
        for (; i + 4 <= count; i += 4)
        {
            var (first, second) = (Vector256.LoadUnsafe(ref px, i), Vector256.LoadUnsafe(ref py, i));
            Vector256.FusedMultiplyAdd(s, second, c * first).StoreUnsafe(ref px, i);
            Vector256.FusedMultiplyAdd(-s, first, c * second).StoreUnsafe(ref py, i);
        }
        for (var j = (int)i; j < x.Length; j++)
            (x[j], y[j]) = (Math.FusedMultiplyAdd(sine, y[j], cosine * x[j]), Math.FusedMultiplyAdd(-sine, x[j], cosine * y[j]));
    }
}
