namespace AutoDiff.Curvature;

/// <summary>What a minimizer carries from step to step besides its point: with both it goes on, bit for bit, as if it had not stopped.</summary>
public sealed record MinimizerState
{
    /// <summary>The number of steps taken in all runs.</summary>
    public required int Iterations { get; init; }

    /// <summary>A trust region's radius, a step's length or factor: what the next step begins with; 0 for the method's own.</summary>
    public required double Length { get; init; }

    /// <summary>A damping as a share of the largest, 1 at first.</summary>
    public required double Damping { get; init; }

    /// <summary>The largest 2-norm of a gradient met.</summary>
    public required double LargestGradient { get; init; }

    /// <summary>The largest magnitude of a curvature met.</summary>
    public required double LargestCurvature { get; init; }

    /// <summary>The largest magnitude of the loss met.</summary>
    public required double LargestLoss { get; init; }

    /// <summary>The smallest 2-norm of a gradient that was progress.</summary>
    public required double LeastGradient { get; init; }

    /// <summary>How many steps in a row were none.</summary>
    public required int Stalls { get; init; }

    internal static MinimizerState New { get; } =
        new()
        {
            Iterations = 0,
            Length = 0,
            Damping = 1,
            LargestGradient = 0,
            LargestCurvature = 0,
            LargestLoss = 0,
            LeastGradient = double.PositiveInfinity,
            Stalls = 0,
        };
}
