namespace AutoDiff.Laws;

/// <summary>A directional derivative from function values alone, with a bound on its error.</summary>
/// <remarks>
/// Central differences extrapolated to step 0 (Ridders 1982; Press et al., Numerical Recipes, section 5.7): each element takes the entry of the
/// tableau with the least error, estimated as truncation (how much it differs from its two parents) plus rounding (some ulps of the values, or
/// what their scatter at the smallest steps shows, over the step).
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
    private const double NoiseSafety = 4;
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
            var h = Step(k);
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

    /// <summary>Row <c>order</c>, from its element <c>order</c> on: quotients whose error is of order 2·order + 2 in the step.</summary>
    private static double[][] Tableau(double[] quotients)
    {
        var rows = new double[Steps][];
        rows[0] = quotients;
        for (var order = 1; order < Steps; order++)
        {
            rows[order] = new double[Steps];
            var weight = Math.ScaleB(1, 2 * order); // halving the step leaves 4⁻ᵒʳᵈᵉʳ of the error term
            for (var k = order; k < Steps; k++)
                rows[order][k] = rows[order - 1][k] + ((rows[order - 1][k] - rows[order - 1][k - 1]) / (weight - 1));
        }
        return rows;
    }

    private static (double Value, double Error) Extrapolate(double[] quotients, double roundingOfValues)
    {
        var rows = Tableau(quotients);
        var noise = Math.Max(roundingOfValues, NoiseSafety * Noise(rows[2]));
        var best = (Value: double.NaN, Error: double.PositiveInfinity);
        for (var order = 1; order < Steps; order++)
        {
            for (var k = order; k < Steps; k++)
            {
                var value = rows[order][k];
                var truncation = Math.Max(Math.Abs(value - rows[order - 1][k]), Math.Abs(value - rows[order - 1][k - 1]));
                var error = (TruncationSafety * truncation) + (noise / Step(k));
                if (error < best.Error)
                    best = (value, error);
            }
        }
        return best;
    }

    /// <summary>The rounding error of the function's values, seen where the steps are so small that nothing else is left.</summary>
    private static double Noise(double[] row)
    {
        var noise = 0.0;
        for (var k = Steps - 4; k < Steps; k++)
            noise = Math.Max(noise, Math.Abs(row[k] - row[k - 1]) * Step(k));
        return double.IsNaN(noise) ? 0 : noise;
    }

    private static double Step(int k) => Math.ScaleB(LargestStep, -k);
}
