using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>Double precision with every inexact result moved, up or down as its mantissa and a seed decide: arithmetic's by twice the error it can have, an elementary function's by what its tests let it err.</summary>
/// <remarks>
/// Stochastic arithmetic (Vignes 1974; Parker 1997): results of several seeds scatter as widely as rounding errors reach, whatever the cause. An exact
/// result stays as it is; equal results move alike, opposite ones oppositely and twofold ones by twice as much, as in true rounding, so that what cancels by
/// structure still does, and a power of two scales every bit.
/// </remarks>
/// <param name="seed">What decides; equal seeds give equal bits.</param>
public readonly struct RandomRounding(ulong seed)
{
    /// <summary>The units in the last place that an elementary function's result is moved by: what the kernels' tests allow them.</summary>
    private const int FunctionUnits = 4;

    private const long Mantissa = (1L << 52) - 1;

    private const long MostBits = 0x7FEF_FFFF_FFFF_FFFF; // of the largest number

    /// <summary>Below this the residual of a product can itself underflow, and exactness is not known.</summary>
    private const double Gradual = 1e-290;

    private const long Magnitude = long.MaxValue;

    /// <summary>x + y.</summary>
    public double Add(double x, double y)
    {
        var sum = x + y;
        // Knuth's two-sum: what rounding took.
        var part = sum - x;
        return x - (sum - part) + (y - part) == 0 ? sum : Move(sum, 1);
    }

    /// <summary>x · y.</summary>
    public double Multiply(double x, double y)
    {
        var product = x * y;
        var exact = x == 0 || y == 0 || (Math.Abs(product) > Gradual && Math.FusedMultiplyAdd(x, y, -product) == 0);
        return exact ? product : Move(product, 1);
    }

    /// <summary>x ⁄ y.</summary>
    public double Divide(double x, double y)
    {
        var quotient = x / y;
        var exact = x == 0 || (Math.Abs(x) > Gradual && Math.FusedMultiplyAdd(quotient, y, -x) == 0);
        return exact ? quotient : Move(quotient, 1);
    }

    /// <summary>√x.</summary>
    public double Sqrt(double x)
    {
        var root = Math.Sqrt(x);
        return x == 0 || (x > Gradual && Math.FusedMultiplyAdd(root, root, -x) == 0) ? root : Move(root, 1);
    }

    /// <summary>sums[i] ← sums[i] + factor·terms[i], product and sum each moved as by <see cref="Multiply(double, double)"/> and <see cref="Add(double, double)"/>, bit for bit.</summary>
    /// <exception cref="ArgumentException">There are not as many sums as terms.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void AddProducts(double factor, ReadOnlySpan<double> terms, Span<double> sums)
    {
        Require.Length("RandomRounding.AddProducts", "sums", sums.Length, terms.Length);
        var width = Vector256<double>.Count;
        var (first, whole) = (Vector256.Create(factor), terms.Length - (terms.Length % width));
        ref var x = ref MemoryMarshal.GetReference(terms);
        ref var y = ref MemoryMarshal.GetReference(sums);
        for (var i = 0; i < whole; i += width)
        {
            var sum = Vector256.LoadUnsafe(ref y, (nuint)i);
            Add(sum, Multiply(first, Vector256.LoadUnsafe(ref x, (nuint)i))).StoreUnsafe(ref y, (nuint)i);
        }
        for (var i = whole; i < terms.Length; i++)
            sums[i] = Add(sums[i], Multiply(factor, terms[i]));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Add(Vector256<double> x, Vector256<double> y)
    {
        var sum = x + y;
        var part = sum - x;
        var exact = Vector256.Equals(x - (sum - part) + (y - part), Vector256<double>.Zero);
        return Vector256.ConditionalSelect(exact, sum, Move(sum));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Multiply(Vector256<double> x, Vector256<double> y)
    {
        var product = x * y;
        var known = Vector256.GreaterThan(Vector256.Abs(product), Vector256.Create(Gradual));
        var exact = known & Vector256.Equals(Vector256.FusedMultiplyAdd(x, y, -product), Vector256<double>.Zero);
        exact |= Vector256.Equals(x, Vector256<double>.Zero) | Vector256.Equals(y, Vector256<double>.Zero);
        return Vector256.ConditionalSelect(exact, product, Move(product));
    }

    /// <summary><see cref="Move(double, int)"/> by one unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Move(Vector256<double> value)
    {
        var bits = value.AsInt64();
        var magnitude = bits & Vector256.Create(Magnitude);
        var odd =
            SplitMix64.Mix((magnitude & Vector256.Create(Mantissa)).AsUInt64() ^ Vector256.Create(seed)).AsInt64() & Vector256<long>.One;
        var down = Vector256.Equals(odd, Vector256<long>.One) | Vector256.GreaterThan(magnitude, Vector256.Create(MostBits - 1));
        // −1 or 1: a mask of all bits is −1.
        var step = Vector256.AndNot(down, Vector256.Equals(magnitude, Vector256<long>.Zero)) | Vector256<long>.One;
        var moved = (magnitude + step) | (bits & Vector256.Create(~Magnitude));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, Vector256.Create(MostBits)), bits, moved).AsDouble();
    }

    /// <summary>The value of an elementary function.</summary>
    public double Function(double value) => Move(value, FunctionUnits);

    /// <summary>A number some units in its last place away, the way that its mantissa decides; infinities and NaN stay, and what has underflowed to 0 becomes the smallest numbers.</summary>
    public double Move(double value, int units)
    {
        if (!double.IsFinite(value))
            return value;
        var magnitude = BitConverter.DoubleToInt64Bits(Math.Abs(value));
        // Neither past 0 nor past the largest number.
        var up = magnitude < units || (magnitude <= MostBits - units && (SplitMix64.Mix((ulong)(magnitude & Mantissa) ^ seed) & 1) == 0);
        var moved = magnitude + (up ? units : -units);
        return Math.CopySign(BitConverter.Int64BitsToDouble(moved), value);
    }
}
