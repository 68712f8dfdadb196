namespace AutoDiff;

/// <summary>Where quantiles lie among sorted elements: Hyndman and Fan, "Sample quantiles in statistical packages" (1996).</summary>
internal static class Quantiles
{
    /// <summary>The position below the quantile, and how far towards the next one it lies, 0 to 1.</summary>
    public static (int Position, double Weight) Between(int count, double probability, QuantileMethod method)
    {
        var (n, p) = ((double)count, probability);
        var (linear, inverse) = ((n - 1) * p, (n * p) - 1);
        return method switch
        {
            QuantileMethod.Linear => At(linear),
            QuantileMethod.Lower => At(Math.Floor(linear)),
            QuantileMethod.Higher => At(Math.Ceiling(linear)),
            QuantileMethod.Midpoint => At((Math.Floor(linear) + Math.Ceiling(linear)) / 2),
            QuantileMethod.Nearest => At(Math.Round(linear, MidpointRounding.ToEven)),
            QuantileMethod.InvertedCdf => At(Math.Ceiling(inverse)),
            QuantileMethod.AveragedInvertedCdf => At(inverse == Math.Floor(inverse) ? inverse + 0.5 : Math.Ceiling(inverse)),
            // Counted from 1 the nearest is even, so from 0 it is odd.
            QuantileMethod.ClosestObservation => At(Math.Round(n * p, MidpointRounding.ToEven) - 1),
            QuantileMethod.InterpolatedInvertedCdf => At(Position(0, 1)),
            QuantileMethod.Hazen => At(Position(0.5, 0.5)),
            QuantileMethod.Weibull => At(Position(0, 0)),
            QuantileMethod.MedianUnbiased => At(Position(1 / 3.0, 1 / 3.0)),
            QuantileMethod.NormalUnbiased => At(Position(3 / 8.0, 3 / 8.0)),
        };

        double Position(double alpha, double beta) => (n * p) + alpha + (p * (1 - alpha - beta)) - 1;

        (int, double) At(double position)
        {
            var clamped = Math.Clamp(position, 0, n - 1);
            var below = Math.Floor(clamped);
            return ((int)below, clamped - below);
        }
    }
}
