namespace AutoDiff.Numerics;

/// <summary>What every elementwise primitive computes, on one number: a row per member.</summary>
internal static class ScalarFunctions
{
    /// <summary>The function of one argument.</summary>
    public static Func<double, double> Of(Unary function) =>
        function switch
        {
            Unary.Identity => x => x,
            Unary.StopGradient => x => x,
            Unary.Negate => x => -x,
            Unary.Abs => Math.Abs,
            Unary.Sign => SpecialFunctions.Sign,
            Unary.Square => x => x * x,
            Unary.Sqrt => Math.Sqrt,
            Unary.Reciprocal => x => 1 / x,
            Unary.Exp => Math.Exp,
            Unary.Expm1 => SpecialFunctions.Expm1,
            Unary.Log => Math.Log,
            Unary.Log1p => SpecialFunctions.Log1p,
            Unary.Sin => Math.Sin,
            Unary.Cos => Math.Cos,
            Unary.Tan => Math.Tan,
            Unary.Asin => Math.Asin,
            Unary.Acos => Math.Acos,
            Unary.Atan => Math.Atan,
            Unary.Sinh => Math.Sinh,
            Unary.Cosh => Math.Cosh,
            Unary.Tanh => Math.Tanh,
            Unary.SechSquared => SpecialFunctions.SechSquared,
            Unary.Sigmoid => SpecialFunctions.Sigmoid,
            Unary.Softplus => SpecialFunctions.Softplus,
            Unary.Relu => x => x <= 0 ? 0 : x,
            Unary.Erf => SpecialFunctions.Erf,
            Unary.Erfc => SpecialFunctions.Erfc,
            Unary.NormalCdf => SpecialFunctions.NormalCdf,
            Unary.Floor => Math.Floor,
            Unary.Round => x => Math.Round(x, MidpointRounding.ToEven),
        };

    /// <summary>The function of two arguments.</summary>
    public static Func<double, double, double> Of(Binary function) =>
        function switch
        {
            Binary.Add => (x, y) => x + y,
            Binary.Subtract => (x, y) => x - y,
            Binary.Multiply => (x, y) => x * y,
            Binary.Divide => (x, y) => x / y,
            Binary.Power => Math.Pow,
            Binary.Atan2 => Math.Atan2,
            Binary.Maximum => Math.Max,
            Binary.Minimum => Math.Min,
            Binary.Equal => (x, y) => x == y ? 1 : 0,
            Binary.NotEqual => (x, y) => x != y ? 1 : 0,
            Binary.Less => (x, y) => x < y ? 1 : 0,
            Binary.LessOrEqual => (x, y) => x <= y ? 1 : 0,
            Binary.Greater => (x, y) => x > y ? 1 : 0,
            Binary.GreaterOrEqual => (x, y) => x >= y ? 1 : 0,
        };
}
