namespace AutoDiff.Curvature;

/// <summary>In which box Keskar's sharpness is sought, and how; each start takes 100 steps at most unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
public sealed record KeskarOptions : IterationOptions
{
    /// <summary>ε, the size of the box |yᵢ| ≤ ε·(|(A⁺x)ᵢ| + 1); 1e-3 by default, the larger of the paper's two (the other is 5e-4).</summary>
    /// <exception cref="ArgumentException">It is not positive and finite.</exception>
    public double Epsilon
    {
        get;
        init
        {
            Require.That(value > 0 && double.IsFinite(value), $"[KeskarOptions] got an epsilon of {value}; expected a positive number");
            field = value;
        }
    } = 1e-3;

    /// <summary>The number p of columns of a random Gaussian A [n, p], in whose range the box lies; null, the default, for A = I: all parameters.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int? Dimensions
    {
        get;
        init
        {
            Require.Positive("KeskarOptions", "a number of dimensions of", value ?? 1);
            field = value;
        }
    }

    /// <summary>How many random points of the box the ascent starts from, the best counting; 4 by default. Threads share them.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Starts
    {
        get;
        init
        {
            Require.Positive("KeskarOptions", "a number of starts of", value);
            field = value;
        }
    } = 4;

    /// <summary>What a step of the projected gradient may still change, relative to the box; 1e-6 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("KeskarOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-6;

    /// <summary>The key that A and the starts are drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);
}
