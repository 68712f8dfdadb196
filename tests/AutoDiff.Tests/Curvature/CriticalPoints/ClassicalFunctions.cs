using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Functions of two numbers, and of more, whose critical points are known.</summary>
internal static class ClassicalFunctions
{
    public static Tensor Himmelblau(Tensor p) => Of(p, (x, y) => Square(Square(x) + y - 11) + Square(x + Square(y) - 7));

    public static Tensor Beale(Tensor p) =>
        Of(p, (x, y) => Square(1.5 - x + (x * y)) + Square(2.25 - x + (x * Square(y))) + Square(2.625 - x + (x * y * y * y)));

    public static Tensor Rosenbrock(Tensor p) => Of(p, (x, y) => Square(1 - x) + (100 * Square(y - Square(x))));

    public static Tensor MonkeySaddle(Tensor p) => Of(p, (x, y) => (x * x * x) - (3 * x * Square(y)));

    public static Tensor TwoWeightNet(Tensor p) => Of(p, (x, y) => Square(1 - (x * y)));

    public static Tensor Saddle(Tensor p) => Of(p, (x, y) => Square(x) - Square(y));

    public static Tensor FourWells(Tensor p) => Sum(Square(Square(p) - 1));

    /// <summary>Its gradient is (x² + 1, 2y): shortest, and not 0, at the origin.</summary>
    public static Tensor Flat(Tensor p) => Of(p, (x, y) => (x * x * x / 3) + x + Square(y));

    public static Tensor StyblinskiTang(Tensor p) => 0.5 * Sum(Square(Square(p)) - (16 * Square(p)) + (5 * p));

    /// <summary>Müller, Brown 1979.</summary>
    public static Tensor MuellerBrown(Tensor p) =>
        Of(
            p,
            (x, y) =>
            {
                (double Height, double A, double B, double C, double X, double Y)[] terms =
                [
                    (-200, -1, 0, -10, 1, 0),
                    (-100, -1, 0, -10, 0, 0.5),
                    (-170, -6.5, 11, -6.5, -0.5, 1.5),
                    (15, 0.7, 0.6, 0.7, -1, 1),
                ];
                return terms
                    .Select(t => t.Height * Exp((t.A * Square(x - t.X)) + (t.B * (x - t.X) * (y - t.Y)) + (t.C * Square(y - t.Y))))
                    .Aggregate((sum, term) => sum + term);
            }
        );

    /// <summary>The points of a grid.</summary>
    public static Tensor[] Grid(double[] xs, double[] ys) => [.. xs.SelectMany(x => ys.Select(y => Tensor.Of([x, y])))];

    /// <summary>Numbers equally far apart.</summary>
    public static double[] Steps(double from, double to, int count) =>
        [.. Enumerable.Range(0, count).Select(i => from + (i * (to - from) / (count - 1)))];

    private static Tensor Of(Tensor p, Func<Tensor, Tensor, Tensor> f) => f(Take(p, 0, 0), Take(p, 0, 1));
}
