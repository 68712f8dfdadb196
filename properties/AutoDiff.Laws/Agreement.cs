using System.Globalization;

namespace AutoDiff.Laws;

/// <summary>Verdicts on numbers that should be equal.</summary>
public static class Agreement
{
    /// <summary>Whether elements agree to <paramref name="tolerance"/> times the largest magnitude among them; equal infinities agree, and NaN with NaN.</summary>
    /// <param name="what">What is compared, as a formula.</param>
    /// <param name="actual">The left side.</param>
    /// <param name="expected">The right side.</param>
    /// <param name="tolerance">Relative to the largest finite magnitude on either side, or to <paramref name="scale"/> where that is larger.</param>
    /// <param name="scale">The magnitude of what was added up, where it may have cancelled; one that is not finite says nothing.</param>
    /// <param name="floor">Allowed in any case: what rounding leaves where all terms cancel.</param>
    public static Verdict Close(string what, Tensor actual, Tensor expected, double tolerance, double scale = 0, double floor = 0)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        if (!actual.Shape.Equals(expected.Shape))
            return new Verdict.Fails($"{what}: shape {actual.Shape} on the left, {expected.Shape} on the right");
        var (left, right) = (actual.ToArray(), expected.ToArray());
        var allowed = (tolerance * left.Concat(right).Append(scale).Where(double.IsFinite).Select(Math.Abs).Append(0).Max()) + floor;
        return Within(what, left, right, _ => allowed);
    }

    /// <summary>Whether elements have the same bits; every NaN equals every other.</summary>
    public static Verdict Identical(string what, ReadOnlySpan<double> actual, ReadOnlySpan<double> expected)
    {
        if (actual.Length != expected.Length)
            return Lengths(what, actual.Length, expected.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            if (
                BitConverter.DoubleToInt64Bits(actual[i]) != BitConverter.DoubleToInt64Bits(expected[i])
                && !(double.IsNaN(actual[i]) && double.IsNaN(expected[i]))
            )
                return Off(what, i, actual[i], expected[i], 0);
        }
        return new Verdict.Holds();
    }

    /// <summary>Whether each element is within its own tolerance; equal infinities agree, and NaN with NaN.</summary>
    public static Verdict Within(string what, double[] actual, double[] expected, Func<int, double> allowed)
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(allowed);
        if (actual.Length != expected.Length)
            return Lengths(what, actual.Length, expected.Length);
        for (var i = 0; i < actual.Length; i++)
        {
            var agree = actual[i].Equals(expected[i]) || Math.Abs(actual[i] - expected[i]) <= allowed(i);
            if (!agree)
                return Off(what, i, actual[i], expected[i], allowed(i));
        }
        return new Verdict.Holds();
    }

    internal static double Norm(Tensor x) => Math.Sqrt(x.ToArray().Sum(element => element * element));

    private static Verdict.Fails Lengths(string what, int actual, int expected) =>
        new($"{what}: {actual} elements on the left, {expected} on the right");

    private static Verdict.Fails Off(string what, int i, double actual, double expected, double allowed) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: element {i} is {actual:R} on the left, {expected:R} on the right; off by {Math.Abs(actual - expected):G3}, allowed {allowed:G3}"
            )
        );
}
