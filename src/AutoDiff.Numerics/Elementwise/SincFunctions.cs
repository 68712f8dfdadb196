namespace AutoDiff.Numerics;

/// <summary>sin πx ⁄ πx and its derivatives of any order.</summary>
public static class SincFunctions
{
    /// <summary>The derivative of order n of sin πx ⁄ πx, 1 at 0; 0 at ±∞. Value within 2 units in the last place.</summary>
    /// <remarks>
    /// With u = πx and f = sin u ⁄ u: u f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ u. Forward from f the errors grow by k ⁄ u, backward by u ⁄ k: so it is solved forward
    /// for u ≥ n, else backward from an order so high that what it begins with does not matter.
    /// </remarks>
    /// <param name="n">At least 0.</param>
    /// <param name="x">The argument.</param>
    public static double Derivative(int n, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(n);
        if (double.IsNaN(x))
            return x;
        if (double.IsInfinity(x))
            return 0;
        var a = Math.Abs(x);
        var y = n == 0 ? Value(a) : Math.Pow(Math.PI, n) * InRadians(n, a);
        return n % 2 == 1 && x < 0 ? -y : y;
    }

    private static double Value(double a)
    {
        var y = 0.0;
        Maps.Sinc.For<double>().Run(ref a, ref y, 1);
        return y;
    }

    /// <summary>dⁿ ⁄ duⁿ sin u ⁄ u at u = πa.</summary>
    private static double InRadians(int n, double a)
    {
        var (u, sine, cosine) = (Math.PI * a, double.SinPi(a), double.CosPi(a));
        if (u >= n)
        {
            var f = Value(a);
            for (var k = 1; k <= n; k++)
                f = (Sine(k) - (k * f)) / u;
            return f;
        }
        var g = 0.0;
        for (var k = n + 30 + (int)u; k > n; k--)
            g = (Sine(k) - (u * g)) / k;
        return g;

        // sin⁽ᵏ⁾ u
        double Sine(int k) =>
            (k % 4) switch
            {
                0 => sine,
                1 => cosine,
                2 => -sine,
                _ => -cosine,
            };
    }
}
