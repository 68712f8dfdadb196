using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.Numerics;

/// <summary>The kernels at every width, also those that the machine would not choose.</summary>
public sealed unsafe class MatrixLoopsTests
{
    private delegate void Packed(double* a, double* b, double* c, double* initial, double* scratch, int m, int n, int k, int vectors);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 2, 7)]
    [InlineData(12, 8, 3)]
    [InlineData(13, 11, 20)]
    [InlineData(24, 16, 9)]
    [InlineData(25, 23, 31)]
    [InlineData(9, 24, 2)]
    [InlineData(31, 49, 65)]
    public void Widths_differ_in_no_bit(int m, int n, int k)
    {
        foreach (var vectors in new[] { 2, 3 })
        {
            var expected = Run(Tiles<Vector128<double>, Width128<double>>, m, n, k, vectors);
            Assert.Equal(expected, Run(Tiles<Vector256<double>, Width256<double>>, m, n, k, vectors));
            Assert.Equal(expected, Run(Tiles<Vector512<double>, Width512<double>>, m, n, k, vectors));
            Assert.Equal(expected, Run(TilesInPlace<Vector256<double>, Width256<double>>, m, n, k, vectors));
            Assert.Equal(expected, Run(TilesInPlace<Vector512<double>, Width512<double>>, m, n, k, vectors));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 5)]
    [InlineData(8, 9)]
    [InlineData(23, 100)]
    [InlineData(65, 64)]
    public void Vectors_and_matrices_multiply_at_every_width(int count, int depth)
    {
        Vectors<Vector128<float>, Width128<float>>(count, depth);
        Vectors<Vector256<float>, Width256<float>>(count, depth);
        Vectors<Vector512<float>, Width512<float>>(count, depth);
    }

    private static void Vectors<TVector, TWidth>(int count, int depth)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<float, TVector>
    {
        var (x, matrix) = (Values(depth), Values(depth * count));
        var rows = new float[count + 1];
        rows[count] = -1;
        fixed (
            float* px = x,
                pm = matrix,
                pr = rows
        )
            MatrixVectorLoops<float, TVector, TWidth>.Run(px, 1, pm, count, depth, pr, count, null, 0);
        for (var j = 0; j < count; j++)
            Assert.Equal(Enumerable.Range(0, depth).Sum(p => (double)x[p] * matrix[(p * count) + j]), rows[j], 1e-4);
        Assert.Equal(-1, rows[count]);

        static float[] Values(int length) => [.. Enumerable.Range(1, length).Select(i => (float)Math.Sin(i))];
    }

    private static double[] Run(Packed way, int m, int n, int k, int vectors)
    {
        var (a, b, c) = (Values(m * k), Values(k * n), new double[(m * n) + 8]);
        var (initial, scratch) = (Values(m), new double[((m + 16) * k) + (k * (n + 32)) + 64]);
        c.AsSpan(m * n).Fill(-1);
        fixed (
            double* pa = a,
                pb = b,
                pc = c,
                pi = initial,
                ps = scratch
        )
            way(pa, pb, pc, pi, ps, m, n, k, vectors);
        return c;

        static double[] Values(int length) => [.. Enumerable.Range(1, length).Select(i => Math.Sin(i))];
    }

    private static void Tiles<TVector, TWidth>(
        double* a,
        double* b,
        double* c,
        double* initial,
        double* scratch,
        int m,
        int n,
        int k,
        int vectors
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<double, TVector>
    {
        var left = scratch + (k * (n + 16));
        MatrixLoops<double, TVector, TWidth>.PackRight(b, n, 1, k, n, vectors, scratch);
        MatrixLoops<double, TVector, TWidth>.PackLeft(a, k, 1, k, m, vectors, left);
        var strides = new TileStrides(k, k, 1, n, n, 1, 0);
        MatrixLoops<double, TVector, TWidth>.Run(in strides, left, scratch, c, initial, m, n, vectors, Packing.Left | Packing.Right);
    }

    private static void TilesInPlace<TVector, TWidth>(
        double* a,
        double* b,
        double* c,
        double* initial,
        double* scratch,
        int m,
        int n,
        int k,
        int vectors
    )
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<double, TVector>
    {
        var strides = new TileStrides(k, k, 1, n, n, 1, 0);
        MatrixLoops<double, TVector, TWidth>.Run(in strides, a, b, c, initial, m, n, vectors, Packing.None);
    }
}
