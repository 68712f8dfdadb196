using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Directions to look along from a point.</summary>
public static class Directions
{
    /// <summary>A random direction whose filters have the norms of the point's: dᵢ ← dᵢ·‖θᵢ‖/‖dᵢ‖ from Gaussian d (Li, Xu, Taylor, Studer, Goldstein 2018).</summary>
    /// <param name="point">The parameters θ.</param>
    /// <param name="key">What d is drawn from.</param>
    /// <param name="biases">Whether leaves of one axis or none move too, each element a filter of its own: ±|θᵢ|. Off by default, as in the paper: their part is 0.</param>
    /// <remarks>
    /// A filter is what one unit is computed with: of a matrix [in, out] a column; of a convolution's kernels [outputs, channels, size…], and of any leaf of three axes
    /// or more, what belongs to one index of the first axis. So a plot does not change when a layer before a ReLU is scaled up and the next one down. O(n) time and memory.
    /// </remarks>
    /// <exception cref="ArgumentException">The point is not finite.</exception>
    public static T FilterNormalized<T>(T point, Key key, bool biases = false)
        where T : ITensorTree<T>
    {
        const string operation = "Directions.FilterNormalized";
        Require.NotNull(point, operation);
        Require.NotNull(key, operation);
        var leaves = TreeMath.Leaves(Transforms.Evaluate(point));
        return TreeMath.Rebuild(point, [.. leaves.Select((leaf, i) => Tensor.Of(Direction(leaf, key.FoldIn((ulong)i)), leaf.Shape))]);

        double[] Direction(Tensor leaf, Key draws)
        {
            var values = leaf.ToArray();
            Require.Finite(operation, "the point", values);
            if (leaf.Shape.Rank < 2 && !biases)
                return new double[values.Length];
            var (direction, count) = (draws.Normal(leaf.Shape).ToArray(), Filters(leaf.Shape));
            // Of a matrix filter i is elements i, i + out, …; of more axes they are neighbours.
            var (stride, size) = (leaf.Shape.Rank == 2 ? count : 1, values.Length / Math.Max(1, count));
            for (var i = 0; i < count; i++)
            {
                var start = leaf.Shape.Rank == 2 ? i : i * size;
                var factor = Norm(values, start, stride, size) / Norm(direction, start, stride, size);
                for (var j = 0; j < size; j++)
                    direction[start + (j * stride)] *= factor;
            }
            return direction;
        }
    }

    /// <summary>Eigenvectors of the Hessian at a point, by <see cref="Lanczos"/>: the smallest eigenvalues', then the largest's, ascending.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="point">The point.</param>
    /// <param name="smallest">How many of the smallest.</param>
    /// <param name="largest">How many of the largest.</param>
    /// <param name="options">Tolerance, key, limits, threads, progress and cancellation.</param>
    /// <remarks>Its products and memory are those of Lanczos, of one run for both ends; fewer pairs come back where its limits end it before.</remarks>
    /// <exception cref="ArgumentException">The point is none of the objective's, or a number of pairs is out of range.</exception>
    public static ImmutableArray<EigenPair<T>> Eigenvectors<T>(
        Objective<T> objective,
        T point,
        int smallest,
        int largest,
        EigenOptions? options = null
    )
        where T : ITensorTree<T>
    {
        const string operation = "Directions.Eigenvectors";
        Require.NotNull(objective, operation);
        objective.RequireParameters(operation);
        Require.That(
            smallest >= 0 && largest >= 0 && smallest + largest > 0 && smallest + (long)largest <= objective.Size,
            $"[{operation}] got {smallest} smallest and {largest} largest pairs; expected together 1 to {objective.Size}"
        );
        var hessian = objective.Hessian(objective.Ravel(operation, point));
        ImmutableArray<RitzPair> pairs =
            largest == 0 ? Lanczos.Smallest(hessian, smallest, options).Value
            : smallest == 0 ? Lanczos.Largest(hessian, largest, options).Value
            : BothEnds();
        return
        [
            .. pairs.Select(pair => new EigenPair<T>(pair.Value, objective.Unravel(pair.Vector.AsSpan()), pair.Residual, pair.ErrorBound)),
        ];

        ImmutableArray<RitzPair> BothEnds()
        {
            var (low, high) = Lanczos.BothEnds(hessian, smallest, largest, options);
            return [.. low.Value, .. high.Value];
        }
    }

    private static int Filters(Shape shape) =>
        shape.Rank switch
        {
            0 => 1,
            2 => shape[1],
            _ => shape[0],
        };

    private static double Norm(double[] values, int start, int stride, int size)
    {
        var filter = new double[size];
        for (var j = 0; j < size; j++)
            filter[j] = values[start + (j * stride)];
        return VectorLoops.Norm(filter);
    }
}
