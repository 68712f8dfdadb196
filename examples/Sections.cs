using System.Collections.Immutable;
using System.Globalization;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>A part of a report in words: what every view of it shows.</summary>
public sealed record Section(string Title, ImmutableArray<Line> Lines, ImmutableArray<SpectrumBin> Spectrum);

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
                [.. Point(report.Start), .. Expected(report.Expectation)],
                Bins(report.Start)
            ),
            new("2. Away from there", [.. Escaped(report.Escape), .. Trained(report.Training)], []),
            new("3. Where training ends", [.. Point(report.End)], Bins(report.End)),
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
            new("index", $"{point.Index} of {point.Size} eigenvalues negative"),
            new("nullity", $"{point.Nullity} within {Short(point.Threshold)} of zero"),
            new(
                "LDL^T inertia",
                $"{point.Inertia.Below} negative, {point.Inertia.Within} near zero, {point.Inertia.Above} positive, {point.Inertia.Uncertain} uncertain: "
                    + (point.Inertia.ConfirmsIndex ? "confirms the index" : "DOES NOT CONFIRM the index")
            ),
            new("smallest eigenvalue", Pair(point.Lowest)),
            new("largest eigenvalue", Pair(point.Highest)),
            new("minimum ratio", $"{Percent(point.MinimumRatio)} of eigenvalues positive"),
            new("condition number", Short(point.ConditionNumber)),
            new("outliers", $"{point.Outliers} above the bulk"),
        ];

    private static ImmutableArray<Line> Expected(Expectation expectation) =>
        expectation is { ClosedForm: { } form, LargestDeviation: { } deviation }
            ?
            [
                new(
                    "closed form",
                    $"l2 +- {(form.Slope == 1 ? "" : $"{Number(form.Slope)} ")}sigma, once for each hidden unit: index {form.Index}"
                ),
                new("its eigenvalues", $"{Number(form.Eigenvalues[0])} to {Number(form.Eigenvalues[^1])}"),
                new("sigma", Shortened([.. form.SingularValues.Select(Short)])),
                new("largest deviation", $"{Short(deviation)} over all eigenvalues"),
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

    private static ImmutableArray<SpectrumBin> Bins(PointReport point) => SpectrumBins.Of(point.Eigenvalues, point.Threshold);

    private static string Pair(PairReport pair) => $"{Number(pair.Value)} +- {Short(pair.ErrorBound)}, residual {Short(pair.Residual)}";

    private static string Shortened<T>(ImmutableArray<T> items) =>
        string.Join(' ', items.Take(ShownWidth)) + (items.Length > ShownWidth ? $" ... ({items.Length})" : "");

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => (100 * share).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
