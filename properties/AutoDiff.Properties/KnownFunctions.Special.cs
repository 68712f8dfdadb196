using static AutoDiff.Ops;

namespace AutoDiff.Properties;

internal static partial class KnownFunctions
{
    private const double Infinity = double.PositiveInfinity;
    private const double NaN = double.NaN;

    private static IEnumerable<KnownFunction> SpecialFunctions() =>
        [
            One(nameof(Sinc), Sinc, [0.5, -1.25, 3], [0.6366197723675814, -0.18006326323142122, 0]),
            One(nameof(LogGamma), LogGamma, [0.5, 5, -1.25], [0.5723649429247001, 3.1780538303479458, 1.3664317612369763]),
            One(nameof(Digamma), Digamma, [0.5, 12, -1.25], [-1.9635100260214235, 2.442661679975812, 3.714139120213528]),
            One(nameof(PolyGamma), x => PolyGamma(0, x), [0.5, 12], [-1.9635100260214235, 2.442661679975812]),
            One(nameof(PolyGamma), x => PolyGamma(2, x), [0.5, 3], [-16.82879664423432, -0.15411380631918858]),
            One(nameof(BesselI0e), BesselI0e, [0.5, -1.25], [0.6450352704491501, 0.4098361493857494]),
            Two(
                nameof(XLogY),
                XLogY,
                [2, -1.5, 0, 0, 0, 3, 0],
                [0.5, 1.25, 0, -1, Infinity, 0, NaN],
                [-1.3862943611198906, -0.3347153269713146, 0, 0, 0, -Infinity, NaN]
            ),
            Two(
                nameof(LogAddExp),
                LogAddExp,
                [0.5, 800, -800, -Infinity, Infinity, -Infinity, 1, NaN],
                [-1.25, 799, 800, -Infinity, Infinity, 3, Infinity, 0],
                [0.6602241504380872, 800.3132616875182, 800, -Infinity, Infinity, 3, Infinity, NaN]
            ),
        ];

    private static IEnumerable<KnownFunction> Predicates() =>
        [
            One(nameof(Ceiling), Ceiling, [2.25, -0.5, 0, -0.0, -3], [3, -0.0, 0, -0.0, -3]),
            One(nameof(Truncate), Truncate, [2.75, -2.75, -0.5, -0.0, 0, -Infinity, NaN], [2, -2, -0.0, -0.0, 0, -Infinity, NaN]),
            One(nameof(SignBit), SignBit, [2, -2, 0, -0.0, -Infinity, NaN], [0, 1, 0, 1, 1, 0]),
            One(nameof(IsNaN), IsNaN, [1, NaN, Infinity], [0, 1, 0]),
            One(nameof(IsFinite), IsFinite, [1, NaN, Infinity, -Infinity], [1, 0, 0, 0]),
            One(nameof(IsInfinite), IsInfinite, [1, NaN, Infinity, -Infinity], [0, 0, 1, 1]),
            One(nameof(NanToNum), x => NanToNum(x, 5, 7, -9), [NaN, Infinity, -Infinity, 1.5, -0.0], [5, 7, -9, 1.5, -0.0]),
            One(nameof(NanToNum), x => NanToNum(x, positiveInfinity: Infinity), [NaN, Infinity], [0, Infinity]),
            Two(nameof(LogicalAnd), LogicalAnd, [0, 0, 2, -2, NaN], [0, 3, 0, 0.5, 1], [0, 0, 0, 1, 1]),
            Two(nameof(LogicalOr), LogicalOr, [0, 0, 2, -2, NaN], [0, 3, 0, 0.5, 0], [0, 1, 1, 1, 1]),
            Two(nameof(LogicalXor), LogicalXor, [0, 0, 2, -2, NaN], [0, 3, 0, 0.5, 0], [0, 1, 1, 0, 1]),
            One(nameof(LogicalNot), LogicalNot, [0, -0.0, 2, NaN], [1, 1, 0, 0]),
            new(nameof(Any), x => Any(x[0], 1), [Tensor.Of([0, 0, 0, NaN, 0, -1], 3, 2)], Tensor.Of([0, 1, 1])),
            new(nameof(Any), x => Any(x[0], 0), [Tensor.Zeros([0, 2])], Tensor.Of([0, 0])),
            new(nameof(All), x => All(x[0], 1), [Tensor.Of([0, 1, 2, NaN, 0, 0], 3, 2)], Tensor.Of([0, 1, 0])),
            new(nameof(All), x => All(x[0]), [Tensor.Zeros([0, 2])], 1),
        ];
}
