using System.Collections.Immutable;
using AutoDiff.Curvature;

namespace AutoDiff.Examples.Experiments;

/// <summary>A classical function of two numbers, where a race on it begins, and where it may end.</summary>
internal sealed record RaceCourse
{
    private readonly ImmutableArray<double[]> _places;

    private RaceCourse(
        string name,
        Func<Tensor, Tensor> loss,
        double[] start,
        (double, double) x,
        (double, double) y,
        params double[][] near
    )
    {
        (Name, Loss, Start, X, Y) = (name, loss, start, x, y);
        Objective = Curvature.Objective.Of(loss, Tensor.Of(start));
        Minima = [.. near.Select(point => CriticalPoint.Classify(Objective, Newton.Minimize(Objective, Tensor.Of(point)).Point))];
        _places = [.. Minima.Select(minimum => minimum.Point.ToArray())];
    }

    public string Name { get; }

    public Func<Tensor, Tensor> Loss { get; }

    public Objective<Tensor> Objective { get; }

    public double[] Start { get; }

    /// <summary>The ends of the first axis.</summary>
    public (double From, double To) X { get; }

    /// <summary>The ends of the second axis.</summary>
    public (double From, double To) Y { get; }

    /// <summary>The known minima.</summary>
    public ImmutableArray<CriticalPoint<Tensor>> Minima { get; }

    /// <summary>The value of the lowest.</summary>
    public double Lowest => Minima.Min(minimum => minimum.Loss);

    /// <summary>All, the minima to the digits of their sources.</summary>
    public static RaceCourse[] All() =>
        [
            new("Rosenbrock", ClassicalFunctions.Rosenbrock, [-1.2, 1], (-2, 2), (-1, 3), [1, 1]),
            new("Beale", ClassicalFunctions.Beale, [1, 1], (-1, 4.5), (-2, 2), [3, 0.5]),
            new(
                "Himmelblau",
                ClassicalFunctions.Himmelblau,
                [0, 0],
                (-6, 6),
                (-6, 6),
                [3, 2],
                [-2.805, 3.131],
                [-3.779, -3.283],
                [3.584, -1.848]
            ),
            new(
                "Styblinski-Tang",
                ClassicalFunctions.StyblinskiTang,
                [1, -0.5],
                (-4.5, 4.5),
                (-4.5, 4.5),
                [-2.9035, -2.9035],
                [-2.9035, 2.7468],
                [2.7468, -2.9035],
                [2.7468, 2.7468]
            ),
            new(
                "Müller-Brown",
                ClassicalFunctions.MuellerBrown,
                [0, 1],
                (-1.5, 1.2),
                (-0.3, 2),
                [-0.558, 1.442],
                [0.623, 0.028],
                [-0.05, 0.467]
            ),
        ];

    /// <summary>The known minimum nearest to a point.</summary>
    public CriticalPoint<Tensor> Nearest(double x, double y) => Minima[Which(x, y)];

    /// <summary>Whether a point is at a known minimum, its value within the tolerance.</summary>
    public bool IsReached(double x, double y, double loss)
    {
        var nearest = Which(x, y);
        return Math.Abs(loss - Minima[nearest].Loss) <= Race.Tolerance && Distance(nearest, x, y) < 0.01;
    }

    private int Which(double x, double y)
    {
        var best = 0;
        for (var i = 1; i < _places.Length; i++)
        {
            if (Distance(i, x, y) < Distance(best, x, y))
                best = i;
        }
        return best;
    }

    private double Distance(int minimum, double x, double y) => double.Hypot(_places[minimum][0] - x, _places[minimum][1] - y);
}
