namespace AutoDiff.Tests.Numerics;

/// <summary>Loops over many vectors and one more, on small integers, whose sums are exact in any order.</summary>
public sealed class BasisLoopsTests
{
    private const int Longest = 40;

    public static TheoryData<int, int> Sizes
    {
        get
        {
            var sizes = new TheoryData<int, int>();
            foreach (var count in (int[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
            {
                foreach (var length in (int[])[0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 31])
                    sizes.Add(count, length);
            }
            return sizes;
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Products_and_what_is_left_are_those_of_plain_loops(int count, int length)
    {
        double[][] vectors = [.. Enumerable.Range(1, count).Select(Whole)];
        var (w, start) = (Whole(20)[..length], 5);
        double[] sums = [.. Enumerable.Range(0, count + 1).Select(i => 100.0 + i)];
        BasisLoops.AddDots(vectors, start, w, sums);
        for (var i = 0; i < count; i++)
            Assert.Equal(100 + i + Enumerable.Range(0, length).Sum(p => vectors[i][start + p] * w[p]), sums[i]);
        Assert.Equal(100 + count, sums[count]);

        var coefficients = Whole(21)[..count];
        double[] expected =
        [
            .. Enumerable.Range(0, length).Select(p => w[p] - Enumerable.Range(0, count).Sum(i => coefficients[i] * vectors[i][start + p])),
        ];
        BasisLoops.Subtract(vectors, start, coefficients, w);
        Assert.Equal(expected, w);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        double[][] vectors = [Whole(1), Whole(2)];
        Assert.StartsWith(
            "[BasisLoops.AddDots] got 1 sums of 2 vectors",
            Assert.Throws<ArgumentException>(() => BasisLoops.AddDots(vectors, 0, Whole(3), new double[1])).Message,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "[BasisLoops.Subtract] got 1 coefficients of 2 vectors",
            Assert.Throws<ArgumentException>(() => BasisLoops.Subtract(vectors, 0, [1], Whole(3))).Message,
            StringComparison.Ordinal
        );
        Assert.ThrowsAny<ArgumentException>(() => BasisLoops.AddDots(vectors, 1, Whole(3), new double[2]));
        Assert.ThrowsAny<ArgumentException>(() => BasisLoops.Subtract(vectors, 1, [1, 2], Whole(3)));
    }

    private static double[] Whole(int seed) =>
        [.. Enumerable.Range(0, Longest).Select(p => (double)(((p + 1) * (seed + 3) * 7 % 23) - 11))];
}
