namespace AutoDiff.Curvature;

/// <summary>Points that a training went through.</summary>
public static class Trajectory
{
    /// <summary>The principal directions of a trajectory (Li, Xu, Taylor, Studer, Goldstein 2018, section 7).</summary>
    /// <param name="points">The points, in order; at least two, of one structure and shape.</param>
    /// <param name="count">How many directions, no more than the trajectory has dimensions.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <remarks>
    /// The right singular vectors of the k points less their mean, by the eigenvectors of the k × k matrix of their dot products; a share explained is an eigenvalue by their sum.
    /// O(k²·n + k³) time, k·n + k² numbers in memory. The square root in between leaves directions below some 1e-8 of the first inaccurate.
    /// </remarks>
    /// <exception cref="ArgumentException">There are fewer than two points, they differ in shape or are not finite, or they span fewer than <paramref name="count"/> dimensions.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static PrincipalDirections<T> Principal<T>(IReadOnlyList<T> points, int count, RunOptions? options = null)
        where T : ITensorTree<T>
    {
        const string operation = "Trajectory.Principal";
        Require.NotNull(points, operation);
        options ??= new();
        Require.That(points.Count >= 2, $"[{operation}] got {points.Count} points; expected at least 2");
        Require.Positive(operation, "a number of directions of", count);
        var like = points[0];
        Require.NotNull(like, operation);
        var shape = Objective.Of((T _) => Tensor.Zeros([]), like);
        double[][] x = [.. points.Select(point => shape.Ravel(operation, point))];
        foreach (var point in x)
            Require.Finite(operation, "a point", point);
        var (centred, unit) = Centred(x);
        var k = x.Length;
        var gram = new double[k * k];
        Work.Share(
            k,
            i =>
            {
                for (var j = 0; j < k; j++)
                    gram[(i * k) + j] = VectorLoops.Dot(centred[i], centred[j]);
            },
            options
        );
        var eigen = SymmetricEigen.Decompose(gram, k, vectors: true, options.Threads, options.Cancellation);
        var dimensions =
            unit == 0 ? 0 : Enumerable.Range(0, k).Count(i => eigen.Eigenvalues[i] > k * Roundoff.Epsilon * eigen.Eigenvalues[^1]);
        Require.That(
            count <= dimensions,
            $"[{operation}] got points that span {dimensions} dimensions; expected at least the {count} asked for"
        );
        var directions = new double[count][];
        for (var c = 0; c < count; c++)
            directions[c] = Direction(centred, eigen.Vectors.AsSpan((k - 1 - c) * k, k));
        var total = 0.0;
        for (var i = 0; i < k; i++)
            total += gram[(i * k) + i];
        return new()
        {
            Directions = [.. directions.Select(direction => shape.Unravel(direction))],
            Explained = [.. Enumerable.Range(0, count).Select(c => eigen.Eigenvalues[k - 1 - c] / total)],
            Coordinates =
            [
                .. centred.SelectMany(point =>
                    directions.Select(direction => unit * (VectorLoops.Dot(point, direction) - VectorLoops.Dot(centred[^1], direction)))
                ),
            ],
        };
    }

    /// <summary>The points less their mean, by a unit that keeps squares in range; 0 where all are the same.</summary>
    private static (double[][] Points, double Unit) Centred(double[][] x)
    {
        // Of differences, so that points that are the same leave nothing.
        var centred = Array.ConvertAll(x, point => (double[])point.Clone());
        var mean = new double[x[0].Length];
        foreach (var point in centred)
        {
            VectorLoops.AddScaled(-1, x[^1], point);
            VectorLoops.AddScaled(1.0 / x.Length, point, mean);
        }
        var unit = 0.0;
        foreach (var point in centred)
        {
            VectorLoops.AddScaled(-1, mean, point);
            unit = Math.Max(unit, VectorLoops.Largest(point));
        }
        foreach (var point in centred)
        {
            for (var j = 0; unit > 0 && j < point.Length; j++)
                point[j] /= unit;
        }
        return (centred, unit);
    }

    private static double[] Direction(double[][] centred, ReadOnlySpan<double> weights)
    {
        var direction = new double[centred[0].Length];
        for (var i = 0; i < centred.Length; i++)
            VectorLoops.AddScaled(weights[i], centred[i], direction);
        var (norm, largest) = (VectorLoops.Norm(direction), direction.MaxBy(Math.Abs));
        for (var j = 0; j < direction.Length; j++)
            direction[j] /= largest < 0 ? -norm : norm;
        return direction;
    }
}
