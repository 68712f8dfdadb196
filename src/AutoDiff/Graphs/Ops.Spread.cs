namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The mean squared deviation from the mean, Σ(x − x̄)² ⁄ n, over the axes or over all.</summary>
    /// <remarks>As <see cref="Variance(Tensor, ReadOnlySpan{int}, double, bool)"/> with no correction.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Variance(Tensor x, params ReadOnlySpan<int> axes) => Variance(x, axes, correction: 0);

    /// <summary>The mean squared deviation from the mean, Σ(x − x̄)² ⁄ (n − <paramref name="correction"/>), over the axes or over all.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes reduced; all where empty.</param>
    /// <param name="correction">0 for the population's variance, 1 for the unbiased estimate.</param>
    /// <param name="keepDims">Whether the axes stay, at length 1.</param>
    /// <remarks>Two passes: the mean is subtracted before squaring, so a large common offset costs no accuracy.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice, or the correction is not finite.</exception>
    public static Tensor Variance(Tensor x, ReadOnlySpan<int> axes = default, double correction = 0, bool keepDims = false) =>
        Kept(Variance(x, Reduced(x, axes, nameof(Variance)), correction, nameof(Variance)), x, axes, keepDims);

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">The axis is out of range, or the correction is not finite.</exception>
    public static Tensor Variance(Tensor x, int axis, bool keepDims, double correction = 0) => Variance(x, [axis], correction, keepDims);

    /// <summary>The root of the variance, over the axes or over all.</summary>
    /// <remarks>As <see cref="StandardDeviation(Tensor, ReadOnlySpan{int}, double, bool)"/> with no correction.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor StandardDeviation(Tensor x, params ReadOnlySpan<int> axes) => StandardDeviation(x, axes, correction: 0);

    /// <summary>The root of the variance, √(Σ(x − x̄)² ⁄ (n − <paramref name="correction"/>)), over the axes or over all.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes reduced; all where empty.</param>
    /// <param name="correction">0 for the population's, 1 for that of the unbiased variance.</param>
    /// <param name="keepDims">Whether the axes stay, at length 1.</param>
    /// <remarks>Every derivative where all elements are equal is 0.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice, or the correction is not finite.</exception>
    public static Tensor StandardDeviation(Tensor x, ReadOnlySpan<int> axes = default, double correction = 0, bool keepDims = false)
    {
        var variance = Variance(x, Reduced(x, axes, nameof(StandardDeviation)), correction, nameof(StandardDeviation));
        var isZero = Equal(variance, 0);
        return Kept(Where(isZero, 0, Sqrt(Where(isZero, 1, variance))), x, axes, keepDims);
    }

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">The axis is out of range, or the correction is not finite.</exception>
    public static Tensor StandardDeviation(Tensor x, int axis, bool keepDims, double correction = 0) =>
        StandardDeviation(x, [axis], correction, keepDims);

    /// <summary>The Euclidean norm √Σx² over the axes, or over all where none is given.</summary>
    /// <remarks>As <see cref="Norm(Tensor, ReadOnlySpan{int}, double, bool)"/> of order 2.</remarks>
    /// <exception cref="ArgumentException">An axis is out of range or named twice.</exception>
    public static Tensor Norm(Tensor x, params ReadOnlySpan<int> axes) => Norm(x, axes, order: 2);

    /// <summary>The p-norm (Σ|x|ᵖ)^(1⁄p) over the axes, or over all where none is given.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axes">The axes reduced; all where empty.</param>
    /// <param name="order">p ≥ 1; infinity gives the largest magnitude.</param>
    /// <param name="keepDims">Whether the axes stay, at length 1.</param>
    /// <remarks>Scaled by the largest magnitude, so it neither overflows nor underflows. Every derivative at x = 0 is 0, and but for even p every derivative in an element that is 0.</remarks>
    /// <exception cref="ArgumentException">The order is below 1 or NaN, or an axis is out of range or named twice.</exception>
    public static Tensor Norm(Tensor x, ReadOnlySpan<int> axes = default, double order = 2, bool keepDims = false)
    {
        Require.That(order >= 1, $"[Norm] got order {order}; expected at least 1");
        return Kept(NormOver(x, Reduced(x, axes, nameof(Norm)), order), x, axes, keepDims);
    }

    /// <summary>The same over one axis.</summary>
    /// <exception cref="ArgumentException">The order is below 1 or NaN, or the axis is out of range.</exception>
    public static Tensor Norm(Tensor x, int axis, bool keepDims, double order = 2) => Norm(x, [axis], order, keepDims);

    private static Tensor Variance(Tensor x, Ints over, double correction, string operation)
    {
        Require.That(double.IsFinite(correction), $"[{operation}] got correction {correction}; expected a finite number");
        var count = Elements(x, over);
        var deviation = x - KeepAxes(Reduce(Reduction.Sum, x, over) / count, x.Shape, over);
        return Reduce(Reduction.Sum, Square(deviation), over) / (count - correction);
    }

    private static Tensor NormOver(Tensor x, Ints over, double order)
    {
        var magnitude = Abs(x);
        if (order == 1)
            return Reduce(Reduction.Sum, magnitude, over);
        if (Elements(x, over) == 0)
            return Tensor.Zeros(x.Shape.Without(over));
        var largest = Reduce(Reduction.Max, magnitude, over);
        if (double.IsPositiveInfinity(order))
            return largest;
        // ‖x‖ = s·‖x ⁄ s‖ for every s > 0, so s may be held constant; where all is 0, or something infinite, s is 1.
        // It is at least the least normal number, whose reciprocal is finite.
        var scale = StopGradient(
            Where(Equal(largest, 0), 1, Where(Equal(largest, double.PositiveInfinity), 1, Maximum(largest, 2.2250738585072014e-308)))
        );
        var scaled = x / KeepAxes(scale, x.Shape, over);
        var sum = Reduce(Reduction.Sum, order == 2 ? Square(scaled) : AbsolutePower(scaled, order), over);
        var safe = Where(Equal(sum, 0), 1, sum);
        return Where(Equal(sum, 0), 0, scale * (order == 2 ? Sqrt(safe) : Power(safe, 1 / order)));
    }

    // |x|ᵖ: xᵖ for an even p; else smooth but at 0, where what derivatives there are, those below order p, are 0.
    private static Tensor AbsolutePower(Tensor x, double order)
    {
        if (order % 2 == 0)
            return Power(x, order);
        var atZero = Equal(x, 0);
        return Where(atZero, 0, Power(Abs(Where(atZero, 1, x)), order));
    }

    /// <summary>The axes of a reduction, refused in its name where the result is too large for an array: counted from an empty axis it may be.</summary>
    private static Ints Reduced(Tensor x, ReadOnlySpan<int> axes, string operation)
    {
        var over = Axes(x, axes, operation);
        long[] kept = [.. x.Shape.Where((_, axis) => !over.Contains(axis)).Select(length => (long)length)];
        Shape.Result(operation, kept, x.Shape);
        return over;
    }

    /// <summary>A reduction's result, with its axes back at length 1 where they are to be kept.</summary>
    private static Tensor Kept(Tensor reduced, Tensor x, ReadOnlySpan<int> axes, bool keepDims) =>
        keepDims ? KeepAxes(reduced, x.Shape, axes) : reduced;
}
