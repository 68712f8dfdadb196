using System.Numerics;
using AutoDiff.Numerics;

namespace AutoDiff.Tests.Numerics.Order;

public sealed class SortingTests
{
    // About the sizes at which another way of sorting begins, and beyond what one digit counts.
    public static TheoryData<int> Lengths => [0, 1, 2, 3, 15, 16, 17, 33, 255, 256, 257, 511, 512, 513, 1023, 65_537, 200_003];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void PositionsAreThoseOfAStableSort(int length)
    {
        foreach (var numbers in Kinds(length))
        {
            foreach (var descending in new[] { false, true })
            {
                foreach (var count in new[] { 0, 1, 7, 100, length / 3, length }.Where(count => count <= length).Distinct())
                {
                    Same(numbers, descending, count);
                    Same(Array.ConvertAll(numbers, number => (float)number), descending, count);
                }
            }
        }
    }

    [Fact]
    public void ZerosAreEqualAndNaNIsLastInEitherDirection()
    {
        double[] x = [double.NaN, 0, -0.0, double.PositiveInfinity, -double.NaN, double.NegativeInfinity, -double.Epsilon, double.MaxValue];
        Assert.Equal([5, 6, 1, 2, 7, 3, 0, 4], Positions(x, 1, false, x.Length));
        Assert.Equal([3, 7, 1, 2, 6, 5, 0, 4], Positions(x, 1, true, x.Length));
    }

    [Fact]
    public void ColumnsAreSortedInTheirPlaces()
    {
        var x = Key.Of(5).Normal([700, 3]).ToArray();
        var positions = new double[300];
        Array.Fill(positions, -1);
        var scratch = new double[Sorting<double>.ScratchSize(700, 100)];
        Sorting<double>.Positions(x.AsSpan(1), 700, 3, descending: false, positions.AsSpan(2), 100, scratch);
        var expected = Enumerable.Range(0, 700).OrderBy(i => x[(3 * i) + 1]).Take(100).Select(i => (double)i);
        Assert.Equal(expected, positions.Where((_, i) => i % 3 == 2));
        Assert.All(positions.Where((_, i) => i % 3 != 2), untouched => Assert.Equal(-1, untouched));
    }

    /// <summary>Numbers in an order that makes every one of them a candidate.</summary>
    [Fact]
    public void TheFirstOfManyInReverseOrderAreTheLast()
    {
        double[] x = [.. Enumerable.Range(0, 100_000).Select(i => -(double)i)];
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => 99_999.0 - i), Positions(x, 1, false, 1000));
    }

    private static IEnumerable<double[]> Kinds(int length)
    {
        var normal = Key.Of(1).FoldIn((ulong)length).Normal([length]).ToArray();
        yield return normal;
        yield return Array.ConvertAll(normal, x => Math.Round(4 * x)); // many ties, 0 and −0 among them
        yield return Array.ConvertAll(normal, x => x * Math.Pow(10, Math.Round(60 * x) % 40));
        yield return [.. normal.Select((x, i) => i % 5 == 3 ? double.NaN : x)];
    }

    private static void Same<T>(T[] x, bool descending, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var order = Enumerable.Range(0, x.Length).OrderBy(i => T.IsNaN(x[i]));
        var sorted = descending ? order.ThenByDescending(i => x[i]) : order.ThenBy(i => x[i]);
        var positions = Positions(x, 1, descending, count);
        Assert.True(
            sorted.Take(count).Select(T.CreateTruncating).SequenceEqual(positions),
            $"{x.Length} {typeof(T).Name}, {count}, {descending}"
        );
    }

    private static T[] Positions<T>(T[] x, int stride, bool descending, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var positions = new T[count];
        var scratch = new T[Sorting<T>.ScratchSize(x.Length, count)];
        Sorting<T>.Positions(x, x.Length, stride, descending, positions, count, scratch);
        return positions;
    }
}
