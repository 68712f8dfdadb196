using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>A path of least loss between two points: K images along it, and the saddle that it passes.</summary>
/// <remarks>
/// The outcome is about the path: <see cref="Outcome.Converged"/>, <see cref="Outcome.MaxIterations"/>, <see cref="Outcome.NotFinite"/> where an image's loss or
/// gradient is not, or in an exception <see cref="Outcome.Cancelled"/>. <see cref="Passage"/> is about its highest point. The measure is the largest gradient norm across the path, a climbing image's along it besides.
/// </remarks>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record MinimumPath<T> : Solution<ImmutableArray<T>>
{
    /// <summary>The images [K], from one end to the other.</summary>
    public ImmutableArray<T> Images => Value;

    /// <summary>The loss at each image [K].</summary>
    public required ImmutableArray<double> Losses { get; init; }

    /// <summary>The length of the path to each image [K], from 0, along straight pieces.</summary>
    public required ImmutableArray<double> ArcLength { get; init; }

    /// <summary>What the highest point is.</summary>
    public required Passage Passage { get; init; }

    /// <summary>The highest image carried on to a critical point and classified; null where there is no barrier, or no critical point was reached.</summary>
    public required CriticalPoint<T>? Saddle { get; init; }

    /// <summary>The highest loss of the way: the saddle's, without a barrier the higher end's, or the highest image's where nothing better is known.</summary>
    public required double Peak { get; init; }

    /// <summary>What there is to climb from the first end: the peak less its loss.</summary>
    public double BarrierFromFirst => Peak - Losses[0];

    /// <summary>What there is to climb from the last end: the peak less its loss.</summary>
    public double BarrierFromLast => Peak - Losses[^1];

    /// <summary>The evaluations of the loss, with or without its gradient.</summary>
    public required int Evaluations { get; init; }
}
