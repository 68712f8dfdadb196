namespace AutoDiff.Properties;

internal sealed partial record Convention
{
    private static IEnumerable<Convention> OfSpecialFunctions() =>
        [
            One("Log2", 0, -Infinity, Infinity, -Infinity),
            One("Log2", -Far, NaN, -0.0018033688011112041, -2.2542110013890053e-06), // that of log₂ |x|
            One("Log10", 0, -Infinity, Infinity, -Infinity),
            One("Log10", -Far, NaN, -0.0005428681023790647, -6.785851279738309e-07),
            One("Cbrt", 0, 0, Infinity, -Infinity),
            One("Acosh", 0, NaN, NaN, NaN),
            One("Acosh", -Far, NaN, NaN, NaN),
            One("Atanh", Far, NaN, -1.5625024414100647e-06, 3.90626220705986e-09),
            One("Atanh", -Far, NaN, -1.5625024414100647e-06, -3.90626220705986e-09),
            One("ErfInv", Far, NaN, NaN, NaN),
            One("ErfInv", -Far, NaN, NaN, NaN),
            One("BesselI0e", 0, 1, 0, 0),
            One("BesselI1e", 0, 0, 0.5, 0),
            One("LogGamma", 0, Infinity, -Infinity, Infinity),
            One("LogGamma", -0.0, Infinity, Infinity, Infinity),
            One("LogGamma", -Far, Infinity, NaN, Infinity),
            One("Digamma", 0, -Infinity, Infinity, -Infinity),
            One("Digamma", -0.0, Infinity, Infinity, Infinity),
            One("Digamma", -Far, NaN, Infinity, NaN),
            One("PolyGamma", 0, -Infinity, Infinity, -Infinity),
            One("PolyGamma", -0.0, Infinity, Infinity, Infinity),
            One("PolyGamma", -Far, NaN, Infinity, NaN),
            One("SignBit", 0, 0, 0, 0),
            One("SignBit", -0.0, 1, 0, 0),
            One("Modulo", 0, 0, 1, 0),
            One("Modulo: right", 0, NaN, NaN, 0),
            One("Remainder: right", 0, NaN, NaN, 0),
            One("op_Division: by a number", 0, Infinity, -Infinity, Infinity),
            One("op_Division: by a number", -0.0, -Infinity, -Infinity, -Infinity),
            One("XLogY: right", 0, -Infinity, Infinity, -Infinity),
            new("XLogY: right, broadcast", 0, [-Infinity], [Infinity, 0, 0, Infinity, 0, 0], [-Infinity, 0, 0, -Infinity, 0, 0]),
            new(
                "XLogY: right",
                -Far,
                [NaN],
                [-0.0019791666666666664, -0.001354166666666667, -0.0007291666666666667, -0.0015625, -0.0017708333333333332, -0.0009375],
                [
                    -2.473958333333333e-06,
                    -1.6927083333333335e-06,
                    -9.114583333333334e-07,
                    -1.953125e-06,
                    -2.2135416666666664e-06,
                    -1.171875e-06,
                ]
            ),
            new(
                "XLogY: right, broadcast",
                -Far,
                [NaN],
                [-0.0040625, 0, 0, -0.004270833333333333, 0, 0],
                [-5.078125000000001e-06, 0, 0, -5.3385416666666666e-06, 0, 0]
            ),
            One("XLogY: right, against a scalar", 0, -Infinity, Infinity, -Infinity),
            One("XLogY: right, against a scalar", -Far, NaN, -0.001875, -2.34375e-06), // that of ln |y|
        ];
}
