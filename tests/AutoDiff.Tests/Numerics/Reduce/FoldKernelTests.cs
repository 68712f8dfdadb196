using System.Numerics;

namespace AutoDiff.Tests.Numerics;

public sealed class FoldKernelTests
{
    public static TheoryData<string> Names => ["sum", "largest", "smallest"];

    /// <summary>Whole numbers, so that no order of adding them rounds.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void A_fold_without_loops_folds_the_same(string name)
    {
        (FoldKernel Loops, double Start, Func<double, double, double> Function) fold = name switch
        {
            "sum" => (Folds.Sum, 0, (x, y) => x + y),
            "largest" => (Folds.Max, double.NegativeInfinity, Math.Max),
            _ => (Folds.Min, double.PositiveInfinity, Math.Min),
        };
        Same<double>(fold.Loops, FoldKernel.Of(fold.Start, fold.Function));
        Same<float>(fold.Loops, FoldKernel.Of(fold.Start, fold.Function));
    }

    private static void Same<T>(FoldKernel expected, FoldKernel actual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (loops, plain) = (expected.For<T>(), actual.For<T>());
        T[] x = [.. Enumerable.Range(0, 5000).Select(i => T.CreateTruncating((i * 7919 % 2003) - 1000))];
        Assert.Equal(loops.Start, plain.Start);
        Assert.Equal(loops.Both(x[1], x[2]), plain.Both(x[1], x[2]));
        foreach (var count in (int[])[0, 1, 3, 4, 17, 130, 5000])
            Assert.Equal(loops.Run(ref x[0], count), plain.Run(ref x[0], count));
        foreach (var (rows, columns) in ((int, int)[])[(1, 1), (3, 5), (17, 9), (40, 70)])
        {
            T[] first = [.. Enumerable.Repeat(loops.Start, columns + 1)];
            T[] second = [.. first];
            loops.Rows(ref x[0], columns, rows, ref first[0], columns);
            plain.Rows(ref x[0], columns, rows, ref second[0], columns);
            Assert.Equal(first, second);
            Assert.Equal(loops.Start, second[columns]);
        }
    }
}
