using AutoDiff.Curvature;

namespace AutoDiff.Examples.Experiments;

/// <summary>The known numbers of the classical functions of two, against what was found.</summary>
internal static class ClassicalChecks
{
    /// <summary>All of them, from what was found of Rosenbrock's, Beale's, Himmelblau's, Müller and Brown's, Styblinski and Tang's function and the monkey saddle.</summary>
    public static IEnumerable<Check> Of(CriticalPoints<Tensor>[] found) =>
        [
            .. Rosenbrock(found[0]),
            .. Beale(found[1]),
            .. Himmelblau(found[2]),
            .. MuellerBrown(found[3]),
            Value("Styblinski-Tang: lowest value", -78.33233, OfIndex(found[4], 0), 0, 5e-6),
            .. Monkey(found[5]),
        ];

    private static IEnumerable<Check> Rosenbrock(CriticalPoints<Tensor> found)
    {
        yield return Check.Equal("Rosenbrock: critical points", 1, found.Points.Length);
        var minimum = OfIndex(found, 0);
        yield return At("Rosenbrock: the minimum's distance from (1, 1)", minimum, 1, 1);
        yield return Check.Near("Rosenbrock: smaller eigenvalue", 0.399, Eigenvalue(minimum, 0), 5e-4);
        yield return Check.Near("Rosenbrock: larger eigenvalue", 1001.601, Eigenvalue(minimum, 1), 5e-4);
    }

    private static IEnumerable<Check> Beale(CriticalPoints<Tensor> found)
    {
        var (minimum, saddle) = (OfIndex(found, 0), Nearest(found, 0, 1));
        yield return At("Beale: the minimum's distance from (3, 0.5)", minimum, 3, 0.5);
        yield return Check.Near("Beale: smaller eigenvalue there", 0.301, Eigenvalue(minimum, 0), 5e-4);
        yield return Check.Near("Beale: larger eigenvalue there", 48.98, Eigenvalue(minimum, 1), 5e-3);
        yield return At("Beale: the saddle's distance from (0, 1)", saddle, 0, 1);
        yield return Value("Beale: value at the saddle", 14.203125, saddle, 0, 1e-9);
        yield return Check.Near("Beale: negative eigenvalue there", -27.75, Eigenvalue(saddle, 0), 1e-6);
        yield return Check.Near("Beale: positive eigenvalue there", 27.75, Eigenvalue(saddle, 1), 1e-6);
    }

    private static IEnumerable<Check> Himmelblau(CriticalPoints<Tensor> found)
    {
        yield return Counted("Himmelblau", found, 4, 4, 1);
        double[] heights = [13.312, 67.719, 104.015, 178.337];
        for (var i = 0; i < heights.Length; i++)
        {
            yield return Value($"Himmelblau: value at minimum {i + 1}", 0, OfIndex(found, 0), i, 1e-12);
            yield return Value($"Himmelblau: value at saddle {i + 1}", heights[i], OfIndex(found, 1), i, 5e-4);
        }
        yield return Value("Himmelblau: value at the maximum", 181.617, OfIndex(found, 2), 0, 5e-4);
    }

    private static IEnumerable<Check> MuellerBrown(CriticalPoints<Tensor> found)
    {
        yield return Counted("Müller-Brown", found, 3, 2, 0);
        double[] minima = [-146.6995, -108.1667, -80.7678];
        for (var i = 0; i < minima.Length; i++)
            yield return Value($"Müller-Brown: value at minimum {i + 1}", minima[i], OfIndex(found, 0), i, 5e-5);
        yield return Value("Müller-Brown: value at the lower saddle", -72.2489, OfIndex(found, 1), 0, 5e-5);
        yield return Value("Müller-Brown: value at the higher saddle", -40.6648, OfIndex(found, 1), 1, 5e-5);
    }

    private static IEnumerable<Check> Monkey(CriticalPoints<Tensor> found)
    {
        yield return Check.Equal("monkey saddle: critical points", 1, found.Points.Length);
        // The search comes near the origin only: the origin itself is what the statement is about.
        var origin = CriticalPoint.Classify(ClassicalFunctions.MonkeySaddle, Tensor.Zeros([2]));
        yield return Check.Equal("monkey saddle: largest |eigenvalue| at the origin", 0.0, origin.Eigenvalues.Max(Math.Abs));
        yield return Check.Equal("monkey saddle: kind of the origin", CriticalPointKind.Degenerate, origin.Kind);
        yield return Check.Equal(
            "monkey saddle: kind of what was found",
            CriticalPointKind.Degenerate,
            found.Points.IsEmpty ? CriticalPointKind.NotCritical : found.Points[0].Point.Kind
        );
    }

    private static Check Counted(string name, CriticalPoints<Tensor> found, int minima, int saddles, int maxima) =>
        Check.Equal(
            $"{name}: minima, saddles, maxima, all points",
            $"{minima}, {saddles}, {maxima}, {minima + saddles + maxima}",
            $"{Count(found, CriticalPointKind.Minimum)}, {Count(found, CriticalPointKind.Saddle)}, {Count(found, CriticalPointKind.Maximum)}, {found.Points.Length}"
        );

    private static int Count(CriticalPoints<Tensor> found, CriticalPointKind kind) => found.Points.Count(one => one.Point.Kind == kind);

    /// <summary>The nondegenerate points of an index, the lowest first.</summary>
    private static CriticalPoint<Tensor>[] OfIndex(CriticalPoints<Tensor> found, int index) =>
        [.. found.Points.Select(one => one.Point).Where(point => point.Index == index && point.Nullity == 0)];

    private static CriticalPoint<Tensor>[] Nearest(CriticalPoints<Tensor> found, double x, double y) =>
        [.. found.Points.Select(one => one.Point).OrderBy(point => Distance(point, x, y)).Take(1)];

    private static Check Value(string what, double expected, CriticalPoint<Tensor>[] points, int which, double within) =>
        Check.Near(what, expected, which < points.Length ? points[which].Loss : double.NaN, within);

    private static Check At(string what, CriticalPoint<Tensor>[] points, double x, double y) =>
        Check.AtMost(what, 1e-7, points.Length > 0 ? Distance(points[0], x, y) : double.NaN);

    private static double Eigenvalue(CriticalPoint<Tensor>[] points, int which) =>
        points.Length > 0 ? points[0].Eigenvalues[which] : double.NaN;

    private static double Distance(CriticalPoint<Tensor> point, double x, double y) =>
        double.Hypot(point.Point[0].Item() - x, point.Point[1].Item() - y);
}
