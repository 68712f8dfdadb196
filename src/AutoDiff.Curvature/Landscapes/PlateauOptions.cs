namespace AutoDiff.Curvature;

/// <summary>What counts as a plateau. The defaults are this library's own: per cents of what the training itself has shown.</summary>
public sealed record PlateauOptions : RunOptions
{
    /// <summary>How many of the last records are looked at; 20 by default, at least 4.</summary>
    /// <exception cref="ArgumentException">There are fewer than 4.</exception>
    public int Window
    {
        get;
        init
        {
            Require.That(value >= 4, $"[PlateauOptions] got a window of {value} records; expected at least 4");
            field = value;
        }
    } = 20;

    /// <summary>The <see cref="PlateauSigns.LossTrend"/> up to which the loss is flat; 1e-3 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double LossTolerance
    {
        get;
        init
        {
            Require.NonNegative("PlateauOptions", "a loss tolerance", value);
            field = value;
        }
    } = 1e-3;

    /// <summary>The <see cref="PlateauSigns.GradientShare"/> or <see cref="PlateauSigns.Elasticity"/> up to which the gradient is small; 1e-2 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double GradientTolerance
    {
        get;
        init
        {
            Require.NonNegative("PlateauOptions", "a gradient tolerance", value);
            field = value;
        }
    } = 1e-2;

    /// <summary>The <see cref="PlateauSigns.Drift"/> up to which the parameters hover; 1e-2 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double DriftTolerance
    {
        get;
        init
        {
            Require.NonNegative("PlateauOptions", "a drift tolerance", value);
            field = value;
        }
    } = 1e-2;

    /// <summary>How far the critical point may be from the last point, relative to max(1, ‖x‖₂); 0.1 by default.</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Reach
    {
        get;
        init
        {
            Require.NonNegative("PlateauOptions", "a reach", value);
            field = value;
        }
    } = 0.1;

    /// <summary>The most parameters for which the critical point itself is sought and classified by all eigenvalues; 500 by default. Beyond, both ends of the spectrum at the last point decide.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int MostDense
    {
        get;
        init
        {
            Require.NonNegative("PlateauOptions", "a number of parameters", value);
            field = value;
        }
    } = 500;
}
