namespace AutoDiff;

/// <summary>How a quantile lies between the elements next to it: the nine of Hyndman and Fan (1996) and four more, by NumPy's names.</summary>
/// <remarks>n elements, sorted, have positions 0 … n − 1; a position outside counts as the nearest of these.</remarks>
public enum QuantileMethod
{
    /// <summary>Between the elements round position p·(n − 1): Hyndman and Fan's 7.</summary>
    Linear,

    /// <summary>The element below position p·(n − 1).</summary>
    Lower,

    /// <summary>The element above it.</summary>
    Higher,

    /// <summary>The mean of the elements below and above it.</summary>
    Midpoint,

    /// <summary>The nearest to it, of two the one at an even position.</summary>
    Nearest,

    /// <summary>The first element at which the empirical distribution reaches p: 1.</summary>
    InvertedCdf,

    /// <summary>The same, or the mean of two where it is p exactly between them: 2.</summary>
    AveragedInvertedCdf,

    /// <summary>The observation nearest to n·p, counted from 1, of two the one of even count: 3.</summary>
    ClosestObservation,

    /// <summary>Between the elements round n·p − 1: 4.</summary>
    InterpolatedInvertedCdf,

    /// <summary>Between those round n·p − ½: 5.</summary>
    Hazen,

    /// <summary>Between those round (n + 1)·p − 1: 6.</summary>
    Weibull,

    /// <summary>Between those round (n + ⅓)·p − ⅔, nearly unbiased for the median: 8.</summary>
    MedianUnbiased,

    /// <summary>Between those round (n + ¼)·p − ⅝, nearly unbiased for normal elements: 9.</summary>
    NormalUnbiased,
}
