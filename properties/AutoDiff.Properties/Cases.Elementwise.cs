using AutoDiff.Laws;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

public static partial class Cases
{
    // Shapes vary: scalars, empty tensors and axes of length 1 are among them.
    private static IEnumerable<Case> Elementwise() =>
        [
            new("Identity", Identity, Shaped(Domain.Any)),
            new("StopGradient", StopGradient, Shaped(Domain.Any), Kind.Stopped),
            new("Negate", Negate, Shaped(Domain.Any)),
            new("Abs", Abs, Shaped(Domain.AwayFrom(0))),
            new("Sign", Sign, Shaped(Domain.AwayFrom(0)), Kind.PiecewiseConstant),
            new("Square", Square, Shaped(Domain.Any)),
            new("Sqrt", Sqrt, Shaped(Domain.Positive)),
            new("Reciprocal", Reciprocal, Shaped(Domain.NonZero)),
            new("Exp", Exp, Shaped(Domain.Any)),
            new("Expm1", Expm1, Shaped(Domain.Any)),
            new("Log", Log, Shaped(Domain.Positive)),
            new("Log1p", Log1p, Shaped(Domain.Between(-0.75, 3))),
            new("Sin", Sin, Shaped(Domain.Any)),
            new("Cos", Cos, Shaped(Domain.Any)),
            new("Tan", Tan, Shaped(Domain.Between(-1.25, 1.25))),
            new("Asin", Asin, Shaped(Domain.Between(-0.75, 0.75))),
            new("Acos", Acos, Shaped(Domain.Between(-0.75, 0.75))),
            new("Atan", Atan, Shaped(Domain.Any)),
            new("Sinh", Sinh, Shaped(Domain.Any)),
            new("Cosh", Cosh, Shaped(Domain.Any)),
            new("Tanh", Tanh, Shaped(Domain.Any)),
            new("SechSquared", SechSquared, Shaped(Domain.Any)),
            new("Sigmoid", Sigmoid, Shaped(Domain.Any)),
            new("LogSigmoid", LogSigmoid, Shaped(Domain.Any)),
            new("Softplus", Softplus, Shaped(Domain.Any)),
            new("Relu", Relu, Shaped(Domain.AwayFrom(0))),
            new("LeakyRelu", x => LeakyRelu(x), Shaped(Domain.AwayFrom(0))),
            new("LeakyRelu: slope", x => LeakyRelu(x, 0.25), Shaped(Domain.AwayFrom(0))),
            new("Elu", x => Elu(x), Shaped(Domain.AwayFrom(0))),
            new("Elu: alpha", x => Elu(x, 0.5), Shaped(Domain.AwayFrom(0))),
            new("Selu", Selu, Shaped(Domain.AwayFrom(0))),
            new("Gelu", Gelu, Shaped(Domain.Any)),
            new("Silu", Silu, Shaped(Domain.Any)),
            new("Mish", Mish, Shaped(Domain.Any)),
            new("Erf", Erf, Shaped(Domain.Any)),
            new("Erfc", Erfc, Shaped(Domain.Any)),
            new("NormalCdf", NormalCdf, Shaped(Domain.Any)),
            new("Floor", Floor, Shaped(Domain.AwayFrom(-3, -2, -1, 0, 1, 2, 3)), Kind.PiecewiseConstant),
            new("Round", Round, Shaped(Domain.AwayFrom(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5)), Kind.PiecewiseConstant),
            new("Clamp", x => Clamp(x, -1, 2), Shaped(Domain.AwayFrom(-1, 2))),
            new("Clamp: one side", x => Clamp(x, double.NegativeInfinity, 0.5), Shaped(Domain.AwayFrom(0.5))),
        ];
}
