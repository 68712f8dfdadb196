using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>A part of a report in words: what every view of it shows.</summary>
/// <param name="Title">What it is about.</param>
/// <param name="Lines">Its figures.</param>
/// <param name="Pictures">What is shown below them by bars.</param>
public sealed record Section(string Title, ImmutableArray<Line> Lines, ImmutableArray<Bars> Pictures)
{
    /// <summary>What is shown below by characters, all lines of one length.</summary>
    public ImmutableArray<string> Map { get; init; } = [];
}

/// <summary>A figure and its name.</summary>
public sealed record Line(string Name, string Value);

/// <summary>The wording of a report.</summary>
public static class Sections
{
    private const int ShownWidth = 12;

    public static ImmutableArray<Section> Of(Report report) =>
        [
            new(report.Question, Asked(report.Setting), []),
            new(
                "1. At zero weights, output bias at its optimum",
                [.. Point(report.Start), .. Expected(report.Expectation, report.Start)],
                Bars(report.Start, report.StartDensity)
            ),
            new("2. Away from there", [.. Escaped(report.Escape), .. Trained(report.Training)], []),
            new("3. Where training ends", Point(report.End), Bars(report.End, report.EndDensity)),
            .. Around(report.Landscape),
            .. Met(report.Found, report.Landscape is null ? 4 : 5),
        ];

    private static ImmutableArray<Line> Asked(Setting setting) =>
        [
            new("data", $"{setting.Data}: {setting.Rows} rows, {setting.Widths[0]} features {setting.Scaling}"),
            new("classes", $"{setting.Labels.Length}, labelled {Shortened(setting.Labels)}"),
            new("net", $"{string.Join('-', setting.Widths)} {setting.Activation}, {setting.Parameters} parameters"),
            new("loss", $"softmax cross-entropy, mean over rows, + l2/2 * |parameters|^2, l2 = {Number(setting.L2)}"),
            new(
                "arithmetic",
                $"{(setting.AdamPrecision is "float64" ? "float64" : $"float64, Adam in {setting.AdamPrecision}")}; seed {setting.Seed}"
            ),
        ];

    private static ImmutableArray<Line> Point(PointReport point) =>
        [
            new("loss", $"{Number(point.Loss)}, {Percent(point.Accuracy)} of rows right"),
            new("gradient norm", Short(point.GradientNorm)),
            new("kind", point.Kind),
            new("index", Index(point)),
            new("nullity", $"{point.Nullity}{(point.IndexIsExact ? "" : " found")} within {Short(point.Threshold)} of zero"),
            new("LDL^T inertia", Inertia(point.Inertia)),
            new("smallest eigenvalue", Pair(point.Lowest)),
            new("largest eigenvalue", Pair(point.Highest)),
            new(
                "minimum ratio",
                point.MinimumRatio is { } ratio ? $"{Percent(ratio)} of eigenvalues positive" : "unknown: not all eigenvalues are counted"
            ),
            new(
                "condition number",
                point.ConditionNumber is { } condition ? Short(condition) : "unknown: only both ends of the spectrum are"
            ),
            new("outliers", point.Outliers is { } outliers ? $"{outliers} above the bulk" : "unknown: the bulk is"),
        ];

    private static string Index(PointReport point) =>
        point.IndexIsExact
            ? $"{point.Index} of {point.Size} eigenvalues negative"
            : $"at least {point.Index} of {point.Size} eigenvalues negative, none below {Short(point.SmallestPossible)} or above {Short(point.LargestPossible)}";

    private static string Inertia(InertiaReport? inertia) =>
        inertia is null
            ? "none: too large to factor"
            : $"{inertia.Below} negative, {inertia.Within} near zero, {inertia.Above} positive, {inertia.Uncertain} uncertain: "
                + (inertia.ConfirmsIndex ? "confirms the index" : "DOES NOT CONFIRM the index");

    private static ImmutableArray<Line> Expected(Expectation expectation, PointReport start) =>
        expectation is { ClosedForm: { } form, LargestDeviation: { } deviation }
            ?
            [
                new(
                    "closed form",
                    $"l2 +- {(form.Slope == 1 ? "" : $"{Number(form.Slope)} ")}sigma, once for each hidden unit: index {form.Index}"
                ),
                new("its eigenvalues", $"{Number(form.Eigenvalues[0])} to {Number(form.Eigenvalues[^1])}"),
                new("sigma", Shortened([.. form.SingularValues.Select(Short)])),
                new(
                    "largest deviation",
                    $"{Short(deviation)} over {(start.Eigenvalues.Length == start.Size ? "all eigenvalues" : "the eigenvalues known")}"
                ),
            ]
            : [new("closed form", expectation.Absence ?? "none")];

    private static ImmutableArray<Line> Escaped(EscapeReport? escape) =>
        escape is null
            ? [new("escape", "none: no negative curvature at a critical point; training starts there")]
            :
            [
                new("escape", $"{Short(escape.Step)} along the most negative eigenvector: {escape.Outcome}"),
                new("loss", $"{Number(escape.Loss)}, lower by {Number(escape.Decrease)}"),
            ];

    private static ImmutableArray<Line> Trained(TrainingReport training) =>
        [
            new("noise", $"normal, standard deviation {Number(training.Noise)}, on every parameter: loss {Number(training.StartLoss)}"),
            new("Adam", $"{training.AdamSteps} steps: loss {Number(training.AdamLoss)}"),
            new("Newton", $"{training.NewtonSteps} steps, {training.HessianProducts} Hessian products: {InWords(training.Outcome)}"),
        ];

    /// <summary>An outcome's name with what it means for the net.</summary>
    private static string InWords(string outcome) =>
        Enum.Parse<Outcome>(outcome) switch
        {
            Outcome.Converged => "converged",
            Outcome.MaxIterations => "NOT CONVERGED, all steps used up",
            Outcome.NegativeCurvature => "NOT CONVERGED, at a saddle",
            Outcome.Breakdown => "NOT CONVERGED, the Hessian is singular",
            Outcome.NotFinite => "NOT CONVERGED, the loss or a derivative is not finite along every step",
            Outcome.Stagnated => "NOT CONVERGED, the loss no longer falls by more than its rounding",
            Outcome.SmallStep => "NOT CONVERGED, no step lowers the loss",
            Outcome.FlatGradient => "the gradient's norm is at a least that is not zero: no critical point",
            Outcome.Cancelled => "NOT CONVERGED, cancelled",
        };

    private static ImmutableArray<Bars> Bars(PointReport point, DensityReport? density) =>
        density is null ? [Spectrum(point)] : [Spectrum(point), Density(density)];

    private static Bars Spectrum(PointReport point) =>
        new(
            point.Eigenvalues.Length == point.Size
                ? "spectrum, by half decades"
                : $"the {point.Eigenvalues.Length} eigenvalues known, at both ends, by half decades",
            [
                .. SpectrumBins
                    .Of(point.Eigenvalues, point.Threshold)
                    .Select(bin => new Bar(bin.Low, bin.High, bin.Count.ToString(CultureInfo.InvariantCulture), bin.Count)),
            ]
        );

    private static Bars Density(DensityReport density) =>
        new(
            density.IsExact
                ? "density, from all eigenvalues: percent of them"
                : $"density, from {density.Probes} probes of {density.Products} products: percent of eigenvalues, {Percent(density.IntegratedError)} of them may be misplaced",
            [
                .. density.Cells.Select(cell => new Bar(
                    cell.Low,
                    cell.High,
                    (100 * cell.Share).ToString("0.00", CultureInfo.InvariantCulture),
                    Math.Round(cell.Share, 4)
                )),
            ]
        );

    private static ImmutableArray<Section> Around(LandscapeReport? landscape) =>
        landscape is null
            ? []
            :
            [
                new(
                    "4. The loss around there",
                    [
                        new("plane", Plane(landscape.Directions)),
                        new("reach", $"{Short(landscape.Lengths[0])} each way across, {Short(landscape.Lengths[1])} upwards and down"),
                        new("loss up to", LossMap.Legend(landscape.Losses)),
                    ],
                    []
                )
                {
                    Map = LossMap.Of(landscape.Losses),
                },
            ];

    private static ImmutableArray<Section> Met(FindReport? found, int number) =>
        found is null
            ? []
            :
            [
                new(
                    $"{number}. Critical points met",
                    [
                        new(
                            "starts",
                            $"{found.Along} along gradient descent, {found.Around} around the end, standard deviation {Number(found.Deviation)}; {found.Products} Hessian products"
                        ),
                        new("loss", "kind, index, nullity: starts that led there"),
                        .. found.Points.Select(one => new Line(Number(one.Point.Loss), $"{Named(one.Point)}: {one.Starts.Length}")),
                        .. found
                            .Failures.GroupBy(failure => failure.Outcome, StringComparer.Ordinal)
                            .Select(group => new Line("none", $"{Unmet(group.Key)}: {group.Count()}")),
                    ],
                    []
                ),
            ];

    private static string Named(PointReport point) =>
        $"{point.Kind}, {(point.IndexIsExact ? "" : "at least ")}{point.Index} of {point.Size}, {point.Nullity}";

    /// <summary>Why a search came to no critical point.</summary>
    private static string Unmet(string outcome) =>
        Enum.Parse<Outcome>(outcome) switch
        {
            Outcome.MaxIterations => "all steps used up",
            Outcome.NotFinite => "the loss or a derivative is not finite",
            Outcome.FlatGradient => "the gradient is least but not zero",
            Outcome.SmallStep => "no step shortens the gradient",
            _ => "the gradient no longer becomes shorter",
        };

    private static string Plane(string directions) =>
        directions is "random"
            ? "random directions, each unit's weights as long as the net's"
            : "eigenvectors of the smallest eigenvalue (across) and of the largest (upwards)";

    private static string Pair(PairReport pair) => $"{Number(pair.Value)} +- {Short(pair.ErrorBound)}, residual {Short(pair.Residual)}";

    private static string Shortened<T>(ImmutableArray<T> items) =>
        string.Join(' ', items.Take(ShownWidth)) + (items.Length > ShownWidth ? $" ... ({items.Length})" : "");

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
