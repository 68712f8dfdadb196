using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>The density of a Hessian's eigenvalues, by stochastic Lanczos quadrature.</summary>
/// <param name="Probes">How many random vectors it was made from.</param>
/// <param name="Products">How many products with the Hessian it took.</param>
/// <param name="IsExact">Whether all eigenvalues were computed instead, which is less work for small nets.</param>
/// <param name="IntegratedError">The share of the eigenvalues that may be misplaced.</param>
/// <param name="LinearPart">The axis is linear up to this magnitude and logarithmic beyond.</param>
/// <param name="Cells">The cells of the axis, ascending.</param>
public sealed record DensityReport(
    int Probes,
    int Products,
    bool IsExact,
    double IntegratedError,
    double LinearPart,
    ImmutableArray<DensityCell> Cells
)
{
    private const int Points = 32;
    private const int Samples = 10;
    private const double LinearShare = 1e-4;

    /// <summary>How far a run has come, which reports probes.</summary>
    public static double Fraction(RunProgress step) =>
        double.IsNaN(step.Fraction) ? Math.Min(1, (double)step.Iteration / Samples) : step.Fraction;

    /// <param name="objective">The loss.</param>
    /// <param name="point">Where, as classified.</param>
    /// <param name="key">What the random vectors are drawn from.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    public static DensityReport Of(Objective<Mlp> objective, CriticalPoint<Mlp> point, Key key, RunOptions options)
    {
        var largest = Math.Max(Math.Abs(point.Lowest.Value), Math.Abs(point.Highest.Value));
        var linear = largest > 0 ? LinearShare * largest : 1;
        var density = SpectralDensity.Of(
            objective.Hessian(point.Point),
            key,
            new()
            {
                Samples = Samples,
                Points = Points,
                LinearPart = linear,
                Threads = options.Threads,
                Progress = options.Progress,
                Cancellation = options.Cancellation,
            }
        );
        return new(density.IsExact ? 0 : density.Rules.Length, density.Products, density.IsExact, density.IntegratedError, linear, Cells());

        ImmutableArray<DensityCell> Cells()
        {
            var half = density.Spacing / 2;
            return
            [
                .. density.Axis.Select(
                    (middle, i) =>
                        new DensityCell(
                            linear * Math.Sinh(middle - half),
                            linear * Math.Sinh(middle + half),
                            density.Density[i] * density.Spacing,
                            density.StandardErrors[i] * density.Spacing
                        )
                ),
            ];
        }
    }
}

/// <summary>The share of the eigenvalues between two values, with its standard error over the probes.</summary>
public sealed record DensityCell(double Low, double High, double Share, double StandardError);
