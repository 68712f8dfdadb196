namespace AutoDiff.Nets;

/// <summary>What settings of layers are held to, as values for property initializers.</summary>
internal static class Checks
{
    public static int Positive(int value, string layer, string what)
    {
        Require.That(value > 0, $"[{layer}] got {value} {what}; expected at least 1");
        return value;
    }

    public static double Probability(double value, string layer, string what)
    {
        Require.That(value is >= 0 and <= 1, $"[{layer}] got {what} {value}; expected 0 to 1");
        return value;
    }
}
