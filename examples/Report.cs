using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>Everything the main job finds: figures only, so that the same options give the same report.</summary>
public sealed record Report(
    Setting Setting,
    PointReport Start,
    Expectation Expectation,
    EscapeReport? Escape,
    TrainingReport Training,
    PointReport End
)
{
    /// <summary>The question that the job answers.</summary>
    [JsonPropertyOrder(-1)]
    public string Question { get; } = "Where does this net sit?";

    /// <summary>The density of the eigenvalues at the start, where it was asked for.</summary>
    public DensityReport? StartDensity { get; init; }

    /// <summary>The density of the eigenvalues where training ends, where it was asked for.</summary>
    public DensityReport? EndDensity { get; init; }

    /// <summary>The loss around the point where training ends, where it was asked for.</summary>
    public LandscapeReport? Landscape { get; init; }

    /// <summary>The critical points met, where they were asked for.</summary>
    public FindReport? Found { get; init; }
}

/// <summary>What was asked. Neither threads nor times are here: they change no figure.</summary>
/// <param name="Data">The data's name.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="Labels">The label of each class, ascending.</param>
/// <param name="Scaling">What was done to the features.</param>
/// <param name="Widths">The net's widths, features first, classes last.</param>
/// <param name="Activation">What stands between layers.</param>
/// <param name="L2">The penalty.</param>
/// <param name="Seed">The seed of the noise before training.</param>
/// <param name="AdamPrecision">In what Adam computes; everything else is float64.</param>
/// <param name="Parameters">How many there are.</param>
public sealed record Setting(
    string Data,
    int Rows,
    ImmutableArray<long> Labels,
    string Scaling,
    ImmutableArray<int> Widths,
    string Activation,
    double L2,
    ulong Seed,
    string AdamPrecision,
    int Parameters
)
{
    /// <exception cref="RefusedException">An option is out of range, or the net does not fit into memory.</exception>
    public static Setting Of(JobOptions options, DataSet data)
    {
        options = options.Checked();
        var (features, targets) = (data.Rows.Features.Shape, data.Rows.Targets.Shape);
        ImmutableArray<int> widths = [features[1], .. options.Hidden, targets[1]];
        return new(
            data.Source,
            features[0],
            data.Labels,
            data.Scaling.Describe(),
            widths,
            options.Activation.Name(),
            options.L2,
            options.Seed,
            options.SinglePrecision ? "float32" : "float64",
            NetSize.Parameters(widths, features[0], options)
        );
    }
}

/// <summary>How far the loss falls from the start along the most negative eigenvector.</summary>
public sealed record EscapeReport(double Loss, double Decrease, double Step, string Outcome)
{
    public static EscapeReport? Of(Escape<Mlp>? escape) =>
        escape is null ? null : new(escape.Loss, escape.Decrease, escape.Step, escape.Outcome.ToString());
}

/// <summary>How training went.</summary>
/// <param name="Noise">The standard deviation of the noise added to every parameter first.</param>
/// <param name="StartLoss">The loss after the noise.</param>
/// <param name="AdamSteps">How many steps Adam took.</param>
/// <param name="AdamLoss">The loss after them.</param>
/// <param name="NewtonSteps">How many steps Newton's method took.</param>
/// <param name="HessianProducts">How many products with the Hessian they needed.</param>
/// <param name="Outcome">How Newton's method ended.</param>
public sealed record TrainingReport(
    double Noise,
    double StartLoss,
    int AdamSteps,
    double AdamLoss,
    int NewtonSteps,
    int HessianProducts,
    string Outcome
)
{
    public static TrainingReport Of(double noise, double startLoss, double adamLoss, NewtonResult<Mlp> newton) =>
        new(noise, startLoss, NetTraining.AdamSteps, adamLoss, newton.Iterations, newton.Products, newton.Outcome.ToString());
}
