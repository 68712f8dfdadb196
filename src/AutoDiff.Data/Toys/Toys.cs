using static AutoDiff.Ops;

namespace AutoDiff.Data;

/// <summary>Small made-up sets by <see cref="Key"/>: the same key gives the same bits, on every machine.</summary>
/// <remarks>
/// Classes have exactly as many rows as is said, one class after another: see <see cref="Dataset.Shuffle"/>. Noise is normal, of the given deviation, on each coordinate.
/// Where the key is traced, as in a compiled function, a set is graph; else it is constants.
/// </remarks>
public static partial class Toys
{
    /// <summary>Two half circles that reach into each other: (cos θ, sin θ), class 0, and (1 − cos θ, ½ − sin θ), class 1, with θ evenly from 0 to π.</summary>
    /// <param name="count">How many rows; class 0 has half of them, rounded down.</param>
    /// <param name="noise">The noise's deviation, at least 0.</param>
    /// <param name="key">What the noise is drawn by.</param>
    /// <returns>Inputs [count, 2] and class numbers [count].</returns>
    /// <remarks>As scikit-learn's make_moons.</remarks>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset TwoMoons(int count, double noise, Key key)
    {
        Check(nameof(TwoMoons), count, noise, key);
        int[] rows = [count / 2, count - (count / 2)];
        var (outer, inner) = (Tensor.Linspace(0, Math.PI, rows[0]), Tensor.Linspace(0, Math.PI, rows[1]));
        return Noisy(Concatenate(Plane(Cos(outer), Sin(outer)), Plane(1 - Cos(inner), 0.5 - Sin(inner))), noise, key, rows);
    }

    /// <summary>A circle of radius 1, class 0, about one of radius <paramref name="factor"/>, class 1: (r cos θ, r sin θ), θ evenly in [0, 2π).</summary>
    /// <param name="count">How many rows; class 0 has half of them, rounded down.</param>
    /// <param name="noise">The noise's deviation, at least 0.</param>
    /// <param name="key">What the noise is drawn by.</param>
    /// <param name="factor">The radius of the inner circle, in [0, 1).</param>
    /// <returns>Inputs [count, 2] and class numbers [count].</returns>
    /// <remarks>As scikit-learn's make_circles, whose factor is 0.8 too.</remarks>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Circles(int count, double noise, Key key, double factor = 0.8)
    {
        Check(nameof(Circles), count, noise, key);
        Require.Fraction("Toys.Circles", "a factor of", factor);
        int[] rows = [count / 2, count - (count / 2)];
        var (outer, inner) = (Turn(rows[0]), Turn(rows[1]));
        return Noisy(Concatenate(Plane(Cos(outer), Sin(outer)), factor * Plane(Cos(inner), Sin(inner))), noise, key, rows);
    }

    /// <summary>Arms that wind outwards: row i of m of arm a is at radius r = (i + ½) ⁄ m and angle 2π(a ⁄ arms + turns · r); a class each.</summary>
    /// <param name="count">How many rows; arms differ by at most one, the first ones have more.</param>
    /// <param name="arms">How many arms, at least 1.</param>
    /// <param name="noise">The noise's deviation, at least 0.</param>
    /// <param name="key">What the noise is drawn by.</param>
    /// <param name="turns">How often an arm winds about the middle; the other way where it is negative.</param>
    /// <returns>Inputs [count, 2] and class numbers [count].</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Spirals(int count, int arms, double noise, Key key, double turns = 0.75)
    {
        Check(nameof(Spirals), count, noise, key);
        Require.That(arms >= 1, $"[Toys.Spirals] got {arms} arms; expected at least 1");
        Require.That(double.IsFinite(turns), $"[Toys.Spirals] got {turns} turns; expected a finite number");
        var rows = Shares(count, arms);
        return Noisy(Concatenate([.. rows.Select(Arm)]), noise, key, rows);

        Tensor Arm(int points, int arm)
        {
            var radius = (Tensor.Range(points) + 0.5) / Math.Max(1, points);
            var angle = 2 * Math.PI * (((double)arm / arms) + (turns * radius));
            return Plane(radius * Cos(angle), radius * Sin(angle));
        }
    }

    /// <summary>Normal clouds about centres, a class each.</summary>
    /// <param name="count">How many rows; classes differ by at most one, the first ones have more.</param>
    /// <param name="centres">The centres [classes, features], at least one.</param>
    /// <param name="deviation">The clouds' deviation in each feature, at least 0.</param>
    /// <param name="key">What the rows are drawn by.</param>
    /// <returns>Inputs [count, features] and class numbers [count].</returns>
    /// <remarks>As scikit-learn's make_blobs of given centres.</remarks>
    /// <exception cref="ArgumentException">A number is out of range, or the centres are no matrix.</exception>
    public static Dataset Blobs(int count, Tensor centres, double deviation, Key key)
    {
        Check(nameof(Blobs), count, deviation, key);
        Require.NotNull(centres, "Toys.Blobs");
        Require.That(
            centres.Rank == 2 && centres.Shape[0] > 0,
            $"[Toys.Blobs] got centres {centres.Shape}; expected [classes,features] with at least one class"
        );
        var rows = Shares(count, centres.Shape[0]);
        return Noisy(Gather(centres, Classes(rows)), deviation, key, rows);
    }

    /// <summary>Normal clouds about centres that are drawn too, each coordinate uniform in [−10, 10).</summary>
    /// <param name="count">How many rows; classes differ by at most one, the first ones have more.</param>
    /// <param name="classes">How many clouds, at least 1.</param>
    /// <param name="features">How many coordinates, at least 1.</param>
    /// <param name="deviation">The clouds' deviation in each feature, at least 0.</param>
    /// <param name="key">What centres and rows are drawn by.</param>
    /// <returns>Inputs [count, features] and class numbers [count].</returns>
    /// <remarks>As scikit-learn's make_blobs, whose box is the same.</remarks>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Blobs(int count, int classes, int features, double deviation, Key key)
    {
        Check(nameof(Blobs), count, deviation, key);
        Require.That(
            classes >= 1 && features >= 1,
            $"[Toys.Blobs] got {classes} classes of {features} features; expected at least 1 of each"
        );
        var (centres, rows) = key.Split();
        return Blobs(count, centres.Uniform([classes, features], -10, 10), deviation, rows);
    }

    /// <summary>Exclusive or: the corners (−1, −1), (1, 1), class 0, and (−1, 1), (1, −1), class 1.</summary>
    /// <param name="count">How many rows; corners differ by at most one, in the order above.</param>
    /// <param name="noise">The noise's deviation, at least 0.</param>
    /// <param name="key">What the noise is drawn by.</param>
    /// <returns>Inputs [count, 2] and class numbers [count].</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Xor(int count, double noise, Key key)
    {
        Check(nameof(Xor), count, noise, key);
        var rows = Shares(count, 4);
        var corners = Tensor.Of([-1, -1, 1, 1, -1, 1, 1, -1], 4, 2);
        return Noisy(Gather(corners, Classes(rows)), noise, key, [rows[0] + rows[1], rows[2] + rows[3]]);
    }

    /// <summary>The fields of a board on [0, 1)², white and black by turns: points uniform in each field, of class (row + column) mod 2.</summary>
    /// <param name="count">How many rows; fields differ by at most one, those of class 0 come first.</param>
    /// <param name="fields">How many fields a side has, at least 1.</param>
    /// <param name="key">What the points are drawn by.</param>
    /// <returns>Inputs [count, 2] and class numbers [count].</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static Dataset Checkerboard(int count, int fields, Key key)
    {
        Check(nameof(Checkerboard), count, 0, key);
        Require.That(fields is >= 1 and <= 1024, $"[Toys.Checkerboard] got {fields} fields a side; expected 1 to 1024");
        int[] order = [.. Enumerable.Range(0, fields * fields).OrderBy(Colour)];
        var rows = Shares(count, order.Length);
        var corners = Tensor.Of([.. order.SelectMany(field => new double[] { field / fields, field % fields })], order.Length, 2);
        int[] classes = [.. Enumerable.Range(0, 2).Select(colour => rows.Where((_, i) => Colour(order[i]) == colour).Sum())];
        return Made(key, new((Gather(corners, Classes(rows)) + key.Uniform([count, 2])) / fields, Classes(classes)));

        int Colour(int field) => ((field / fields) + (field % fields)) % 2;
    }

    private static void Check(string toy, int count, double noise, Key key)
    {
        Require.NotNull(key, $"Toys.{toy}");
        Require.That(count >= 0, $"[Toys.{toy}] got {count} rows; expected at least 0");
        Require.NonNegative($"Toys.{toy}", "a deviation of", noise);
    }

    /// <summary>Points [count, 2] of two coordinates.</summary>
    private static Tensor Plane(Tensor x, Tensor y) => Stack([x, y], -1);

    /// <summary>Angles evenly in [0, 2π).</summary>
    private static Tensor Turn(int points) => 2 * Math.PI * Tensor.Range(points) / Math.Max(1, points);

    /// <summary>A count in parts that differ by at most one.</summary>
    private static int[] Shares(int count, int parts) =>
        [.. Enumerable.Range(0, parts).Select(i => (count / parts) + (i < count % parts ? 1 : 0))];

    /// <summary>The class of each row, by how many rows each class has.</summary>
    private static Tensor Classes(int[] rows) =>
        Tensor.Of([.. rows.SelectMany((points, label) => Enumerable.Repeat((double)label, points))]);

    private static Dataset Noisy(Tensor points, double noise, Key key, int[] rows) =>
        Made(key, new(noise == 0 ? points : points + key.Normal(points.Shape, 0, noise), Classes(rows)));

    private static Dataset Made(Key key, Dataset set) => key.Words is Constant ? Transforms.Evaluate(set) : set;
}
