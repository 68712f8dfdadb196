namespace AutoDiff.Curvature;

/// <summary>How <see cref="OperatorCheck"/> tries an operator.</summary>
public sealed record OperatorCheckOptions : RunOptions
{
    /// <summary>The number of pairs of random vectors; 4 by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Pairs
    {
        get;
        init
        {
            Require.Positive("OperatorCheckOptions", "a number of pairs of", value);
            field = value;
        }
    } = 4;

    /// <summary>What passes of the relative differences between products that only rounding tells apart; 1e-10 by default, some digits above what sums of a million terms leave.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("OperatorCheckOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-10;

    /// <summary>What passes of the relative difference between a product and a difference of gradients, where that is known so well; 1e-6 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double DifferenceTolerance
    {
        get;
        init
        {
            Require.NonNegative("OperatorCheckOptions", "a tolerance of differences", value);
            field = value;
        }
    } = 1e-6;

    /// <summary>The key that the vectors are drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);
}
