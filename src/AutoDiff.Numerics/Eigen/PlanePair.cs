namespace AutoDiff.Numerics;

/// <summary>The symmetric 2×2 matrix [[a, b], [b, c]], to a few units in the last place, as LAPACK's dlaev2.</summary>
internal static class PlanePair
{
    /// <summary>Its eigenvalues, the one of larger magnitude first.</summary>
    public static (double First, double Second) Values(double a, double b, double c)
    {
        var (sum, root) = (a + c, Hypotenuse(a - c, 2 * b));
        if (sum == 0)
            return (0.5 * root, -0.5 * root);
        var (larger, smaller) = Math.Abs(a) > Math.Abs(c) ? (a, c) : (c, a);
        var first = 0.5 * (sum + Math.CopySign(root, sum));
        return (first, (larger / first * smaller) - (b / first * b));
    }

    /// <summary>The unit eigenvector of the first of <see cref="Values"/>.</summary>
    public static (double Cosine, double Sine) Vector(double a, double b, double c)
    {
        var (sum, difference) = (a + c, a - c);
        var root = Hypotenuse(difference, 2 * b);
        var pole = difference >= 0 ? difference + root : difference - root;
        var (cosine, sine) = (1.0, 0.0);
        if (Math.Abs(pole) > Math.Abs(2 * b))
        {
            var cotangent = -2 * b / pole;
            sine = 1 / Math.Sqrt(1 + (cotangent * cotangent));
            cosine = cotangent * sine;
        }
        else if (b != 0)
        {
            var tangent = -pole / (2 * b);
            cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
            sine = tangent * cosine;
        }
        return difference >= 0 == sum >= 0 ? (-sine, cosine) : (cosine, sine);
    }

    /// <summary>√(x² + y²) without overflow or underflow.</summary>
    public static double Hypotenuse(double x, double y)
    {
        var (a, b) = (Math.Abs(x), Math.Abs(y));
        if (a < b)
            (a, b) = (b, a);
        if (a is > 1e-140 and < 1e140)
            return Math.Sqrt((a * a) + (b * b));
        return a == 0 || double.IsInfinity(a) ? a : a * Math.Sqrt(1 + (b / a * (b / a)));
    }
}
