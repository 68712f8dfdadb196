using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>How many parameters a net has, and how many are too many.</summary>
public static class NetSize
{
    // A dense Hessian of so many takes 3.2 GB, and its eigenvalues some 10¹³ operations.
    public const int MostParameters = 20_000;

    // The Hessian, its scaled and its reduced copy, and room for the rest.
    private const int Copies = 4;

    /// <summary>The number of parameters of a net of the given widths, features first, classes last.</summary>
    /// <exception cref="RefusedException">There are too many for a dense Hessian, by rule or by this machine's memory.</exception>
    public static int Parameters(ImmutableArray<int> widths)
    {
        // In double: widths up to 2³¹ must not overflow before they are refused.
        var count = widths.Zip(widths.Skip(1), (from, to) => (from + 1.0) * to).Sum();
        var gigabytes = Copies * sizeof(double) * count * count / 1e9;
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return count > MostParameters ? throw Refusal($"expected at most {MostParameters}")
            : gigabytes > available ? throw Refusal($"its Hessian needs {gigabytes:0.0} GB; there are {available:0.0} GB")
            : (int)count;

        RefusedException Refusal(FormattableString problem) =>
            new(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a net {string.Join('-', widths)} has {count:0} parameters: {FormattableString.Invariant(problem)}; narrow --hidden"
                )
            );
    }
}
