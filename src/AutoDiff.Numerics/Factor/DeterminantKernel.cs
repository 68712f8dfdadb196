using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>det A, or ln |det A|, of (A's factors, A): see <see cref="LuKernel{T}"/>; A itself is not read.</summary>
/// <remarks>Fractions are multiplied and exponents added, so that nothing overflows or underflows on the way and the logarithm errs as one product does.</remarks>
internal sealed unsafe class DeterminantKernel<T>(bool logarithm) : MatrixKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override int ScratchSize(ReadOnlySpan<(int Rows, int Columns)> sizes) => 0;

    public override void Run(in MatrixOperands<T> x, Span<T> result, Span<T> scratch)
    {
        var size = x.First.Rows;
        fixed (T* f = &x.First.Element)
        {
            var factors = new MatrixPointer<T>(f, x.First.Row, x.First.Column);
            var product = ScaledProduct.One;
            for (var i = 0; i < size; i++)
            {
                product = product.Times(double.CreateTruncating(factors[i, i]));
                if (int.CreateSaturating(T.Round(factors[i, size])) != i)
                    product = product.Times(-1);
            }
            result[0] = T.CreateTruncating(logarithm ? product.LogOfMagnitude : product.Value);
        }
    }
}

/// <summary>Fraction · 2^Exponent: a product that does not overflow or underflow on the way.</summary>
internal readonly record struct ScaledProduct(double Fraction, long Exponent)
{
    public static ScaledProduct One => new(1, 0);

    /// <summary>The number itself; ±∞ or 0 where it has no other.</summary>
    public double Value => Math.ScaleB(Fraction, (int)Math.Clamp(Exponent, -100_000, 100_000));

    /// <summary>The logarithm of its magnitude.</summary>
    public double LogOfMagnitude =>
        Math.Abs(Exponent) < 1000 ? Math.Log(Math.Abs(Value)) : Math.Log(Math.Abs(Fraction)) + (Exponent * 0.6931471805599453);

    /// <summary>The product with a number; 0, ∞ and NaN stay what they are.</summary>
    public ScaledProduct Times(double x)
    {
        var product = Fraction * x;
        if (x == 0 || !double.IsFinite(x) || Fraction == 0 || !double.IsFinite(Fraction))
            return new(product, 0);
        // The factors' own exponents first, so that not even this product leaves the range.
        var exponent = Math.ILogB(x);
        var fraction = Fraction * Math.ScaleB(x, -exponent);
        var carry = Math.ILogB(fraction);
        return new(Math.ScaleB(fraction, -carry), Exponent + exponent + carry);
    }
}
