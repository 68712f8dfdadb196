namespace AutoDiff;

// Truth is a number: 1 or 0 in results, in arguments whatever is not 0 is true, NaN included. No derivative but that of what is chosen.
public static partial class Ops
{
    /// <summary>The smallest integer not below x, −0 above −1; derivative 0.</summary>
    public static Tensor Ceiling(Tensor x)
    {
        Require.NotNull(x, nameof(Ceiling));
        return -Floor(-x);
    }

    /// <summary>x without its fraction, with the sign of x; derivative 0.</summary>
    public static Tensor Truncate(Tensor x)
    {
        Require.NotNull(x, nameof(Truncate));
        return Where(x < 0, Ceiling(x), Floor(x));
    }

    /// <summary>1 where x is negative, −0 included, else 0; 0 of NaN, whose sign says nothing.</summary>
    public static Tensor SignBit(Tensor x)
    {
        Require.NotNull(x, nameof(SignBit));
        return Where(Equal(x, 0), Reciprocal(x), x) < 0;
    }

    /// <summary>1 where x is NaN, else 0.</summary>
    public static Tensor IsNaN(Tensor x)
    {
        Require.NotNull(x, nameof(IsNaN));
        return NotEqual(x, x);
    }

    /// <summary>1 where x is neither infinite nor NaN, else 0.</summary>
    public static Tensor IsFinite(Tensor x)
    {
        Require.NotNull(x, nameof(IsFinite));
        return Abs(x) < double.PositiveInfinity;
    }

    /// <summary>1 where x is ∞ or −∞, else 0.</summary>
    public static Tensor IsInfinite(Tensor x)
    {
        Require.NotNull(x, nameof(IsInfinite));
        return Equal(Abs(x), double.PositiveInfinity);
    }

    /// <summary>x, with other numbers for NaN, ∞ and −∞; the derivative is 1 where x is finite, else 0.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="nan">For NaN.</param>
    /// <param name="positiveInfinity">For ∞; in single precision at most the largest number there.</param>
    /// <param name="negativeInfinity">For −∞; in single precision at least the least number there.</param>
    public static Tensor NanToNum(
        Tensor x,
        double nan = 0,
        double positiveInfinity = double.MaxValue,
        double negativeInfinity = double.MinValue
    )
    {
        Require.NotNull(x, nameof(NanToNum));
        var (above, below) = (Equal(x, double.PositiveInfinity), Equal(x, double.NegativeInfinity));
        return Where(IsNaN(x), nan, Where(above, Held(positiveInfinity, above), Where(below, Held(negativeInfinity, below), x)));
    }

    /// <summary>1 where both are not 0, else 0.</summary>
    public static Tensor LogicalAnd(Tensor x, Tensor y)
    {
        (x, y) = Alike(nameof(LogicalAnd), x, y);
        return NotEqual(x, 0) * NotEqual(y, 0);
    }

    /// <summary>1 where either is not 0, else 0.</summary>
    public static Tensor LogicalOr(Tensor x, Tensor y)
    {
        (x, y) = Alike(nameof(LogicalOr), x, y);
        return Maximum(NotEqual(x, 0), NotEqual(y, 0));
    }

    /// <summary>1 where one of both is not 0, else 0.</summary>
    public static Tensor LogicalXor(Tensor x, Tensor y)
    {
        (x, y) = Alike(nameof(LogicalXor), x, y);
        return NotEqual(NotEqual(x, 0), NotEqual(y, 0));
    }

    /// <summary>1 where x is 0, else 0.</summary>
    public static Tensor LogicalNot(Tensor x)
    {
        Require.NotNull(x, nameof(LogicalNot));
        return Equal(x, 0);
    }

    /// <summary>1 where any element over the axes, or over all, is not 0, else 0; 0 over no elements.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Any(Tensor x, params ReadOnlySpan<int> axes)
    {
        var over = Axes(x, axes, nameof(Any));
        return Elements(x, over) == 0 ? Tensor.Zeros(x.Shape.Without(over)) : Reduce(Reduction.Max, NotEqual(x, 0), over);
    }

    /// <summary>1 where every element over the axes, or over all, is not 0, else 0; 1 over no elements.</summary>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor All(Tensor x, params ReadOnlySpan<int> axes)
    {
        var over = Axes(x, axes, nameof(All));
        return Elements(x, over) == 0 ? Tensor.Ones(x.Shape.Without(over)) : Reduce(Reduction.Min, NotEqual(x, 0), over);
    }

    // A number beyond single precision is infinite in a plan of floats, which only the plan can tell.
    private static Tensor Held(double number, Tensor where)
    {
        if (!double.IsFinite(number) || Math.Abs(number) <= float.MaxValue)
            return number;
        var beyond = IsInfinite(Where(where, number, 0));
        return Where(beyond, Math.CopySign(float.MaxValue, number), number);
    }
}
