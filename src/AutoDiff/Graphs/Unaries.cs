using System.Diagnostics;
using static AutoDiff.Ops;
using static AutoDiff.UnaryKind;

namespace AutoDiff;

/// <summary>The elementwise functions of one argument: a row each, with value, slope and kernel. The compiler names a member without one.</summary>
internal static class Unaries
{
    private static readonly Twins TanhAndSlope = new(Unary.Tanh, Unary.SechSquared, Maps.TanhAndSechSquared);

    private static readonly UnaryRow[] Rows = Array.ConvertAll(Enum.GetValues<Unary>(), Row);

    /// <summary>The row of a function.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static UnaryRow Of(Unary function)
    {
        Require.That((uint)function < (uint)Rows.Length, $"[{function}] got a Unary of no name; expected a member");
        return Rows[(int)function];
    }

    /// <summary>The row of an op that applies a function of one argument.</summary>
    /// <exception cref="ArgumentException">It is no member.</exception>
    public static UnaryRow Of(Op op) =>
        op switch
        {
            Op.Map(var function) => Of(function),
            Op.Ordered ordered => Sequences.Of(ordered),
            _ => throw new UnreachableException(),
        };

    private static UnaryRow Row(Unary function) =>
        function switch
        {
            Unary.Identity => new(Renaming, x => x, (x, y) => Slopes.One, Maps.Copy),
            Unary.StopGradient => new(Renaming, x => x, null, Maps.Copy),
            Unary.Negate => new(Linear, x => -x, (x, y) => Slopes.MinusOne, Maps.Negate) { IsCheap = true },
            Unary.Abs => new(Exact, Math.Abs, (x, y) => Sign(x), Maps.Abs) { IsCheap = true }, // 0 at 0
            Unary.Sign => new(Exact, SpecialFunctions.Sign, null, Maps.Sign),
            Unary.Square => new(Function, x => x * x, (x, y) => 2 * x, Maps.Square) { IsCheap = true, Twice = Binary.Multiply },
            Unary.Sqrt => new(Function, Math.Sqrt, (x, y) => 0.5 / (y + 0), Maps.Sqrt), // −0 as 0
            Unary.Reciprocal => new(Function, x => 1 / x, (x, y) => -Square(y), Maps.Reciprocal),
            Unary.Exp => new(Function, Math.Exp, (x, y) => y, Maps.Exp),
            Unary.Expm1 => new(Function, SpecialFunctions.Expm1, (x, y) => Exp(x), Maps.Expm1), // not y + 1, which cancels for very negative x
            Unary.Log => new(Function, Math.Log, (x, y) => Reciprocal(x + 0), Maps.Log), // −0 as 0
            Unary.Log1p => new(Function, SpecialFunctions.Log1p, (x, y) => Reciprocal(1 + x), Maps.Log1p),
            Unary.Sin => new(Function, Math.Sin, (x, y) => Cos(x), Maps.Sin),
            Unary.Cos => new(Function, Math.Cos, (x, y) => -Sin(x), Maps.Cos),
            Unary.Tan => new(Function, Math.Tan, (x, y) => 1 + Square(y), Maps.Tan),
            Unary.Asin => new(Function, Math.Asin, (x, y) => Reciprocal(Sqrt(Slopes.OneMinusSquare(x))), Maps.Asin),
            Unary.Acos => new(Function, Math.Acos, (x, y) => -Reciprocal(Sqrt(Slopes.OneMinusSquare(x))), Maps.Acos),
            Unary.Atan => new(Function, Math.Atan, (x, y) => Reciprocal(1 + Square(x)), Maps.Atan),
            Unary.Sinh => new(Function, Math.Sinh, (x, y) => Cosh(x), Maps.Sinh),
            Unary.Cosh => new(Function, Math.Cosh, (x, y) => Sinh(x), Maps.Cosh),
            Unary.Tanh => new(Function, Math.Tanh, (x, y) => SechSquared(x), Maps.Tanh) { Twins = TanhAndSlope }, // not 1 − y², which cancels for large x
            Unary.SechSquared => new(Function, SpecialFunctions.SechSquared, (x, y) => -2 * Tanh(x) * y, Maps.SechSquared)
            {
                Twins = TanhAndSlope,
            },
            // Not y(1 − y), which cancels for large x, nor y σ(−x), whose derivative does at 0.
            Unary.Sigmoid => new(Function, SpecialFunctions.Sigmoid, (x, y) => 0.25 * SechSquared(0.5 * x), Maps.Sigmoid),
            Unary.Softplus => new(Function, SpecialFunctions.Softplus, (x, y) => Sigmoid(x), Maps.Softplus),
            Unary.Relu => new(Exact, x => x <= 0 ? 0 : x, (x, y) => y > 0, Maps.Relu) { IsCheap = true }, // 0 at 0
            Unary.Erf => new(Function, SpecialFunctions.Erf, (x, y) => 1.1283791670955126 * Exp(-Square(x)), Maps.Erf), // 2⁄√π e^(−x²)
            Unary.Erfc => new(Function, SpecialFunctions.Erfc, (x, y) => -1.1283791670955126 * Exp(-Square(x)), Maps.Erfc),
            // 1⁄√(2π) e^(−x²⁄2)
            Unary.NormalCdf => new(
                Function,
                SpecialFunctions.NormalCdf,
                (x, y) => 0.3989422804014327 * Exp(-0.5 * Square(x)),
                Maps.NormalCdf
            ),
            Unary.Floor => new(Exact, Math.Floor, null, Maps.Floor),
            Unary.Round => new(Exact, x => Math.Round(x, MidpointRounding.ToEven), null, Maps.Round),
            Unary.Exp2 => new(Function, x => Math.Pow(2, x), (x, y) => 0.6931471805599453 * y, Maps.Exp2), // ln 2
            Unary.Log2 => new(Function, Math.Log2, (x, y) => 1.4426950408889634 * Reciprocal(x + 0), Maps.Log2), // −0 as 0
            Unary.Log10 => new(Function, Math.Log10, (x, y) => 0.4342944819032518 * Reciprocal(x + 0), Maps.Log10),
            Unary.Cbrt => new(Function, Math.Cbrt, (x, y) => Square(Reciprocal(y + 0)) / 3, Maps.Cbrt), // −0 as 0
            Unary.Asinh => new(Function, Math.Asinh, (x, y) => Reciprocal(Hypot(1, x)), Maps.Asinh),
            Unary.Acosh => new(Function, Math.Acosh, (x, y) => Reciprocal(Sqrt(x - 1) * Sqrt(x + 1)), Maps.Acosh), // x² would overflow
            Unary.Atanh => new(Function, Math.Atanh, (x, y) => Reciprocal(Slopes.OneMinusSquare(x)), Maps.Atanh),
            // √π ⁄ 2 e^(y²)
            Unary.ErfInv => new(
                Function,
                SpecialFunctions.ErfInv,
                (x, y) => 0.886226925452758 * Exp(Square(y)),
                MapKernel.Of(SpecialFunctions.ErfInv)
            ),
            Unary.BesselI1e => new(Function, BesselFunctions.I1e, (x, y) => Slopes.OfBesselI1e(x), MapKernel.Of(BesselFunctions.I1e)),
        };
}
