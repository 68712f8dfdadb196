namespace AutoDiff.Curvature;

/// <summary>Starts for <see cref="CriticalPoint.Find{T}(Objective{T}, IReadOnlyList{T}, FindOptions{T})"/>; the first of many are those of few.</summary>
public static class Starts
{
    /// <summary>Points whose elements are independent normal numbers.</summary>
    /// <param name="like">A point of the structure and shapes wanted; its values do not matter.</param>
    /// <param name="key">The randomness.</param>
    /// <param name="count">How many.</param>
    /// <param name="scale">Their standard deviation.</param>
    /// <exception cref="ArgumentException">The count is negative, or the scale negative or not finite.</exception>
    public static IReadOnlyList<T> Normal<T>(T like, Key key, int count, double scale = 1)
        where T : ITensorTree<T> => Draw("Starts.Normal", like, key, count, scale, (_, draw) => draw);

    /// <summary>Points around one: its elements and independent normal numbers added.</summary>
    /// <param name="point">The point.</param>
    /// <param name="key">The randomness.</param>
    /// <param name="count">How many.</param>
    /// <param name="scale">The standard deviation of what is added.</param>
    /// <exception cref="ArgumentException">The count is negative, or the scale negative or not finite.</exception>
    public static IReadOnlyList<T> Around<T>(T point, Key key, int count, double scale)
        where T : ITensorTree<T> => Draw("Starts.Around", point, key, count, scale, (leaf, draw) => leaf + draw);

    /// <summary>Points along a path of gradient descent, x ← x − rate·g, equally many steps apart, from the start on: they pass by the saddles that training passes by.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where the path begins; the first point.</param>
    /// <param name="count">How many points; fewer where the path leaves the finite.</param>
    /// <param name="every">How many steps there are from one to the next.</param>
    /// <param name="rate">The length of a step for a gradient of length 1.</param>
    /// <remarks>(count − 1)·every gradients.</remarks>
    /// <exception cref="ArgumentException">The start is none of the objective's points; the count is negative, or the number of steps or the rate is not positive.</exception>
    public static IReadOnlyList<T> AlongDescent<T>(Objective<T> objective, T start, int count, int every, double rate)
        where T : ITensorTree<T>
    {
        const string operation = "Starts.AlongDescent";
        Require.NotNull(objective, operation);
        Require.NonNegative(operation, "a count of", count);
        Require.Positive(operation, "a number of steps of", every);
        Require.Positive(operation, "a rate of", rate);
        var (x, gradient, points) = (objective.Ravel(operation, start), new double[objective.Size], new List<T>(count));
        while (points.Count < count && Array.TrueForAll(x, double.IsFinite))
        {
            points.Add(objective.Unravel(x));
            for (var step = 0; step < every && points.Count < count; step++)
            {
                objective.ValueAndGradient(x, gradient);
                VectorLoops.AddScaled(-rate, gradient, x);
            }
        }
        return points;
    }

    private static T[] Draw<T>(string operation, T like, Key key, int count, double scale, Func<Tensor, Tensor, Tensor> place)
        where T : ITensorTree<T>
    {
        Require.NotNull(like, operation);
        Require.NotNull(key, operation);
        Require.NonNegative(operation, "a count of", count);
        Require.NonNegative(operation, "a scale of", scale);
        var leaves = TreeMath.Leaves(Transforms.Evaluate(like));
        return Array.ConvertAll(
            key.Split(count),
            one =>
                TreeMath.Rebuild(
                    like,
                    [
                        .. leaves.Zip(
                            one.Split(leaves.Length),
                            (leaf, part) => Transforms.Evaluate(place(leaf, part.Normal(leaf.Shape, 0, scale)))
                        ),
                    ]
                )
        );
    }
}
