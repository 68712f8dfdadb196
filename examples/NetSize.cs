using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>How many parameters a net has, and how many are too many.</summary>
public static class NetSize
{
    // A dense Hessian of so many takes 3.2 GB, and its eigenvalues some 10¹³ operations.
    public const int MostParameters = 20_000;

    /// <summary>The number of parameters of a net of the given widths, features first, classes last.</summary>
    /// <exception cref="RefusedException">There are too many for a dense Hessian.</exception>
    public static int Parameters(ImmutableArray<int> widths)
    {
        // In double: widths up to 2³¹ must not overflow before they are refused.
        var count = widths.Zip(widths.Skip(1), (from, to) => (from + 1.0) * to).Sum();
        return count <= MostParameters
            ? (int)count
            : throw new RefusedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"a net {string.Join('-', widths)} has {count:0} parameters; expected at most {MostParameters}, as its Hessian is a dense matrix: narrow --hidden"
                )
            );
    }
}
