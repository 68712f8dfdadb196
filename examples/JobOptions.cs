using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Examples;

/// <summary>What the user may choose. The number of threads is not among the figures: it changes none.</summary>
public sealed record JobOptions
{
    private const NumberStyles Widths = NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>The widths of the hidden layers.</summary>
    public ImmutableArray<int> Hidden { get; init; } = [16];

    public Nonlinearity Activation { get; init; } = Nonlinearity.Tanh;

    public double L2 { get; init; } = 1e-3;

    public ulong Seed { get; init; } = 1;

    /// <summary>Whether Adam computes in float32; everything else is float64 always.</summary>
    public bool SinglePrecision { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether the density of the eigenvalues is estimated, at the start and at the end.</summary>
    public bool Density { get; init; }

    /// <summary>The plane on which the loss is looked at around the end; null for none.</summary>
    public Plane? Landscape { get; init; }

    /// <summary>From how many starts critical points are looked for; 0 for none.</summary>
    public int Find { get; init; }

    /// <summary>Up to so many parameters all eigenvalues are computed; more would take longer than training does.</summary>
    public int MostDense { get; init; } = 3_000;

    /// <summary>Up to so many the index is counted by factorization, beside both ends of the spectrum; beyond, the ends bound it from below.</summary>
    public int MostFactored { get; init; } = 8_000;

    /// <summary>A list of widths such as <c>16,8</c>.</summary>
    /// <exception cref="RefusedException">It is not a list of whole numbers.</exception>
    public static ImmutableArray<int> ParseHidden(string text) =>
        [
            .. text.Split(',')
                .Select(width =>
                    int.TryParse(width, Widths, CultureInfo.InvariantCulture, out var units)
                        ? units
                        : throw new RefusedException($"--hidden {text}: got \"{width}\"; expected widths such as 16 or 16,8")
                ),
        ];

    /// <summary>The same options, in range.</summary>
    /// <exception cref="RefusedException">One is out of range.</exception>
    public JobOptions Checked() =>
        Hidden.IsDefaultOrEmpty || Hidden.Any(units => units < 1)
            ? throw new RefusedException($"--hidden {string.Join(',', Hidden)}: expected widths of at least 1")
        : !double.IsFinite(L2) || L2 < 0
            ? throw new RefusedException($"--l2 {L2.ToString(CultureInfo.InvariantCulture)}: expected a finite number, at least 0")
        : Threads < 1 ? throw new RefusedException($"--threads {Threads}: expected at least 1")
        : Find < 0 ? throw new RefusedException($"--find {Find}: expected at least 0")
        : this;
}
