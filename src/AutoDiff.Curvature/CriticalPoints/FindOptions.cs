namespace AutoDiff.Curvature;

/// <summary>How critical points are looked for, and which count as one. <see cref="IterationOptions.MaxIterations"/> is for each start: 200 by default, 5,000 for descent on the gradient's norm.</summary>
/// <remarks>
/// <see cref="IterationOptions.MaxProducts"/> is for all starts together, in their order: those after the one that uses it up do not count. For a limit of time
/// hand in a token that cancels after it. Threads share the starts; the results do not depend on their number.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record FindOptions<T> : IterationOptions
    where T : ITensorTree<T>
{
    /// <summary>The method; <see cref="FindMethod.NewtonMr"/> by default.</summary>
    public FindMethod Method { get; init; } = FindMethod.NewtonMr;

    /// <summary>The length of Newton's step, relative to the point or, if that is longer, the start, after which a search ends; 1e-9 by default, so that the next would be all rounding.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("FindOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-9;

    /// <summary>How far apart two points may be and count as one, relative to the longest of them and of their starts; 1e-5 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double SameDistance
    {
        get;
        init
        {
            Require.NonNegative("FindOptions", "a distance", value);
            field = value;
        }
    } = 1e-5;

    /// <summary>One point for all that symmetries make of it, such as units put in order and signs made positive: points with near images count as one.</summary>
    public Func<T, T>? Canonical { get; init; }

    /// <summary>Symmetries of the loss: a point counts as another where one of them brings it near that one. A group but for the identity.</summary>
    public IReadOnlyList<Func<T, T>> Symmetries { get; init; } = [];

    /// <summary>What points of one continuous family have in common, and no others, by <see cref="object.Equals(object)"/>: such as rank, index and rounded loss. Null for each point on its own.</summary>
    public Func<CriticalPoint<T>, object>? Family { get; init; }

    /// <summary>How what was found is classified; its threads, progress and cancellation are not used.</summary>
    public CurvatureOptions Curvature { get; init; } = new();
}
