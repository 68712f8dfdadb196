using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples;

/// <summary>What the two directions of a landscape are.</summary>
public enum Plane
{
    /// <summary>The eigenvectors of the smallest and of the largest eigenvalue, as long as it takes the quadratic model to double the loss, at most as the net.</summary>
    Eigenvectors,

    /// <summary>Random directions, each unit's weights as long as the net's own (Li, Xu, Taylor, Studer, Goldstein 2018).</summary>
    Random,
}

/// <summary>The loss on a plane through the point where training ends.</summary>
/// <param name="Directions">What the two directions are.</param>
/// <param name="X">The steps along the first direction.</param>
/// <param name="Y">The steps along the second.</param>
/// <param name="Lengths">The lengths of the two directions.</param>
/// <param name="Losses">The losses, a row for each step along the second direction.</param>
public sealed record LandscapeReport(
    string Directions,
    ImmutableArray<double> X,
    ImmutableArray<double> Y,
    ImmutableArray<double> Lengths,
    ImmutableArray<ImmutableArray<double>> Losses
)
{
    private const int Columns = 41;
    private const int Rows = 21;

    /// <param name="objective">The loss.</param>
    /// <param name="point">Where, as classified.</param>
    /// <param name="plane">The directions.</param>
    /// <param name="key">What random directions are drawn from.</param>
    /// <param name="options">Threads, progress and cancellation.</param>
    /// <exception cref="RefusedException">All weights are zero, so that random directions have no length.</exception>
    public static LandscapeReport Of(Objective<Mlp> objective, CriticalPoint<Mlp> point, Plane plane, Key key, RunOptions options)
    {
        var (x, y) = (Steps(Columns), Steps(Rows));
        var (first, second) = plane switch
        {
            Plane.Eigenvectors => (Long(point.Lowest), Long(point.Highest)),
            Plane.Random => (Random(key.FoldIn(0)), Random(key.FoldIn(1))),
        };
        var losses = Landscape.Plane(objective, point.Point, first, second, x, y, options);
        return new(
            plane.ToString().ToLowerInvariant(),
            x,
            y,
            [TreeMath.Norm(first).Item(), TreeMath.Norm(second).Item()],
            [.. Enumerable.Range(0, Rows).Select(row => losses.Losses.Slice(row * Columns, Columns))]
        );

        Mlp Long(EigenPair<Mlp> pair)
        {
            var net = TreeMath.Norm(point.Point).Item();
            var doubling = Math.Sqrt(2 * Math.Abs(point.Loss / pair.Value));
            var length = Math.Min(net > 0 ? net : 1, doubling > 0 ? doubling : 1);
            return Transforms.Evaluate(TreeMath.Scale(length, pair.Vector));
        }

        Mlp Random(Key draws)
        {
            var direction = Curvature.Directions.FilterNormalized(point.Point, draws);
            return TreeMath.Norm(direction).Item() > 0
                ? direction
                : throw new RefusedException("--landscape random: training ended at zero weights, which have no length; take eigenvectors");
        }
    }

    private static ImmutableArray<double> Steps(int count) => [.. Enumerable.Range(0, count).Select(i => ((2.0 * i) / (count - 1)) - 1)];
}
