using System.Numerics;

namespace AutoDiff.Tests.Numerics.Fourier;

public sealed class FourierTransformTests
{
    private const double UnitRoundoff = 1.1102230246251565e-16;
    private const double SingleUnitRoundoff = 5.960464477539063e-8;

    // Every small length; products of each radix, and of primes on either side of the largest radix; primes, by the chirp.
    public static TheoryData<int> Lengths =>
        [.. Enumerable.Range(0, 68), 81, 96, 100, 128, 210, 243, 256, 343, 512, 625, 720, 1000, 1021, 1024, 61 * 61, 67 * 64, 2048, 3600];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void It_is_the_sum_that_defines_it(int length)
    {
        Check<double>(length, UnitRoundoff);
        Check<float>(length, SingleUnitRoundoff);
    }

    [Theory]
    [InlineData(65536)]
    [InlineData(65537)]
    [InlineData(99991)]
    [InlineData(3 * 5 * 7 * 11 * 13 * 17)]
    [InlineData(1 << 18)]
    public void Some_elements_of_long_transforms_are_the_sums_that_define_them(int length)
    {
        var (re, im) = (Signal(length, 1), Signal(length, 2));
        var (toRe, toIm) = Transformed(re, im, inverse: false);
        var size = Math.Sqrt(re.Concat(im).Sum(x => x * x));
        foreach (var k in new[] { 0, 1, 2, length / 3, length / 2, length - 1 })
        {
            var (x, y) = Defined(re, im, k, -1);
            Assert.InRange(Math.Abs(toRe[k] - (double)x) + Math.Abs(toIm[k] - (double)y), 0, 2 * Math.Log2(length) * UnitRoundoff * size);
        }
    }

    [Theory]
    [InlineData(64)]
    [InlineData(135)]
    [InlineData(67)]
    [InlineData(65536)]
    public void Backwards_after_forwards_is_n_times_the_signal(int length)
    {
        var (re, im) = (Signal(length, 3), Signal(length, 4));
        var (x, y) = Transformed(re, im, inverse: false);
        (x, y) = Transformed(x, y, inverse: true);
        for (var i = 0; i < length; i++)
        {
            Assert.Equal(re[i], x[i] / length, 1e-13);
            Assert.Equal(im[i], y[i] / length, 1e-13);
        }
    }

    [Fact]
    public void Powers_of_two_of_an_impulse_are_exact()
    {
        foreach (var length in new[] { 1, 2, 4, 8, 16, 64, 512 })
        {
            var re = new double[length];
            re[0] = 3;
            var (x, y) = Transformed(re, new double[length], inverse: false);
            Assert.All(x, value => Assert.Equal(3, value));
            Assert.All(y, value => Assert.Equal(0, value));
        }
    }

    [Fact]
    public void Misuse_is_refused_by_name()
    {
        var transform = new FourierTransform<double>(12);
        foreach (
            var lengths in new[]
            {
                (11, 12, 12, 12, 24),
                (12, 11, 12, 12, 24),
                (12, 12, 13, 12, 24),
                (12, 12, 12, 11, 24),
                (12, 12, 12, 12, 23),
            }
        )
        {
            var (a, b, c, d, e) = lengths;
            var error = Assert.Throws<ArgumentException>(() =>
                transform.Run(new double[a], new double[b], new double[c], new double[d], new double[e])
            );
            Assert.StartsWith("[FourierTransform] got ", error.Message, StringComparison.Ordinal);
        }
        Assert.Throws<ArgumentException>(() => new FourierTransform<double>(-1));
        Assert.Throws<ArgumentException>(() => new FourierTransform<float>(FourierTransform<float>.LongestLength + 1));
        Assert.Equal(12, transform.Length);
    }

    private static void Check<T>(int length, double unit)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (re, im) = (Signal(length, 1), Signal(length, 2));
        re = Array.ConvertAll(re, x => double.CreateTruncating(T.CreateTruncating(x)));
        im = Array.ConvertAll(im, x => double.CreateTruncating(T.CreateTruncating(x)));
        var size = Math.Sqrt(re.Concat(im).Sum(x => x * x));
        foreach (var inverse in new[] { false, true })
        {
            var (toRe, toIm) = Transformed<T>(re, im, inverse);
            // Of a long transform every seventh element.
            for (var k = 0; k < length; k += length > 400 ? 7 : 1)
            {
                var (x, y) = Defined(re, im, k, inverse ? 1 : -1);
                var off = Math.Abs(double.CreateTruncating(toRe[k]) - x) + Math.Abs(double.CreateTruncating(toIm[k]) - y);
                Assert.True(
                    off <= 2 * Math.Log2(Math.Max(2, length)) * unit * size,
                    $"element {k} of {length}: {off / unit / size} units of roundoff off"
                );
            }
        }
    }

    private static (double[] Re, double[] Im) Transformed(double[] re, double[] im, bool inverse) => Transformed<double>(re, im, inverse);

    private static (T[] Re, T[] Im) Transformed<T>(double[] re, double[] im, bool inverse)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var transform = new FourierTransform<T>(re.Length);
        var (x, y) = (new T[re.Length], new T[re.Length]);
        transform.Run(
            Array.ConvertAll(re, T.CreateTruncating),
            Array.ConvertAll(im, T.CreateTruncating),
            x,
            y,
            new T[transform.ScratchSize],
            inverse
        );
        return (x, y);
    }

    /// <summary>An element by its definition, its terms' rounding errors carried along.</summary>
    private static (double Re, double Im) Defined(double[] re, double[] im, int k, int sign)
    {
        var (x, y) = (new CompensatedSum(), new CompensatedSum());
        for (var j = 0; j < re.Length; j++)
        {
            var (s, c) = double.SinCosPi(2.0 * ((long)j * k % re.Length) / re.Length);
            x.AddProduct(re[j], c);
            x.AddProduct(im[j], -sign * s);
            y.AddProduct(re[j], sign * s);
            y.AddProduct(im[j], c);
        }
        return (x.Value, y.Value);
    }

    private static double[] Signal(int length, int seed)
    {
        var state = (ulong)(length + seed);
        var signal = new double[length];
        foreach (ref var x in signal.AsSpan())
            x = ((SplitMix64.Next(ref state) >> 11) / (double)(1UL << 52)) - 1;
        return signal;
    }

    private sealed class CompensatedSum
    {
        private double _sum;
        private double _lost;

        public double Value => _sum + _lost;

        public void AddProduct(double x, double y)
        {
            var product = x * y;
            var sum = _sum + product;
            var part = sum - _sum;
            _lost += _sum - (sum - part) + (product - part) + Math.FusedMultiplyAdd(x, y, -product);
            _sum = sum;
        }
    }
}
