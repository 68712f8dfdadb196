namespace AutoDiff.Laws;

/// <summary>A directional derivative from function values alone, with a bound on its error.</summary>
/// <remarks>
/// Central differences extrapolated to step 0 (Ridders 1982; Press et al., Numerical Recipes, section 5.7): each element takes the entry of the
/// tableau with the least error, estimated as truncation (how much its two parents differ) plus rounding (ulps of the values over the step).
/// A complex step would need complex arithmetic, which the library has not.
/// </remarks>
/// <param name="Values">The derivative's elements, row-major.</param>
/// <param name="Errors">A bound on each element's error; infinite where no step gave finite values.</param>
public sealed record Difference(double[] Values, double[] Errors)
{
    private const double LargestStep = 0.125; // below Domain.Margin
    private const int Steps = 9;
    private const double UlpsOfValues = 32;
    private const double TruncationSafety = 8;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    /// <summary>d⁄dh f(x + h·v) at h = 0.</summary>
    public static Difference Along(Func<Tensor, Tensor> function, Tensor point, Tensor tangent)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentNullException.ThrowIfNull(point);
        ArgumentNullException.ThrowIfNull(tangent);
        var (x, v) = (point.ToArray(), tangent.ToArray());
        var (quotients, largest) = (new double[Steps][], 0.0);
        for (var k = 0; k < Steps; k++)
        {
            var h = Math.ScaleB(LargestStep, -k);
            var (right, left) = (At(h), At(-h));
            quotients[k] = [.. right.Zip(left, (r, l) => (r - l) / (2 * h))];
            largest = right.Concat(left).Where(double.IsFinite).Select(Math.Abs).Append(largest).Max();
        }
        var size = quotients[0].Length;
        var (values, errors) = (new double[size], new double[size]);
        for (var i = 0; i < size; i++)
            (values[i], errors[i]) = Extrapolate([.. quotients.Select(quotient => quotient[i])], UlpsOfValues * UnitRoundoff * largest);
        return new(values, errors);

        double[] At(double h) => function(Tensors.Constant([.. x.Zip(v, (a, b) => a + (h * b))], point.Shape)).ToArray();
    }

    private static (double Value, double Error) Extrapolate(double[] column, double valueError)
    {
        var best = (Value: double.NaN, Error: double.PositiveInfinity);
        for (var order = 1; order < Steps; order++)
        {
            var next = new double[Steps];
            var weight = Math.ScaleB(1, 2 * order); // halving the step leaves 4⁻ᵒʳᵈᵉʳ of the error term
            for (var k = order; k < Steps; k++)
            {
                next[k] = column[k] + ((column[k] - column[k - 1]) / (weight - 1));
                var truncation = Math.Max(Math.Abs(next[k] - column[k]), Math.Abs(next[k] - column[k - 1]));
                var error = (TruncationSafety * truncation) + (valueError / Math.ScaleB(LargestStep, -k));
                if (error < best.Error)
                    best = (next[k], error);
            }
            column = next;
        }
        return best;
    }
}
