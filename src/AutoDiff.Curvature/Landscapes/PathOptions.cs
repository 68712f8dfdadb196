namespace AutoDiff.Curvature;

/// <summary>How a path between two points is laid; after 1,000 moves of all images unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
public sealed record PathOptions : IterationOptions
{
    /// <summary>The number K of images along the path, both ends included; 21 by default, at least 3.</summary>
    /// <exception cref="ArgumentException">There are fewer than 3.</exception>
    public int Images
    {
        get;
        init
        {
            Require.That(value >= 3, $"[PathOptions] got {value} images; expected at least 3");
            field = value;
        }
    } = 21;

    /// <summary>The largest gradient across the path that is accepted, relative to the largest gradient norm on the first path; 1e-4 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("PathOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-4;

    /// <summary>How much of the difference between an image's distances to its neighbours an elastic band's springs take away in one move; 0.5 by default, above 0 and at most 1.</summary>
    /// <remarks>It is the spring constant times the step, a number without unit: k·h of the paper with h = 1/k at the largest stable move.</remarks>
    /// <exception cref="ArgumentException">It is not above 0 and at most 1.</exception>
    public double Spring
    {
        get;
        init
        {
            Require.That(value is > 0 and <= 1, $"[PathOptions] got a spring of {value}; expected above 0 and at most 1");
            field = value;
        }
    } = 0.5;

    /// <summary>The first trial's length as a share of the distance between images; 0.1 by default, above 0 and at most 0.5, beyond which no image ever moves at once.</summary>
    /// <remarks>Each image then has a step h of its own: halved until f(x − h·g⊥) ≤ f − h·‖g⊥‖²/2, which holds from h = 1/curvature on, and grown by half after each success.</remarks>
    /// <exception cref="ArgumentException">It is not above 0 and at most 0.5.</exception>
    public double FirstStep
    {
        get;
        init
        {
            Require.That(
                value is > 0 and <= PathMove.Longest,
                $"[PathOptions] got a first step of {value}; expected above 0 and at most {PathMove.Longest}"
            );
            field = value;
        }
    } = 0.1;
}
