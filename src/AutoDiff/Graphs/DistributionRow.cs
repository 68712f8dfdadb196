namespace AutoDiff;

/// <summary>Fills a span with a key's numbers.</summary>
internal delegate void Drawing<T>(PhiloxKey key, double a, double b, Span<T> target);

/// <summary>What is known of a distribution: its row in <see cref="Distributions"/>.</summary>
/// <param name="InDouble">Its numbers in double precision.</param>
/// <param name="InSingle">Its numbers in single precision.</param>
/// <param name="OfWord">A number by its random word and the parameters, what the fast loops must equal; null where a number takes more than its own word.</param>
internal sealed record DistributionRow(Drawing<double> InDouble, Drawing<float> InSingle, Func<ulong, double, double, double>? OfWord)
{
    /// <summary>Whether the numbers are whole ones below the first parameter.</summary>
    public bool CountsPositions => OfWord is null;

    /// <summary>Its numbers in a precision.</summary>
    public Drawing<T> In<T>() => (Drawing<T>)(object)(typeof(T) == typeof(double) ? InDouble : InSingle);
}
