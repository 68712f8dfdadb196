namespace AutoDiff.Curvature;

/// <summary>How a spectral density is estimated and drawn.</summary>
/// <remarks>With a tolerance, that of ∫ standard error: the share of the mass that may be misplaced. With neither tolerance nor budget, <see cref="Samples"/> probes.</remarks>
public sealed record SpectralDensityOptions : QuadratureOptions
{
    /// <summary>The number of probes where neither a tolerance nor a budget says otherwise; 10 by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Samples
    {
        get;
        init
        {
            Require.Positive("SpectralDensityOptions", "a number of samples of", value);
            field = value;
        }
    } = 10;

    /// <summary>The number of cells of the axis; 1,024 by default.</summary>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int Points
    {
        get;
        init
        {
            Require.Positive("SpectralDensityOptions", "a number of points of", value);
            field = value;
        }
    } = 1024;

    /// <summary>κ, above 1, which says how far the bumps of adjacent nodes overlap: the larger, the narrower they are; 3 by default (Papyan 2020, section D.2).</summary>
    /// <exception cref="ArgumentException">It is not above 1, or not finite.</exception>
    public double Kappa
    {
        get;
        init
        {
            Require.That(
                value > 1 && double.IsFinite(value),
                $"[SpectralDensityOptions] got a kappa of {value}; expected a finite number above 1"
            );
            field = value;
        }
    } = 3;

    /// <summary>What the axis reaches beyond the nodes on each side, relative to their range; 0.05 by default (Papyan 2020, section D.2).</summary>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Margin
    {
        get;
        init
        {
            Require.NonNegative("SpectralDensityOptions", "a margin", value);
            field = value;
        }
    } = 0.05;

    /// <summary>c of a signed logarithmic axis asinh(λ/c), linear within c of zero and logarithmic beyond, as <see cref="Histogram.SymmetricLog"/>; null for a linear axis.</summary>
    /// <exception cref="ArgumentException">It is not positive or not finite.</exception>
    public double? LinearPart
    {
        get;
        init
        {
            Require.That(
                value is null or (> 0 and < double.PositiveInfinity),
                $"[SpectralDensityOptions] got a linear part of {value}; expected a positive number"
            );
            field = value;
        }
    }

    /// <summary>How many of the smallest eigenvalues are deflated as outliers.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int DeflateSmallest
    {
        get;
        init
        {
            Require.NonNegative("SpectralDensityOptions", "a number of outliers", value);
            field = value;
        }
    }

    /// <summary>How many of the largest eigenvalues are deflated as outliers.</summary>
    /// <exception cref="ArgumentException">It is negative.</exception>
    public int DeflateLargest
    {
        get;
        init
        {
            Require.NonNegative("SpectralDensityOptions", "a number of outliers", value);
            field = value;
        }
    }

    /// <summary>Outliers that are known, to be deflated instead of any that were to be looked for; null for none.</summary>
    public EigenPairs? Outliers { get; init; }

    /// <summary>The budget that the number of probes is, where there is nothing else.</summary>
    internal SpectralDensityOptions WithBudget(int size) =>
        Tolerance is null && RelativeTolerance is null && MaxProducts is null
            ? this with
            {
                MaxProducts = (int)Math.Min((long)Samples * NodesFor(size), int.MaxValue),
            }
            : this;
}
