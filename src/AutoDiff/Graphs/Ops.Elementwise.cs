namespace AutoDiff;

/// <summary>The operations: each builds nodes and computes nothing. Elementwise ops of several arguments broadcast by NumPy's rules.</summary>
public static partial class Ops
{
    /// <inheritdoc cref="Unary.Identity"/>
    public static Tensor Identity(Tensor x) => Map(Unary.Identity, x);

    /// <inheritdoc cref="Unary.StopGradient"/>
    public static Tensor StopGradient(Tensor x) => Map(Unary.StopGradient, x);

    /// <inheritdoc cref="Unary.Negate"/>
    public static Tensor Negate(Tensor x) => Map(Unary.Negate, x);

    /// <inheritdoc cref="Unary.Abs"/>
    public static Tensor Abs(Tensor x) => Map(Unary.Abs, x);

    /// <inheritdoc cref="Unary.Sign"/>
    public static Tensor Sign(Tensor x) => Map(Unary.Sign, x);

    /// <inheritdoc cref="Unary.Square"/>
    public static Tensor Square(Tensor x) => Map(Unary.Square, x);

    /// <inheritdoc cref="Unary.Sqrt"/>
    public static Tensor Sqrt(Tensor x) => Map(Unary.Sqrt, x);

    /// <inheritdoc cref="Unary.Reciprocal"/>
    public static Tensor Reciprocal(Tensor x) => Map(Unary.Reciprocal, x);

    /// <inheritdoc cref="Unary.Exp"/>
    public static Tensor Exp(Tensor x) => Map(Unary.Exp, x);

    /// <inheritdoc cref="Unary.Expm1"/>
    public static Tensor Expm1(Tensor x) => Map(Unary.Expm1, x);

    /// <inheritdoc cref="Unary.Log"/>
    public static Tensor Log(Tensor x) => Map(Unary.Log, x);

    /// <inheritdoc cref="Unary.Log1p"/>
    public static Tensor Log1p(Tensor x) => Map(Unary.Log1p, x);

    /// <inheritdoc cref="Unary.Sin"/>
    public static Tensor Sin(Tensor x) => Map(Unary.Sin, x);

    /// <inheritdoc cref="Unary.Cos"/>
    public static Tensor Cos(Tensor x) => Map(Unary.Cos, x);

    /// <inheritdoc cref="Unary.Tan"/>
    public static Tensor Tan(Tensor x) => Map(Unary.Tan, x);

    /// <inheritdoc cref="Unary.Asin"/>
    public static Tensor Asin(Tensor x) => Map(Unary.Asin, x);

    /// <inheritdoc cref="Unary.Acos"/>
    public static Tensor Acos(Tensor x) => Map(Unary.Acos, x);

    /// <inheritdoc cref="Unary.Atan"/>
    public static Tensor Atan(Tensor x) => Map(Unary.Atan, x);

    /// <inheritdoc cref="Unary.Sinh"/>
    public static Tensor Sinh(Tensor x) => Map(Unary.Sinh, x);

    /// <inheritdoc cref="Unary.Cosh"/>
    public static Tensor Cosh(Tensor x) => Map(Unary.Cosh, x);

    /// <inheritdoc cref="Unary.Tanh"/>
    public static Tensor Tanh(Tensor x) => Map(Unary.Tanh, x);

    /// <inheritdoc cref="Unary.SechSquared"/>
    public static Tensor SechSquared(Tensor x) => Map(Unary.SechSquared, x);

    /// <inheritdoc cref="Unary.Sigmoid"/>
    public static Tensor Sigmoid(Tensor x) => Map(Unary.Sigmoid, x);

    /// <summary>ln σ(x) = −softplus(−x); x for very negative x, −e⁻ˣ for large x.</summary>
    public static Tensor LogSigmoid(Tensor x)
    {
        Require.NotNull(x, nameof(LogSigmoid));
        return -Softplus(-x);
    }

    /// <inheritdoc cref="Unary.Softplus"/>
    public static Tensor Softplus(Tensor x) => Map(Unary.Softplus, x);

    /// <inheritdoc cref="Unary.Relu"/>
    public static Tensor Relu(Tensor x) => Map(Unary.Relu, x);

    /// <summary>x for x &gt; 0, else slope · x; the derivative at 0 is the slope.</summary>
    /// <remarks>The default slope is PyTorch's; Maas, Hannun, Ng (2013).</remarks>
    /// <exception cref="ArgumentException">The slope is not finite.</exception>
    public static Tensor LeakyRelu(Tensor x, double slope = 0.01)
    {
        Require.NotNull(x, nameof(LeakyRelu));
        Require.That(double.IsFinite(slope), $"[LeakyRelu] got slope {slope}; expected a finite number");
        return Where(x > 0, x, slope * x);
    }

    /// <summary>x for x &gt; 0, else α(eˣ − 1).</summary>
    /// <remarks>Clevert, Unterthiner, Hochreiter (1511.07289). Expm1 sees only x ≤ 0, so its derivative never overflows.</remarks>
    /// <exception cref="ArgumentException">α is not finite.</exception>
    public static Tensor Elu(Tensor x, double alpha = 1)
    {
        Require.NotNull(x, nameof(Elu));
        Require.That(double.IsFinite(alpha), $"[Elu] got alpha {alpha}; expected a finite number");
        return Where(x > 0, x, alpha * Expm1(Where(x > 0, 0, x)));
    }

    /// <summary>scale · elu(x, α) with the self-normalizing constants.</summary>
    /// <remarks>Klambauer et al. (1706.02515): α = 1.6732632423543772, scale = 1.0507009873554805.</remarks>
    public static Tensor Selu(Tensor x)
    {
        Require.NotNull(x, nameof(Selu));
        return 1.0507009873554804934193349852946 * Elu(x, 1.6732632423543772848170429916717);
    }

    /// <summary>x · Φ(x), Φ the normal distribution function: exact, so accurate in the left tail.</summary>
    /// <remarks>Hendrycks, Gimpel (1606.08415).</remarks>
    public static Tensor Gelu(Tensor x)
    {
        Require.NotNull(x, nameof(Gelu));
        return x * NormalCdf(x);
    }

    /// <summary>x · σ(x), also called swish.</summary>
    public static Tensor Silu(Tensor x)
    {
        Require.NotNull(x, nameof(Silu));
        return x * Sigmoid(x);
    }

    /// <summary>x · tanh(softplus(x)).</summary>
    /// <remarks>Misra (1908.08681).</remarks>
    public static Tensor Mish(Tensor x)
    {
        Require.NotNull(x, nameof(Mish));
        return x * Tanh(Softplus(x));
    }

    /// <inheritdoc cref="Unary.Erf"/>
    public static Tensor Erf(Tensor x) => Map(Unary.Erf, x);

    /// <inheritdoc cref="Unary.Erfc"/>
    public static Tensor Erfc(Tensor x) => Map(Unary.Erfc, x);

    /// <inheritdoc cref="Unary.NormalCdf"/>
    public static Tensor NormalCdf(Tensor x) => Map(Unary.NormalCdf, x);

    /// <inheritdoc cref="Unary.Floor"/>
    public static Tensor Floor(Tensor x) => Map(Unary.Floor, x);

    /// <inheritdoc cref="Unary.Round"/>
    public static Tensor Round(Tensor x) => Map(Unary.Round, x);

    /// <inheritdoc cref="Binary.Add"/>
    public static Tensor Add(Tensor x, Tensor y) => Zip(Binary.Add, x, y);

    /// <inheritdoc cref="Binary.Subtract"/>
    public static Tensor Subtract(Tensor x, Tensor y) => Zip(Binary.Subtract, x, y);

    /// <inheritdoc cref="Binary.Multiply"/>
    public static Tensor Multiply(Tensor x, Tensor y) => Zip(Binary.Multiply, x, y);

    /// <inheritdoc cref="Binary.Divide"/>
    public static Tensor Divide(Tensor x, Tensor y) => Zip(Binary.Divide, x, y);

    /// <inheritdoc cref="Binary.Power"/>
    public static Tensor Power(Tensor x, Tensor y) => Zip(Binary.Power, x, y);

    /// <inheritdoc cref="Binary.Atan2"/>
    public static Tensor Atan2(Tensor y, Tensor x) => Zip(Binary.Atan2, y, x);

    /// <inheritdoc cref="Binary.Maximum"/>
    public static Tensor Maximum(Tensor x, Tensor y) => Zip(Binary.Maximum, x, y);

    /// <inheritdoc cref="Binary.Minimum"/>
    public static Tensor Minimum(Tensor x, Tensor y) => Zip(Binary.Minimum, x, y);

    /// <inheritdoc cref="Binary.Equal"/>
    public static Tensor Equal(Tensor x, Tensor y) => Zip(Binary.Equal, x, y);

    /// <inheritdoc cref="Binary.NotEqual"/>
    public static Tensor NotEqual(Tensor x, Tensor y) => Zip(Binary.NotEqual, x, y);

    /// <inheritdoc cref="Binary.Less"/>
    public static Tensor Less(Tensor x, Tensor y) => Zip(Binary.Less, x, y);

    /// <inheritdoc cref="Binary.LessOrEqual"/>
    public static Tensor LessOrEqual(Tensor x, Tensor y) => Zip(Binary.LessOrEqual, x, y);

    /// <inheritdoc cref="Binary.Greater"/>
    public static Tensor Greater(Tensor x, Tensor y) => Zip(Binary.Greater, x, y);

    /// <inheritdoc cref="Binary.GreaterOrEqual"/>
    public static Tensor GreaterOrEqual(Tensor x, Tensor y) => Zip(Binary.GreaterOrEqual, x, y);

    /// <summary>whenTrue where the condition is not 0 (NaN included), else whenFalse.</summary>
    /// <remarks>A derivative of the branch not taken is multiplied by 0: where that derivative is infinite or NaN, guard the branch's argument by a Where of its own.</remarks>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse)
    {
        Require.NotNull(condition, nameof(Where));
        Require.NotNull(whenTrue, nameof(Where));
        Require.NotNull(whenFalse, nameof(Where));
        var shape = Common(nameof(Where), condition.Shape, whenTrue.Shape, whenFalse.Shape);
        return Apply.Of(Cached.Select, BroadcastTo(condition, shape), BroadcastTo(whenTrue, shape), BroadcastTo(whenFalse, shape));
    }

    /// <summary>x held within [low, high]; NaN of NaN. The derivative is 1 on the closed interval, 0 outside.</summary>
    /// <exception cref="ArgumentException">low is above high, or either is NaN.</exception>
    public static Tensor Clamp(Tensor x, double low, double high)
    {
        Require.NotNull(x, nameof(Clamp));
        Require.That(low <= high, $"[Clamp] got low {low}, high {high}; expected low ≤ high");
        return Where(x < low, low, Where(x > high, high, x));
    }

    /// <summary>An elementwise primitive of one argument.</summary>
    internal static Tensor Map(Unary function, Tensor x)
    {
        Require.NotNull(x, function);
        return Apply.Of(Cached.Maps[(int)function], x);
    }

    /// <summary>An elementwise primitive of two arguments, broadcast to their common shape.</summary>
    internal static Tensor Zip(Binary function, Tensor x, Tensor y)
    {
        Require.NotNull(x, function);
        Require.NotNull(y, function);
        if (x.Shape.Equals(y.Shape))
            return Apply.Of(Cached.Zips[(int)function], x, y);
        var shape = Common(function, x.Shape, y.Shape);
        return Apply.Of(Cached.Zips[(int)function], BroadcastTo(x, shape), BroadcastTo(y, shape));
    }

    /// <summary>The op of <see cref="Identity"/>.</summary>
    internal static Op IdentityOp => Cached.Maps[(int)Unary.Identity];

    /// <summary>The shape that all broadcast to.</summary>
    private static Shape Common<T>(T operation, params ReadOnlySpan<Shape> shapes)
    {
        var lengths = shapes[0].AsSpan();
        foreach (var shape in shapes[1..])
        {
            var common = Shape.BroadcastLengths(lengths, shape.AsSpan());
            if (common is null)
                Require.That(
                    false,
                    $"[{operation}] shapes {string.Join(" and ", shapes.ToArray().AsEnumerable())} do not broadcast; expected each length, from the last axis on, to be equal or 1"
                );
            lengths = common;
        }
        foreach (var shape in shapes)
        {
            if (shape.AsSpan().SequenceEqual(lengths))
                return shape;
        }
        return Shape.Result(operation, lengths, shapes);
    }

    /// <summary>Ops without parameters, built once: they are immutable and equal by value.</summary>
    private static class Cached
    {
        public static readonly Op[] Maps = [.. Enum.GetValues<Unary>().Select(function => new Op.Map(function))];
        public static readonly Op[] Zips = [.. Enum.GetValues<Binary>().Select(function => new Op.Zip(function))];
        public static readonly Op Select = new Op.Select();
        public static readonly Op MatMul = new Op.MatMul();
    }
}
