namespace AutoDiff.Numerics;

/// <summary>How finely double precision resolves.</summary>
public static class Roundoff
{
    /// <summary>2⁻⁵², the distance from 1 to the next larger number; called ε in bounds.</summary>
    public const double Epsilon = 1.0 / (1L << 52);

    /// <summary>2⁻⁵³, the unit roundoff: the largest relative error of a result rounded to nearest.</summary>
    public const double Unit = 1.0 / (1L << 53);
}
