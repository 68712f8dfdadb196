namespace AutoDiff.Curvature;

/// <summary>How the highest loss of a ball is sought; 100 steps from each start at most unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
public sealed record AscentOptions : IterationOptions
{
    /// <summary>What a step of the projected gradient may still change, relative to the radius; 1e-6 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("AscentOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-6;

    /// <summary>The key that the second start, a random direction, is drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);
}
