using System.Runtime.Intrinsics;

namespace AutoDiff.Tests.Numerics;

/// <summary>Products with folded matrices at every width, also those that the machine would not choose.</summary>
public sealed unsafe class FoldedProductTests
{
    [Theory]
    [InlineData(5, 3, 7, 4, 1)]
    [InlineData(13, 20, 24, 5, 1)]
    [InlineData(12, 300, 9, 3, 1)]
    [InlineData(50, 8, 33, 2, 1)]
    [InlineData(3, 5, 6, 11, 2)]
    [InlineData(7, 2, 500, 3, 1)]
    public void Widths_differ_in_no_bit(int m, int k, int run, int runs, int step)
    {
        var expected = Run<Vector128<double>, Width128<double>>(m, k, run, runs, step);
        Assert.Equal(expected, Run<Vector256<double>, Width256<double>>(m, k, run, runs, step));
        Assert.Equal(expected, Run<Vector512<double>, Width512<double>>(m, k, run, runs, step));
        Assert.Equal(Plain(m, k, run, runs, step), expected, (x, y) => Math.Abs(x - y) < 1e-9);
    }

    /// <summary>A·X, X·Yᵀ and what A·Z adds to X, for A [m, k], X [k, n] folded, Y [m, n] and Z [m, n].</summary>
    private static double[] Run<TVector, TWidth>(int m, int k, int run, int runs, int step)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<double, TVector>
    {
        var n = run * runs;
        var (rows, starts, x) = Folded(k, run, runs, step);
        var (a, y) = (Values(m * k, 2), Values(m * n, 3));
        var (values, byRows, sums) = (new double[m * n], new double[k * m], (double[])x.Clone());
        var scratch = new double[
            Math.Max(
                Math.Max(FoldedProduct<double>.ValuesScratch(m, n, k), FoldedProduct<double>.ByRowsScratch(k, m, n)),
                FoldedProduct<double>.AddFoldedScratch(k, n, m)
            )
        ];
        int[] plainRows = [.. Enumerable.Range(0, m).Select(i => i * n)];
        int[] none = [0];
        fixed (
            double* pa = a,
                px = x,
                py = y,
                pValues = values,
                pByRows = byRows,
                pSums = sums,
                pScratch = scratch
        )
        fixed (
            int* pRows = rows,
                pStarts = starts,
                pPlain = plainRows,
                pNone = none
        )
        {
            var folded = new FoldedPointer<double>(px, pRows, pStarts, run, step);
            var others = new FoldedPointer<double>(py, pPlain, pNone, n, 1);
            var target = new FoldedPointer<double>(pSums, pRows, pStarts, run, step);
            var middle = n / 2;
            FoldedProduct<double>.Values<TVector, TWidth>(m, n, k, 0, middle, pa, k, 1, in folded, pValues, n, pScratch);
            FoldedProduct<double>.Values<TVector, TWidth>(m, n, k, middle, n, pa, k, 1, in folded, pValues, n, pScratch);
            FoldedProduct<double>.ByRows<TVector, TWidth>(m, n, 0, 1, in folded, in others, n, pByRows, pScratch);
            FoldedProduct<double>.ByRows<TVector, TWidth>(m, n, 1, k, in folded, in others, n, pByRows, pScratch);
            FoldedProduct<double>.AddFolded<TVector, TWidth>(k, m, n, 0, n, run, pa, 1, k, in others, in target, pScratch);
        }
        return [.. values, .. byRows, .. sums];
    }

    private static double[] Plain(int m, int k, int run, int runs, int step)
    {
        var n = run * runs;
        var (rows, starts, x) = Folded(k, run, runs, step);
        var (a, y) = (Values(m * k, 2), Values(m * n, 3));
        var (values, byRows, sums) = (new double[m * n], new double[k * m], (double[])x.Clone());
        for (var p = 0; p < k; p++)
        {
            for (var j = 0; j < n; j++)
            {
                var at = rows[p] + starts[j / run] + (j % run * step);
                for (var i = 0; i < m; i++)
                {
                    values[(i * n) + j] += a[(i * k) + p] * x[at];
                    byRows[(p * m) + i] += x[at] * y[(i * n) + j];
                    sums[at] += a[(i * k) + p] * y[(i * n) + j];
                }
            }
        }
        return [.. values, .. byRows, .. sums];
    }

    /// <summary>Windows that overlap: rows three apart, runs further.</summary>
    private static (int[] Rows, int[] Starts, double[] Values) Folded(int k, int run, int runs, int step)
    {
        int[] rows = [.. Enumerable.Range(0, k).Select(i => (3 * i) + (i % 2))];
        int[] starts = [.. Enumerable.Range(0, runs).Select(i => i * ((run * step) + 2))];
        return (rows, starts, Values(rows[^1] + starts[^1] + (run * step) + 1, 1));
    }

    private static double[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() - 0.5)];
    }
}
