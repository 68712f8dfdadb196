using System.Collections.Immutable;

namespace AutoDiff.Properties;

/// <summary>What a primitive must compute, by a source outside this library.</summary>
/// <param name="Op">The op.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Value">The result.</param>
internal sealed record KnownOp(Op Op, ImmutableArray<Tensor> Arguments, Tensor Value);

/// <summary>Literal values of every primitive, each a number that single precision holds too: from mpmath, the nearest doubles, or exact by definition.</summary>
/// <remarks>The laws compare derivatives with values, and fast paths with slow ones: only a value from outside tells a function from another that is as consistent.</remarks>
internal static partial class KnownOps
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static readonly ImmutableArray<(Unary Function, (double X, double Value)[] Points)> OfOne =
    [
        (Unary.Identity, [(0.5, 0.5), (-3, -3), (-0.0, -0.0)]),
        (Unary.StopGradient, [(0.5, 0.5), (-3, -3), (-0.0, -0.0)]),
        (Unary.Negate, [(0.5, -0.5), (-3, 3), (0, -0.0)]),
        (Unary.Abs, [(1.5, 1.5), (-2.5, 2.5), (-0.0, 0)]),
        (Unary.Sign, [(0.5, 1), (-2.5, -1), (0, 0), (NaN, NaN)]),
        (Unary.Square, [(0.5, 0.25), (-3, 9)]),
        (Unary.Sqrt, [(2.25, 1.5), (2, 1.4142135623730951), (0, 0), (-1, NaN)]),
        (Unary.Reciprocal, [(4, 0.25), (-0.5, -2), (0, Infinity)]),
        (Unary.Exp, [(0.5, 1.6487212707001282), (-1.25, 0.2865047968601901), (3, 20.085536923187668), (0, 1), (-800, 0)]),
        (Unary.Expm1, [(0.5, 0.6487212707001282), (-1.25, -0.7134952031398099), (1.3010426069826053e-18, 1.3010426069826053e-18)]),
        (Unary.Log, [(0.5, -0.6931471805599453), (3, 1.0986122886681098), (1, 0), (0, -Infinity), (-1, NaN)]),
        (Unary.Log1p, [(0.5, 0.4054651081081644), (-0.75, -1.3862943611198906), (1.3010426069826053e-18, 1.3010426069826053e-18)]),
        (Unary.Sin, [(0.5, 0.479425538604203), (-1.25, -0.9489846193555862), (3, 0.1411200080598672)]),
        (Unary.Cos, [(0.5, 0.8775825618903728), (-1.25, 0.3153223623952687), (3, -0.9899924966004454)]),
        (Unary.Tan, [(0.5, 0.5463024898437905), (-1.25, -3.0095696738628313)]),
        (Unary.Asin, [(0.5, 0.5235987755982989), (-0.75, -0.848062078981481), (2, NaN)]),
        (Unary.Acos, [(0.5, 1.0471975511965979), (-0.75, 2.4188584057763776), (2, NaN)]),
        (Unary.Atan, [(0.5, 0.4636476090008061), (-1.25, -0.8960553845713439), (800, 1.5695463274459376)]),
        (Unary.Sinh, [(0.5, 0.5210953054937474), (-1.25, -1.6019190803008256)]),
        (Unary.Cosh, [(0.5, 1.1276259652063807), (-1.25, 1.8884238771610158)]),
        (Unary.Tanh, [(0.5, 0.46211715726000974), (-1.25, -0.8482836399575129), (800, 1)]),
        (Unary.SechSquared, [(0.5, 0.7864477329659274), (-1.25, 0.28041486618043265), (12, 1.510053817597626e-10)]),
        (Unary.Sigmoid, [(0.5, 0.6224593312018546), (-1.25, 0.22270013882530884), (-12, 6.144174602214718e-06), (800, 1)]),
        (Unary.Softplus, [(0.5, 0.9740769841801067), (-1.25, 0.2519290813453729), (-12, 6.144193477732806e-06), (800, 800)]),
        (Unary.Relu, [(1.5, 1.5), (-2, 0), (NaN, NaN)]),
        (Unary.Erf, [(0.5, 0.5204998778130465), (-1.25, -0.9229001282564583), (800, 1)]),
        (Unary.Erfc, [(0.5, 0.4795001221869535), (-1.25, 1.9229001282564582), (3, 2.209049699858544e-05)]),
        (Unary.NormalCdf, [(0.5, 0.6914624612740131), (-1.25, 0.10564977366685525), (-4, 3.1671241833119924e-05)]),
        (Unary.Floor, [(2.75, 2), (-0.5, -1), (3, 3)]),
        (Unary.Round, [(2.5, 2), (3.5, 4), (-1.25, -1), (2.75, 3)]),
        (Unary.Exp2, [(0.5, 1.4142135623730951), (-1.25, 0.42044820762685725), (3, 8), (0, 1), (1024, Infinity), (-1100, 0)]),
        (Unary.Log2, [(8, 3), (0.5, -1), (3, 1.584962500721156), (0, -Infinity), (-1, NaN)]),
        (Unary.Log10, [(1000, 3), (0.5, -0.3010299956639812), (3, 0.47712125471966244), (0, -Infinity), (-1, NaN)]),
        (Unary.Cbrt, [(27, 3), (-0.125, -0.5), (3, 1.4422495703074083), (-0.0, -0.0)]),
        (Unary.Asinh, [(0.5, 0.48121182505960347), (-1.25, -1.0475930126492587), (800, 7.377759298852644), (-0.0, -0.0)]),
        (Unary.Acosh, [(1, 0), (1.25, 0.6931471805599453), (800, 7.3777585176026435), (0.5, NaN)]),
        (Unary.Atanh, [(0.5, 0.5493061443340549), (-0.75, -0.9729550745276566), (1, Infinity), (2, NaN), (-0.0, -0.0)]),
        (Unary.ErfInv, [(0.5, 0.4769362762044699), (-0.9375, -1.3171503349861307), (1, Infinity), (2, NaN), (-0.0, -0.0)]),
        (Unary.BesselI1e, [(0.5, 0.1564208031848717), (-1.25, -0.21639174933399202), (30, 0.07191633059864755), (-0.0, -0.0)]),
    ];

    private static readonly ImmutableArray<(Binary Function, (double X, double Y, double Value)[] Points)> OfTwo =
    [
        (Binary.Add, [(2, 3.5, 5.5), (-1.25, 0.5, -0.75), (-0.0, 0, 0)]),
        (Binary.Subtract, [(2, 3.5, -1.5), (-1.25, 0.5, -1.75), (0, 0, 0)]),
        (Binary.Multiply, [(2, 3.5, 7), (-1.25, 0.5, -0.625), (-2, 0, -0.0)]),
        (Binary.Divide, [(3, 4, 0.75), (-1, 8, -0.125), (1, 0, Infinity), (0, 0, NaN)]),
        (Binary.Power, [(2, 3, 8), (2.25, -0.5, 0.6666666666666666), (-2, 3, -8), (3, 0.5, 1.7320508075688772), (0, 0, 1), (-2, 0.5, NaN)]),
        (Binary.Atan2, [(1, 2, 0.4636476090008061), (-1, -2, -2.677945044588987), (2, -1, 2.0344439357957027), (1, 0, 1.5707963267948966)]),
        (Binary.Maximum, [(-1, 2, 2), (3, 1, 3), (-0.0, 0, 0), (0, -0.0, 0), (NaN, 1, NaN), (1, NaN, NaN)]),
        (Binary.Minimum, [(-1, 2, -1), (3, 1, 1), (-0.0, 0, -0.0), (0, -0.0, -0.0), (NaN, 1, NaN), (1, NaN, NaN)]),
        (Binary.Equal, [(1, 2, 0), (2, 1, 0), (2, 2, 1), (0, -0.0, 1), (NaN, NaN, 0)]),
        (Binary.NotEqual, [(1, 2, 1), (2, 1, 1), (2, 2, 0), (0, -0.0, 0), (NaN, NaN, 1)]),
        (Binary.Less, [(1, 2, 1), (2, 1, 0), (2, 2, 0), (0, -0.0, 0), (NaN, 1, 0)]),
        (Binary.LessOrEqual, [(1, 2, 1), (2, 1, 0), (2, 2, 1), (0, -0.0, 1), (NaN, 1, 0)]),
        (Binary.Greater, [(1, 2, 0), (2, 1, 1), (2, 2, 0), (0, -0.0, 0), (NaN, 1, 0)]),
        (Binary.GreaterOrEqual, [(1, 2, 0), (2, 1, 1), (2, 2, 1), (0, -0.0, 1), (NaN, 1, 0)]),
        (Binary.Hypot, [(3, -4, 5), (0.5, 1.25, 1.346291201783626), (0, 0, 0), (Infinity, NaN, Infinity), (NaN, 1, NaN)]),
        (
            Binary.Modulo,
            [
                (5, 3, 2),
                (-5, 3, 1),
                (5, -3, -1),
                (-5, -3, -2),
                (-6, 3, 0),
                (6, -3, -0.0),
                (5.5, 2, 1.5),
                (1, 0, NaN),
                (-1, Infinity, Infinity),
            ]
        ),
        (
            Binary.Remainder,
            [(5, 3, 2), (-5, 3, -2), (5, -3, 2), (-5, -3, -2), (-6, 3, -0.0), (5.5, 2, 1.5), (1, 0, NaN), (-1, Infinity, -1)]
        ),
    ];

    /// <summary>Every row; those of one function of numbers are one.</summary>
    public static IReadOnlyList<KnownOp> All { get; } =
    [
        .. Maps(),
        .. Zips(),
        .. Reductions(),
        .. Structures(),
        .. Indexing(),
        .. Sequences(),
        .. Spectra(),
        .. Matrices(),
        .. Fourier(),
        .. Draws(),
    ];

    private static IEnumerable<KnownOp> Maps() =>
        OfOne.Select(row => new KnownOp(
            new Op.Map(row.Function),
            [Tensor.Of([.. row.Points.Select(point => point.X)])],
            Tensor.Of([.. row.Points.Select(point => point.Value)])
        ));

    private static IEnumerable<KnownOp> Zips() =>
        OfTwo.Select(row => new KnownOp(
            new Op.Zip(row.Function),
            [Tensor.Of([.. row.Points.Select(point => point.X)]), Tensor.Of([.. row.Points.Select(point => point.Y)])],
            Tensor.Of([.. row.Points.Select(point => point.Value)])
        ));
}
