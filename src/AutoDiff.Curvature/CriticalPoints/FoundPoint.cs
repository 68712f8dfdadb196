using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A critical point, or a family of them, that searches came to.</summary>
/// <param name="Point">The point, classified; of several the one from the first start.</param>
/// <param name="Starts">The numbers of the starts that led there, ascending.</param>
/// <param name="Products">The products with Hessians that these searches took together.</param>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record FoundPoint<T>(CriticalPoint<T> Point, ImmutableArray<int> Starts, long Products)
{
    /// <summary>How often it was met.</summary>
    public int Count => Starts.Length;

    /// <summary>The same with what other searches found.</summary>
    internal FoundPoint<T> With(FoundPoint<T> other) =>
        this with
        {
            Starts = [.. Starts.Concat(other.Starts).Order()],
            Products = Products + other.Products,
        };
}
