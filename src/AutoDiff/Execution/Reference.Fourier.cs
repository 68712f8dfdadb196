namespace AutoDiff;

internal sealed partial class Reference
{
    /// <summary>The sums that define the transform, for each row of n real parts and n imaginary ones; NaN where one of them is not finite.</summary>
    private static double[] Fft(bool inverse, double[] x, int n)
    {
        var y = new double[x.Length];
        for (var start = 0; start < x.Length; start += 2 * n)
        {
            var isFinite = Array.TrueForAll(x[start..(start + (2 * n))], double.IsFinite);
            for (var k = 0; k < n; k++)
            {
                if (!isFinite)
                    y[start + k] = y[start + n + k] = double.NaN;
                for (var j = 0; j < n; j++)
                {
                    // Of an angle beyond half a turn the sine and cosine would lose digits.
                    var (sin, cos) = double.SinCosPi(2.0 * ((long)j * k % n) / n);
                    var (re, im, s) = (x[start + j], x[start + n + j], inverse ? -sin : sin);
                    y[start + k] += (re * cos) + (im * s);
                    y[start + n + k] += (im * cos) - (re * s);
                }
            }
        }
        return y;
    }
}
