using static AutoDiff.Ops;
using static AutoDiff.Tests.Problems.LeastSquares;

namespace AutoDiff.Tests.Problems;

/// <summary>
/// The 35 functions of Moré, Garbow, Hillstrom, "Testing unconstrained optimization software", ACM TOMS 7 (1981), in the paper's order, with its starts and the
/// minima it gives. Those of variable size have a size for which the paper gives a minimum.
/// </summary>
/// <remarks>The Gulf function has y − x₂ where the paper prints y·m·i·x₂: only so is (50, 25, 1.5) its zero. Minima at infinity are limits along a ray.</remarks>
public static partial class MoreGarbowHillstrom
{
    public static IReadOnlyList<LeastSquares> All { get; } =
    [
        new("Rosenbrock", [-1.2, 1], [0], x => Stack([10 * (At(x, 1) - Square(At(x, 0))), 1 - At(x, 0)])),
        new("Freudenstein and Roth", [0.5, -2], [0, 48.9842536], FreudensteinRoth),
        new("Powell badly scaled", [0, 1], [0], PowellBadlyScaled),
        new("Brown badly scaled", [1, 1], [0], x => Stack([At(x, 0) - 1e6, At(x, 1) - 2e-6, (At(x, 0) * At(x, 1)) - 2])),
        new("Beale", [1, 1], [0], x => Of([1.5, 2.25, 2.625]) - (At(x, 0) * (1 - Power(At(x, 1), Of([1, 2, 3]))))),
        new("Jennrich and Sampson", [0.3, 0.4], [124.362182], JennrichSampson),
        new("Helical valley", [-1, 0, 0], [0], HelicalValley),
        new("Bard", [1, 1, 1], [8.21487731e-3, 17.4286933], Bard),
        new("Gaussian", [0.4, 1, 0], [1.12793277e-8], Gaussian),
        new("Meyer", [0.02, 4000, 250], [87.9458552], Meyer),
        new("Gulf research and development", [5, 2.5, 0.15], [0], Gulf),
        new("Box three-dimensional", [0, 10, 20], [0], Box),
        new("Powell singular", [3, -1, 0, 1], [0], PowellSingular),
        new("Wood", [-3, -1, -3, -1], [0], Wood),
        new("Kowalik and Osborne", [0.25, 0.39, 0.415, 0.39], [3.07505604e-4, 1.02734e-3], KowalikOsborne),
        new("Brown and Dennis", [25, 5, -5, -1], [85822.2016], BrownDennis),
        new("Osborne 1", [0.5, 1.5, -1, 0.01, 0.02], [5.46489470e-5], Osborne1),
        new("Biggs EXP6", [1, 2, 1, 1, 1, 1], [0, 5.65564993e-3], Biggs),
        new("Osborne 2", [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], [4.01377363e-2], Osborne2),
        new("Watson", new double[6], [2.28767005e-3], Watson),
        new("Watson of 9", new double[9], [1.39976014e-6], Watson),
        new("Extended Rosenbrock", Repeated([-1.2, 1], 5), [0], ExtendedRosenbrock),
        new("Extended Powell singular", Repeated([3, -1, 0, 1], 3), [0], PowellSingular),
        new("Penalty I", [1, 2, 3, 4], [2.24997750e-5], PenaltyI),
        new("Penalty II", [0.5, 0.5, 0.5, 0.5], [9.37629e-6], PenaltyII),
        new("Variably dimensioned", From(10, j => 1 - (j / 10.0)), [0], VariablyDimensioned),
        new("Trigonometric", From(10, _ => 0.1), [0, 2.79506e-5], Trigonometric),
        new("Brown almost-linear", From(10, _ => 0.5), [0, 1], BrownAlmostLinear),
        new("Discrete boundary value", From(10, j => j / 11.0 * ((j / 11.0) - 1)), [0], DiscreteBoundaryValue),
        new("Discrete integral equation", From(10, j => j / 11.0 * ((j / 11.0) - 1)), [0], DiscreteIntegralEquation),
        new("Broyden tridiagonal", From(10, _ => -1), [0], BroydenTridiagonal),
        new("Broyden banded", From(10, _ => -1), [0], BroydenBanded),
        new("Linear, full rank", From(5, _ => 1), [Rows - 5], LinearFullRank),
        new("Linear, rank 1", From(5, _ => 1), [Rows * (Rows - 1) / (2 * ((2 * Rows) + 1))], LinearRank1),
        new(
            "Linear, rank 1 with zero columns and rows",
            From(5, _ => 1),
            [((Rows * Rows) + (3 * Rows) - 6) / (2 * ((2 * Rows) - 3))],
            LinearRank1Zeros
        ),
        new("Chebyquad", From(8, j => j / 9.0), [3.51687373e-3], Chebyquad),
    ];

    private const double Rows = 10; // m of the linear functions
    private const double Penalty = 1e-5; // a of the penalty functions

    private static Tensor FreudensteinRoth(Tensor p)
    {
        var (x, y) = (At(p, 0), At(p, 1));
        return Stack([x - 13 + ((((5 - y) * y) - 2) * y), x - 29 + ((((y + 1) * y) - 14) * y)]);
    }

    private static Tensor PowellBadlyScaled(Tensor x) => Stack([(1e4 * At(x, 0) * At(x, 1)) - 1, Exp(-At(x, 0)) + Exp(-At(x, 1)) - 1.0001]);

    private static Tensor JennrichSampson(Tensor x)
    {
        var i = Steps(10, 1);
        return 2 + (2 * i) - Exp(i * At(x, 0)) - Exp(i * At(x, 1));
    }

    private static Tensor HelicalValley(Tensor p)
    {
        var (x, y, z) = (At(p, 0), At(p, 1), At(p, 2));
        var turns = (Atan(y / x) / (2 * Math.PI)) + Where(x < 0, 0.5, 0);
        return Stack([10 * (z - (10 * turns)), 10 * (Sqrt(Square(x) + Square(y)) - 1), z]);
    }

    private static Tensor Box(Tensor x)
    {
        var t = Steps(10, 0.1);
        return Exp(-t * At(x, 0)) - Exp(-t * At(x, 1)) - (At(x, 2) * (Exp(-t) - Exp(-10 * t)));
    }

    private static Tensor PowellSingular(Tensor p)
    {
        var (a, b, c, d) = (Every(p, 4, 0), Every(p, 4, 1), Every(p, 4, 2), Every(p, 4, 3));
        return Concatenate([a + (10 * b), Math.Sqrt(5) * (c - d), Square(b - (2 * c)), Math.Sqrt(10) * Square(a - d)]);
    }

    private static Tensor Wood(Tensor x)
    {
        var (a, b, c, d) = (At(x, 0), At(x, 1), At(x, 2), At(x, 3));
        return Stack([
            10 * (b - Square(a)),
            1 - a,
            Math.Sqrt(90) * (d - Square(c)),
            1 - c,
            Math.Sqrt(10) * (b + d - 2),
            (b - d) / Math.Sqrt(10),
        ]);
    }

    private static Tensor BrownDennis(Tensor x)
    {
        var t = Steps(20, 0.2);
        return Square(At(x, 0) + (t * At(x, 1)) - Exp(t)) + Square(At(x, 2) + (At(x, 3) * Sin(t)) - Cos(t));
    }

    private static Tensor Biggs(Tensor x)
    {
        var t = Steps(13, 0.1);
        var y = Exp(-t) - (5 * Exp(-10 * t)) + (3 * Exp(-4 * t));
        return (At(x, 2) * Exp(-t * At(x, 0))) - (At(x, 3) * Exp(-t * At(x, 1))) + (At(x, 5) * Exp(-t * At(x, 4))) - y;
    }

    private static Tensor Watson(Tensor x)
    {
        var n = x.Shape[0];
        var t = ExpandDims(Steps(29, 1 / 29.0), 1);
        var powers = Power(t, Tensor.Range(n));
        var slopes = Tensor.Range(n) * Power(t, Of(From(n, j => Math.Max(0, j - 2))));
        var equations = MatMul(slopes, x) - Square(MatMul(powers, x)) - 1;
        return Concatenate([equations, Stack([At(x, 0), At(x, 1) - Square(At(x, 0)) - 1])]);
    }

    private static Tensor ExtendedRosenbrock(Tensor x) => Concatenate([10 * (Every(x, 2, 1) - Square(Every(x, 2, 0))), 1 - Every(x, 2, 0)]);

    private static Tensor PenaltyI(Tensor x) => Concatenate([Math.Sqrt(Penalty) * (x - 1), ExpandDims(Sum(Square(x)) - 0.25, 0)]);

    private static Tensor PenaltyII(Tensor x)
    {
        var n = x.Shape[0];
        var exp = Exp(x / 10);
        var y = Of(From(n - 1, i => Math.Exp((i + 1) / 10.0) + Math.Exp(i / 10.0)));
        return Concatenate([
            Stack([At(x, 0) - 0.2, Sum(Of(From(n, j => n - j + 1)) * Square(x)) - 1]),
            Math.Sqrt(Penalty) * (Slice(exp, 0, 1) + Slice(exp, 0, 0, n - 1) - y),
            Math.Sqrt(Penalty) * (Slice(exp, 0, 1) - Math.Exp(-0.1)),
        ]);
    }

    private static Tensor VariablyDimensioned(Tensor x)
    {
        var sum = Sum(Steps(x.Shape[0], 1) * (x - 1));
        return Concatenate([x - 1, Stack([sum, Square(sum)])]);
    }

    private static Tensor Trigonometric(Tensor x)
    {
        var n = x.Shape[0];
        return n - Sum(Cos(x)) + (Steps(n, 1) * (1 - Cos(x))) - Sin(x);
    }

    private static Tensor BrownAlmostLinear(Tensor x)
    {
        var n = x.Shape[0];
        return Concatenate([Slice(x, 0, 0, n - 1) + Sum(x) - (n + 1), ExpandDims(Product(x) - 1, 0)]);
    }

    private static Tensor DiscreteBoundaryValue(Tensor x)
    {
        var h = 1.0 / (x.Shape[0] + 1);
        return (2 * x) - Before(x) - After(x) + (h * h / 2 * Cubes(x));
    }

    private static Tensor DiscreteIntegralEquation(Tensor x)
    {
        var n = x.Shape[0];
        var h = 1.0 / (n + 1);
        var (t, cubes) = (Steps(n, h), Cubes(x));
        var up = CumulativeSum(t * cubes);
        var down = Sum((1 - t) * cubes) - CumulativeSum((1 - t) * cubes);
        return x + (h / 2 * (((1 - t) * up) + (t * down)));
    }

    private static Tensor BroydenTridiagonal(Tensor x) => ((3 - (2 * x)) * x) - Before(x) - (2 * After(x)) + 1;

    private static Tensor BroydenBanded(Tensor x)
    {
        var n = x.Shape[0];
        var band = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = Math.Max(0, i - 5); j <= Math.Min(n - 1, i + 1); j++)
                band[i, j] = i == j ? 0 : 1;
        }
        return (x * (2 + (5 * Square(x)))) + 1 - MatMul(band, x * (1 + x));
    }

    private static Tensor LinearFullRank(Tensor x) => Pad(x, [0], [(int)Rows - x.Shape[0]]) - (2 / Rows * Sum(x)) - 1;

    private static Tensor LinearRank1(Tensor x) => (Steps((int)Rows, 1) * Sum(Steps(x.Shape[0], 1) * x)) - 1;

    private static Tensor LinearRank1Zeros(Tensor x)
    {
        var n = x.Shape[0];
        var rows = Of(From((int)Rows, i => i == Rows ? 0 : i - 1));
        return (rows * Sum(Of(From(n, j => j == 1 || j == n ? 0 : j)) * x)) - 1;
    }

    private static Tensor Chebyquad(Tensor x)
    {
        var n = x.Shape[0];
        var argument = (2 * x) - 1;
        var (before, polynomial) = (Tensor.Ones([n]), argument);
        var residuals = new Tensor[n];
        for (var i = 1; i <= n; i++)
        {
            residuals[i - 1] = Mean(polynomial) + (i % 2 == 0 ? 1.0 / ((i * i) - 1) : 0);
            (before, polynomial) = (polynomial, (2 * argument * polynomial) - before);
        }
        return Stack(residuals);
    }

    private static Tensor Cubes(Tensor x) => Power(x + Steps(x.Shape[0], 1.0 / (x.Shape[0] + 1)) + 1, 3);

    private static Tensor Before(Tensor x) => Slice(Pad(x, [1], [0]), 0, 0, x.Shape[0]);

    private static Tensor After(Tensor x) => Slice(Pad(x, [0], [1]), 0, 1);

    private static Tensor Every(Tensor x, int step, int start) => Slice(x, 0, start, null, step);

    private static Tensor At(Tensor x, int i) => Take(x, 0, i);

    private static Tensor Of(double[] values) => Tensor.Of(values);

    /// <summary>step, 2·step, …, n·step.</summary>
    private static Tensor Steps(int n, double step) => Of(From(n, i => i * step));

    /// <summary>The function's values at 1, …, n.</summary>
    private static double[] From(int n, Func<int, double> value) => [.. Enumerable.Range(1, n).Select(value)];

    private static double[] Repeated(double[] block, int times) => [.. Enumerable.Repeat(block, times).SelectMany(values => values)];
}
