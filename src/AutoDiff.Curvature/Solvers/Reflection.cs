namespace AutoDiff.Curvature;

/// <summary>The symmetric orthogonal matrix [c s; s −c].</summary>
/// <param name="Cosine">c.</param>
/// <param name="Sine">s.</param>
internal readonly record struct Reflection(double Cosine, double Sine)
{
    /// <summary>[−1 0; 0 1]: a reflection before the first.</summary>
    public static Reflection None => new(-1, 0);

    /// <summary>The reflection that takes (a, b) to (r, 0), and r ≥ 0, without overflow on the way (Golub, Van Loan 2013, section 5.1.8).</summary>
    public static (Reflection Reflection, double Length) Of(double a, double b)
    {
        if (b == 0)
            return (new(a < 0 ? -1 : 1, 0), Math.Abs(a));
        if (Math.Abs(b) >= Math.Abs(a))
        {
            var (ratio, sine) = (a / b, 0.0);
            sine = Math.Sign(b) / Math.Sqrt(1 + (ratio * ratio));
            return (new(sine * ratio, sine), b / sine);
        }
        var quotient = b / a;
        var cosine = Math.Sign(a) / Math.Sqrt(1 + (quotient * quotient));
        return (new(cosine, cosine * quotient), a / cosine);
    }

    /// <summary>The first element of the product with (a, b): c·a + s·b.</summary>
    public double First(double a, double b) => (Cosine * a) + (Sine * b);

    /// <summary>The second: s·a − c·b.</summary>
    public double Second(double a, double b) => (Sine * a) - (Cosine * b);
}
