using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Functions of points [n], most of them of two numbers, whose critical points are known.</summary>
internal static class ClassicalFunctions
{
    /// <summary>The net w₂·w₁·x on the one example (1, 1): (1 − w₁w₂)² (LeeDL, section 3.1.2).</summary>
    public static Tensor TwoWeights(Tensor w) => Square(1 - (w[0] * w[1]));

    /// <summary>x² − y².</summary>
    public static Tensor SaddleOfSquares(Tensor p) => Square(p[0]) - Square(p[1]);

    /// <summary>(1 − x)² + 100·(y − x²)² (Rosenbrock 1960).</summary>
    public static Tensor Rosenbrock(Tensor p) => Square(1 - p[0]) + (100 * Square(p[1] - Square(p[0])));

    /// <summary>Σ (cₖ − x·(1 − yᵏ))² for k = 1, 2, 3 and c = 1.5, 2.25, 2.625 (Beale 1958).</summary>
    public static Tensor Beale(Tensor p)
    {
        var (x, y) = (p[0], p[1]);
        return Square(1.5 - x + (x * y)) + Square(2.25 - x + (x * Square(y))) + Square(2.625 - x + (x * y * y * y));
    }

    /// <summary>(x² + y − 11)² + (x + y² − 7)² (Himmelblau 1972).</summary>
    public static Tensor Himmelblau(Tensor p) => Square(Square(p[0]) + p[1] - 11) + Square(p[0] + Square(p[1]) - 7);

    /// <summary>Four Gaussians of two numbers, three of them pits (Müller, Brown 1979).</summary>
    public static Tensor MuellerBrown(Tensor p)
    {
        var (dx, dy) = (p[0] - Tensor.Of([1, 0, -0.5, -1]), p[1] - Tensor.Of([0, 0.5, 1.5, 1]));
        var exponent =
            (Tensor.Of([-1, -1, -6.5, 0.7]) * Square(dx))
            + (Tensor.Of([0, 0, 11, 0.6]) * dx * dy)
            + (Tensor.Of([-10, -10, -6.5, 0.7]) * Square(dy));
        return Sum(Tensor.Of([-200, -100, -170, 15]) * Exp(exponent));
    }

    /// <summary>½·Σ (x⁴ − 16x² + 5x) over any number of coordinates (Styblinski, Tang 1990).</summary>
    public static Tensor StyblinskiTang(Tensor p) => 0.5 * Sum(Square(Square(p)) - (16 * Square(p)) + (5 * p));

    /// <summary>x³ − 3xy²: three ways down and three up from the origin.</summary>
    public static Tensor MonkeySaddle(Tensor p) => (p[0] * p[0] * p[0]) - (3 * p[0] * Square(p[1]));

    /// <summary>The monkey saddle in a bowl, x³ − 3xy² + ¾(x² + y²)²: its three ways down end at minima of −¼ at a distance of 1.</summary>
    public static Tensor MonkeyInBowl(Tensor p) => MonkeySaddle(p) + (0.75 * Square(Square(p[0]) + Square(p[1])));
}
