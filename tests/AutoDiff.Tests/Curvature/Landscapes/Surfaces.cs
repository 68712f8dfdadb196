using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

/// <summary>Surfaces over two parameters whose critical points are known.</summary>
internal static class Surfaces
{
    /// <summary>Müller, Brown 1979.</summary>
    public static Tensor MuellerBrown(Tensor p)
    {
        var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
        (double A, double Xx, double Xy, double Yy, double X, double Y)[] terms =
        [
            (-200, -1, 0, -10, 1, 0),
            (-100, -1, 0, -10, 0, 0.5),
            (-170, -6.5, 11, -6.5, -0.5, 1.5),
            (15, 0.7, 0.6, 0.7, -1, 1),
        ];
        Tensor sum = 0;
        foreach (var t in terms)
            sum += t.A * Exp((t.Xx * Square(x - t.X)) + (t.Xy * (x - t.X) * (y - t.Y)) + (t.Yy * Square(y - t.Y)));
        return sum;
    }

    public static Tensor Himmelblau(Tensor p)
    {
        var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
        return Square(Square(x) + y - 11) + Square(x + Square(y) - 7);
    }

    /// <summary>The two minima of table 11-1.</summary>
    public static Tensor TwoMinima(Tensor p)
    {
        var (x, y) = (Take(p, 0, 0), Take(p, 0, 1));
        return (-2 * Exp(-0.5 * (Square(x + 1) + Square(y - 1)))) - Exp(-0.5 * (Square(x - 1) + Square(y + 1)));
    }

    /// <summary>The two-weight net on the example (1, 1).</summary>
    public static Tensor TwoWeights(Tensor w) => Square(1 - (Take(w, 0, 0) * Take(w, 0, 1)));
}
