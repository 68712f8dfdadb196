using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.Numerics;

/// <summary>Sums over contiguous columns at both widths, also at the one that the machine would not choose.</summary>
public sealed unsafe class DotsTests
{
    public static TheoryData<int> Depths => [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100, 127, 200, 4096, 4097, 12_500];

    [Theory]
    [MemberData(nameof(Depths))]
    public void Widths_differ_in_no_bit(int depth)
    {
        foreach (var count in (int[])[1, 2, 3, 4, 5, 6, 7, 8, 11])
        {
            foreach (var alone in count == 1 ? (bool[])[false, true] : [false])
            {
                Check<double>(depth, count, alone, 1e-15);
                Check<float>(depth, count, alone, 1e-6);
            }
        }
    }

    private static void Check<T>(int depth, int count, bool alone, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (x, matrix, initial) = (Values<T>(depth + 1), Values<T>((depth + 2) * count + 1), Values<T>(count));
        var narrow = Run<T, Vector256<T>, Width256<T>>(x, matrix, initial, depth, count, alone);
        Assert.Equal(narrow, Run<T, Vector512<T>, Width512<T>>(x, matrix, initial, depth, count, alone));
        for (var j = 0; j < count; j++)
        {
            // Twice the precision, so that the plain order's own rounding does not count.
            var (sum, lost, size) = (double.CreateTruncating(initial[j]), 0.0, 1.0);
            for (var p = 0; p < depth; p++)
            {
                var term = double.CreateTruncating(x[p]) * double.CreateTruncating(matrix[(j * (depth + 2)) + p]);
                var (next, part) = (sum + term, sum + term - sum);
                (sum, lost, size) = (next, lost + (sum - (next - part)) + (term - part), size + Math.Abs(term));
            }
            Assert.Equal(sum + lost, double.CreateTruncating(narrow[2 * j]), tolerance * size);
            Assert.True(T.IsNaN(narrow[(2 * j) + 1]));
        }
    }

    private static T[] Run<T, TVector, TWidth>(T[] x, T[] matrix, T[] initial, int depth, int count, bool alone)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        var y = new T[2 * count];
        y.AsSpan().Fill(T.NaN);
        fixed (
            T* px = x,
                pm = matrix,
                py = y,
                pi = initial
        )
            Dots<T>.ByColumns<TVector, TWidth>(px, pm, depth + 2, depth, py, 2, count, alone, pi, 1);
        return y;
    }

    private static T[] Values<T>(int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        [.. Enumerable.Range(1, count).Select(i => T.CreateTruncating(Math.Sin(i * i)))];
}
