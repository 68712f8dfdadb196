using static AutoDiff.Ops;

namespace AutoDiff.Nets;

public sealed partial record Activation
{
    // 2√(2⁄π), and that times 0.044715.
    private const double GeluLinear = 1.5957691216057308;
    private const double GeluCubic = GeluLinear * 0.044715;

    /// <summary>x.</summary>
    public static Activation Identity { get; } = new(nameof(Identity), x => x);

    /// <summary>max(x, 0); the derivative at 0 is 0.</summary>
    public static Activation Relu { get; } = new(nameof(Relu), Ops.Relu);

    /// <summary>min(max(x, 0), 6); the derivative at 0 and at 6 is 0.</summary>
    /// <remarks>Krizhevsky (2010).</remarks>
    public static Activation Relu6 { get; } = new(nameof(Relu6), x => Held(x, 0, 6));

    /// <summary>scale · elu(x, α) with the self-normalizing constants.</summary>
    /// <remarks>Klambauer et al. (1706.02515).</remarks>
    public static Activation Selu { get; } = new(nameof(Selu), Ops.Selu);

    /// <summary>x · Φ(x), Φ the normal distribution function.</summary>
    /// <remarks>Hendrycks, Gimpel (1606.08415).</remarks>
    public static Activation Gelu { get; } = new(nameof(Gelu), Ops.Gelu);

    /// <summary>The form of <see cref="Gelu"/> with tanh: ½x(1 + tanh(√(2⁄π)(x + 0.044715x³))), as x · σ(2√(2⁄π)(…)), accurate in the left tail.</summary>
    /// <remarks>Hendrycks, Gimpel (1606.08415).</remarks>
    public static Activation GeluTanh { get; } =
        new(
            nameof(GeluTanh),
            x =>
            {
                // From 30 on σ is 0 or 1, and its derivatives 0, where the cube overflows to 0 · ∞.
                var inside = Clamp(x, -30, 30);
                return x * Ops.Sigmoid(inside * (GeluLinear + (GeluCubic * Square(inside))));
            }
        );

    /// <summary>x · σ(x), also called swish.</summary>
    /// <remarks>Elfwing et al. (1702.03118).</remarks>
    public static Activation Silu { get; } = new(nameof(Silu), Ops.Silu);

    /// <summary>x · tanh(softplus(x)).</summary>
    /// <remarks>Misra (1908.08681).</remarks>
    public static Activation Mish { get; } = new(nameof(Mish), Ops.Mish);

    /// <summary>σ(x) = 1 ⁄ (1 + e⁻ˣ).</summary>
    public static Activation Sigmoid { get; } = new(nameof(Sigmoid), Ops.Sigmoid);

    /// <summary>ln σ(x).</summary>
    public static Activation LogSigmoid { get; } = new(nameof(LogSigmoid), Ops.LogSigmoid);

    /// <summary>min(max(x + 3, 0), 6) ⁄ 6; the derivative at ±3 is 0.</summary>
    /// <remarks>Courbariaux et al. (1511.00363), with PyTorch's slope.</remarks>
    public static Activation HardSigmoid { get; } = new(nameof(HardSigmoid), x => Held(x + 3, 0, 6) / 6);

    /// <summary>x · min(max(x + 3, 0), 6) ⁄ 6; the derivative at −3 is −½, at 3 it is 1½.</summary>
    /// <remarks>Howard et al. (1905.02244).</remarks>
    public static Activation HardSwish { get; } =
        new(
            nameof(HardSwish),
            x =>
            {
                // What is not chosen must be finite: 0 · ∞ of a derivative is not a number.
                var inside = Clamp(x, -3, 3);
                return Where(x < -3, 0, Where(x <= 3, inside * (inside + 3) / 6, x));
            }
        );

    /// <summary>tanh x.</summary>
    public static Activation Tanh { get; } = new(nameof(Tanh), Ops.Tanh);

    /// <summary>x − tanh x.</summary>
    public static Activation Tanhshrink { get; } = new(nameof(Tanhshrink), x => x - Ops.Tanh(x));

    /// <summary>x ⁄ (1 + |x|).</summary>
    /// <remarks>Turian et al. (2009).</remarks>
    public static Activation Softsign { get; } = new(nameof(Softsign), x => x / (1 + Abs(x)));

    /// <summary>sin x.</summary>
    /// <remarks>Sitzmann et al. (2006.09661).</remarks>
    public static Activation Sine { get; } = new(nameof(Sine), Sin);

    /// <summary>x held within [low, high], with no derivative at either.</summary>
    private static Tensor Held(Tensor x, double low, double high) => Where(x <= low, low, Where(x >= high, high, x));
}
