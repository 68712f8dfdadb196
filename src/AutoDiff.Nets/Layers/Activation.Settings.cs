using static AutoDiff.Ops;

namespace AutoDiff.Nets;

public sealed partial record Activation
{
    /// <summary>x for x &gt; 0, else slope · x; the derivative at 0 is the slope.</summary>
    /// <remarks>Maas, Hannun, Ng (2013).</remarks>
    /// <exception cref="ArgumentException">It is no finite slope.</exception>
    public static Activation LeakyRelu(double slope = 0.01) =>
        Of(nameof(LeakyRelu), slope, double.IsFinite(slope), "a finite slope", x => Ops.LeakyRelu(x, slope));

    /// <summary>x for x &gt; 0, else α(eˣ − 1).</summary>
    /// <remarks>Clevert, Unterthiner, Hochreiter (1511.07289).</remarks>
    /// <exception cref="ArgumentException">It is no finite α.</exception>
    public static Activation Elu(double alpha = 1) => Of(nameof(Elu), alpha, double.IsFinite(alpha), "a finite α", x => Ops.Elu(x, alpha));

    /// <summary>x for x &gt; 0, else α(e^(x⁄α) − 1), whose derivative is continuous for every α.</summary>
    /// <remarks>Barron (1704.07483).</remarks>
    /// <exception cref="ArgumentException">It is no finite α above 0.</exception>
    public static Activation Celu(double alpha = 1) =>
        Of(nameof(Celu), alpha, alpha > 0 && double.IsFinite(alpha), "a finite α above 0", x => alpha * Ops.Elu(x / alpha));

    /// <summary>ln(1 + e^(βx)) ⁄ β, without PyTorch's threshold above which it is x: overflows nowhere.</summary>
    /// <remarks>Dugas et al. (2001).</remarks>
    /// <exception cref="ArgumentException">It is no finite β above 0.</exception>
    public static Activation Softplus(double beta = 1) =>
        Of(
            nameof(Softplus),
            beta,
            beta > 0 && double.IsFinite(beta),
            "a finite β above 0",
            x => beta == 1 ? Ops.Softplus(x) : Ops.Softplus(beta * x) / beta
        );

    /// <summary>x · σ(βx).</summary>
    /// <remarks>Ramachandran, Zoph, Le (1710.05941).</remarks>
    /// <exception cref="ArgumentException">It is no finite β.</exception>
    public static Activation Swish(double beta = 1) =>
        Of(nameof(Swish), beta, double.IsFinite(beta), "a finite β", x => x * Ops.Sigmoid(beta * x));

    /// <summary>x − λ above λ, x + λ below −λ, else 0; the derivative at ±λ is 0.</summary>
    /// <exception cref="ArgumentException">It is no finite λ of at least 0.</exception>
    public static Activation Softshrink(double lambda = 0.5) =>
        Of(
            nameof(Softshrink),
            lambda,
            lambda >= 0 && double.IsFinite(lambda),
            "a finite λ of at least 0",
            x => x - Clamp(x, -lambda, lambda)
        );

    /// <summary>x where |x| &gt; λ, else 0; the derivative at ±λ is 0.</summary>
    /// <exception cref="ArgumentException">It is no finite λ of at least 0.</exception>
    public static Activation Hardshrink(double lambda = 0.5) =>
        Of(
            nameof(Hardshrink),
            lambda,
            lambda >= 0 && double.IsFinite(lambda),
            "a finite λ of at least 0",
            x => Where(Abs(x) <= lambda, 0, x)
        );

    /// <summary>x held within [low, high]; the derivative at either is 0.</summary>
    /// <exception cref="ArgumentException">low is not below high, or one is not finite.</exception>
    public static Activation HardTanh(double low = -1, double high = 1)
    {
        Require.That(
            low < high && double.IsFinite(low) && double.IsFinite(high),
            $"[HardTanh] got low {low}, high {high}; expected finite numbers, low below high"
        );
        return new(FormattableString.Invariant($"HardTanh({low}, {high})"), x => Held(x, low, high));
    }

    /// <summary>x where it is above the threshold, else a value; the derivative at the threshold is 0.</summary>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static Activation Threshold(double threshold, double value)
    {
        Require.That(
            double.IsFinite(threshold) && double.IsFinite(value),
            $"[Threshold] got threshold {threshold}, value {value}; expected finite numbers"
        );
        return new(FormattableString.Invariant($"Threshold({threshold}, {value})"), x => Where(x <= threshold, value, x));
    }

    /// <summary>eˣ ⁄ Σ eˣ along an axis.</summary>
    /// <param name="axis">The axis of one example: 0 is the first behind the batch; negative axes count from the last.</param>
    public static Activation Softmax(int axis = -1) => Along(nameof(Softmax), axis, Ops.Softmax);

    /// <summary>e⁻ˣ ⁄ Σ e⁻ˣ along an axis.</summary>
    /// <param name="axis">The axis of one example: 0 is the first behind the batch; negative axes count from the last.</param>
    public static Activation Softmin(int axis = -1) => Along(nameof(Softmin), axis, (x, along) => Ops.Softmax(-x, along));

    /// <summary>x − ln Σ eˣ along an axis.</summary>
    /// <param name="axis">The axis of one example: 0 is the first behind the batch; negative axes count from the last.</param>
    public static Activation LogSoftmax(int axis = -1) => Along(nameof(LogSoftmax), axis, Ops.LogSoftmax);

    /// <summary>a · σ(b), a and b the first and the second half along an axis, which becomes half as long.</summary>
    /// <remarks>Dauphin et al. (1612.08083).</remarks>
    /// <param name="axis">The axis of one example: 0 is the first behind the batch; negative axes count from the last.</param>
    public static Activation Glu(int axis = -1) => Along(nameof(Glu), axis, Gated);

    private static Activation Along(string name, int axis, Func<Tensor, int, Tensor> function) =>
        new(FormattableString.Invariant($"{name}({axis})"), x => function(x, Checks.Axis(axis, x, name)));

    private static Tensor Gated(Tensor x, int axis)
    {
        var half = x.Shape[axis] / 2;
        Require.That(
            x.Shape[axis] == 2 * half,
            $"[Glu] got {x.Shape[axis]} elements along axis {axis} of {x.Shape}; expected an even number"
        );
        return Slice(x, axis, 0, half) * Ops.Sigmoid(Slice(x, axis, half));
    }
}
