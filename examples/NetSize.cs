using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>How many parameters a net has, and whether that fits into memory.</summary>
public static class NetSize
{
    // A Hessian, what its eigenvalues are found in, and room for the rest; Hessian, factors and their copies on both sides of both thresholds.
    private const int DenseCopies = 4;
    private const int FactoredCopies = 6;

    // The vectors that Lanczos's iteration and Newton's equations keep, and what training holds.
    private const int Vectors = 400;

    // Each layer's values, slopes, tangents and their batches.
    private const int ActivationCopies = 24;

    /// <summary>The number of parameters of a net of the given widths, features first, classes last.</summary>
    /// <param name="widths">The widths.</param>
    /// <param name="rows">The number of examples.</param>
    /// <param name="options">How its Hessians are examined.</param>
    /// <exception cref="RefusedException">What is computed of it does not fit into this machine's memory.</exception>
    public static int Parameters(ImmutableArray<int> widths, int rows, JobOptions options)
    {
        // In double: widths up to 2³¹ must not overflow before they are refused.
        var count = widths.Zip(widths.Skip(1), (from, to) => (from + 1.0) * to).Sum();
        var values = Kept(count, options) + (ActivationCopies * (double)rows * widths.Sum(width => (double)width));
        var (needed, available) = (values * sizeof(double) / (1 << 30), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30));
        return needed <= available && count <= Array.MaxLength
            ? (int)count
            : throw new RefusedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a net {string.Join('-', widths)} has {count:0} parameters: it needs about {needed:0.0} GiB; there are {available:0.0} GiB; narrow --hidden"
                )
            );
    }

    private static double Kept(double count, JobOptions options) =>
        (count * Vectors)
        + (
            count <= options.MostDense ? DenseCopies * count * count
            : count <= options.MostFactored ? FactoredCopies * count * count
            : 0
        );
}
