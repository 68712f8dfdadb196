using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Draws quadrature rules as a density over cells of an axis.</summary>
internal static class DensityAxis
{
    /// <summary>Standard deviations beyond which a normal bump has no mass in double precision.</summary>
    private const double Reach = 9;

    /// <summary>The density of outliers and rules.</summary>
    public static SpectralDensity Density(
        int size,
        ImmutableArray<double> outliers,
        ImmutableArray<QuadratureRule> rules,
        bool isExact,
        Outcome outcome,
        int products,
        SpectralDensityOptions options
    )
    {
        var density = new SpectralDensity
        {
            Size = size,
            Axis = [],
            Grid = [],
            Spacing = double.NaN,
            Density = [],
            StandardErrors = [],
            Width = double.NaN,
            LinearPart = options.LinearPart,
            Outliers = outliers,
            Rules = rules,
            Outcome = outcome,
            Products = products,
            IsExact = isExact,
        };
        return rules.IsEmpty ? density : Drawn(density, options);
    }

    private static SpectralDensity Drawn(SpectralDensity density, SpectralDensityOptions options)
    {
        Func<double, double> onAxis = options.LinearPart is { } c ? x => Histogram.Logarithmic(x, c) : x => x;
        Func<double, double> offAxis = options.LinearPart is { } d ? t => Histogram.Linear(t, d) : t => t;
        var (low, high) = (onAxis(density.Rules.Min(rule => rule.Nodes[0])), onAxis(density.Rules.Max(rule => rule.Nodes[^1])));
        var range = high - low;
        // A spectrum of one point is drawn as a bump that is narrow beside its distance from 0.
        if (range <= 4 * Roundoff.Epsilon * Math.Max(Math.Abs(low), Math.Abs(high)))
            range =
                low == 0
                    ? options.LinearPart is null
                        ? 1
                        : 1e-2
                    : 1e-2 * Math.Abs(low);
        var nodes = Math.Max(options.NodesFor(density.Size), 2);
        var width = range * (1 + (2 * options.Margin)) / ((nodes - 1) * Math.Sqrt(8 * Math.Log(options.Kappa)));
        var margin = Math.Max(options.Margin * range, Reach * width / 2);
        (low, high) = (low - margin, high + margin);
        foreach (var value in density.Outliers)
            (low, high) = (Math.Min(low, onAxis(value) - margin), Math.Max(high, onAxis(value) + margin));

        var spacing = (high - low) / options.Points;
        var bulk = (double)(density.Size - density.Outliers.Length) / density.Size;
        var (axis, known) = (new double[options.Points], new double[options.Points]);
        for (var i = 0; i < axis.Length; i++)
            axis[i] = low + ((i + 0.5) * spacing);
        foreach (var value in density.Outliers)
            AddBump(known, (onAxis(value) - low) / spacing, width / spacing, 1 / (density.Size * spacing));
        var samples = new double[density.Rules.Length][];
        for (var r = 0; r < samples.Length; r++)
        {
            samples[r] = (double[])known.Clone();
            var rule = density.Rules[r];
            for (var i = 0; i < rule.Nodes.Length; i++)
                AddBump(samples[r], (onAxis(rule.Nodes[i]) - low) / spacing, width / spacing, bulk * rule.Weights[i] / spacing);
        }
        var (values, errors, cell) = (new double[axis.Length], new double[axis.Length], new double[samples.Length]);
        for (var i = 0; i < axis.Length; i++)
        {
            for (var r = 0; r < samples.Length; r++)
                cell[r] = samples[r][i];
            (values[i], errors[i]) = SampleMean.Of(cell);
            if (density.IsExact)
                errors[i] = 0;
        }
        return density with
        {
            Axis = [.. axis],
            Grid = [.. axis.Select(offAxis)],
            Spacing = spacing,
            Density = [.. values],
            StandardErrors = [.. errors],
            Width = width,
        };
    }

    /// <summary>Adds a normal bump's share of each cell, times a factor; the cells at the ends get what is beyond.</summary>
    /// <param name="cells">The cells, of width 1 from 0 on.</param>
    /// <param name="centre">Where the bump is.</param>
    /// <param name="width">Its standard deviation.</param>
    /// <param name="factor">The factor.</param>
    private static void AddBump(double[] cells, double centre, double width, double factor)
    {
        var first = (int)Math.Clamp(Math.Floor(centre - (Reach * width)), 0, cells.Length - 1);
        var last = (int)Math.Clamp(Math.Floor(centre + (Reach * width)), 0, cells.Length - 1);
        var below = 0.0;
        for (var i = first; i <= last; i++)
        {
            var upTo = i == last ? 1 : Draws.Probability((i + 1 - centre) / width);
            cells[i] += factor * (upTo - below);
            below = upTo;
        }
    }
}
