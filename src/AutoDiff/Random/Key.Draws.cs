namespace AutoDiff;

/// <content>Numbers by distributions: constants where the key is one, else nodes that draw when the graph runs.</content>
public sealed partial record Key
{
    /// <summary>Independent numbers, uniform in [low, high).</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="low">The lowest number.</param>
    /// <param name="high">The number that all are below.</param>
    /// <remarks>
    /// Each is low + (high − low)·k⁄2⁵³ with k uniform in 0 … 2⁵³ − 1. In a plan of single precision k⁄2²⁴, of the same random word's upper bits, with the bounds rounded;
    /// high is not reached there either.
    /// </remarks>
    /// <exception cref="ArgumentException">high is not above low, or one of them or their distance is not finite.</exception>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1)
    {
        var width = high - low;
        Require.That(
            width > 0 && double.IsFinite(width),
            $"[Key.Uniform] low {low}, high {high}; expected low below high, a finite distance apart"
        );
        return Draw(nameof(Uniform), Distribution.Uniform, shape, low, high);
    }

    /// <summary>Independent numbers, uniform between tensors: low + (high − low)·u with u uniform in [0, 1), so that derivatives flow to both.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="low">One end; it broadcasts to the shape.</param>
    /// <param name="high">The other end, which rounding may reach; it broadcasts to the shape.</param>
    /// <exception cref="ArgumentException">A bound does not broadcast to the shape.</exception>
    public Tensor Uniform(Shape shape, Tensor low, Tensor high)
    {
        (low, high) = (Fitting(nameof(Uniform), low, shape), Fitting(nameof(Uniform), high, shape));
        return low + ((high - low) * Uniform(shape));
    }

    /// <summary>Independent normal numbers.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="standardDeviation">Their standard deviation, at least 0.</param>
    /// <remarks>
    /// The normal quantile (Wichura 1988, AS 241) of the midpoint (k + ½)⁄2⁵², k uniform in 0 … 2⁵² − 1: so none is further than 8.21
    /// standard deviations from the mean. Built of correctly rounded operations only: the same bits on every machine. Single precision rounds them.
    /// </remarks>
    /// <exception cref="ArgumentException">A parameter is not finite, or the standard deviation is negative.</exception>
    public Tensor Normal(Shape shape, double mean = 0, double standardDeviation = 1)
    {
        Require.That(
            double.IsFinite(mean) && standardDeviation >= 0 && double.IsFinite(standardDeviation),
            $"[Key.Normal] mean {mean}, standard deviation {standardDeviation}; expected finite numbers, the second at least 0"
        );
        return Draw(nameof(Normal), Distribution.Normal, shape, mean, standardDeviation);
    }

    /// <summary>Independent normal numbers of given means: mean + standardDeviation·z with z standard normal, so that derivatives flow to both.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="mean">The means; they broadcast to the shape.</param>
    /// <param name="standardDeviation">The standard deviations; they broadcast to the shape.</param>
    /// <exception cref="ArgumentException">A parameter does not broadcast to the shape.</exception>
    public Tensor Normal(Shape shape, Tensor mean, Tensor standardDeviation)
    {
        mean = Fitting(nameof(Normal), mean, shape);
        return mean + (Fitting(nameof(Normal), standardDeviation, shape) * Normal(shape));
    }

    /// <summary>Independent standard normal numbers under the condition that they lie in [low, high].</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="low">The lowest number; −∞ for none.</param>
    /// <param name="high">The highest number; ∞ for none.</param>
    /// <remarks>The normal quantile of Φ(low) + (Φ(high) − Φ(low))·m with m the midpoint of <see cref="Normal(Shape, double, double)"/>, mirrored where both bounds are positive. Single precision rounds them.</remarks>
    /// <exception cref="ArgumentException">low is not below high, or a standard normal number lies between them with a probability below 1e-290.</exception>
    public Tensor TruncatedNormal(Shape shape, double low = -2, double high = 2)
    {
        Require.That(
            low < high && Draws.TruncatedProbability(low, high) > 0,
            $"[Key.TruncatedNormal] low {low}, high {high}; expected low below high, and a standard normal number between them with a probability of at least 1e-290"
        );
        return Draw(nameof(TruncatedNormal), Distribution.TruncatedNormal, shape, low, high);
    }

    /// <summary>Independent numbers that are 1 with the given probability, else 0; the same in either precision.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="probability">The probability of 1, in [0, 1]; 0 and 1 are exact.</param>
    /// <exception cref="ArgumentException">The probability is outside [0, 1].</exception>
    public Tensor Bernoulli(Shape shape, double probability)
    {
        Require.That(probability is >= 0 and <= 1, $"[Key.Bernoulli] probability {probability}; expected 0 to 1");
        return Draw(nameof(Bernoulli), Distribution.Bernoulli, shape, probability);
    }

    /// <summary>Independent numbers that are 1 where a uniform number in [0, 1) is below the probability, else 0. No derivative flows to it.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="probability">The probabilities of 1; they broadcast to the shape. Below 0 is as 0, above 1 as 1, NaN as 0.</param>
    /// <exception cref="ArgumentException">The probabilities do not broadcast to the shape.</exception>
    public Tensor Bernoulli(Shape shape, Tensor probability)
    {
        probability = Fitting(nameof(Bernoulli), probability, shape);
        return Ops.Less(Uniform(shape), probability);
    }

    /// <summary>Independent numbers that are −1 or 1, equally likely.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    public Tensor Rademacher(Shape shape) => Draw(nameof(Rademacher), Distribution.Rademacher, shape);

    /// <summary>Random matrices [rows, columns] with orthonormal columns, or orthonormal rows where there are fewer rows: each such matrix equally likely (Haar's measure).</summary>
    /// <param name="shape">[batch…, rows, columns]; the matrices of a batch are independent.</param>
    /// <remarks>The Q of a normal matrix's QR decomposition, made unique by an R of positive diagonal (Mezzadri, math-ph/0609050).</remarks>
    /// <exception cref="ArgumentException">There are fewer than two axes.</exception>
    public Tensor Orthogonal(Shape shape)
    {
        Require.NotNull(shape, "Key.Orthogonal");
        Require.That(shape.Rank >= 2, $"[Key.Orthogonal] got {shape}; expected [batch…,rows,columns]");
        var isWide = shape[-2] < shape[-1];
        var q = Ops.QR(Normal(isWide ? [.. shape.SkipLast(2), shape[-1], shape[-2]] : shape)).Q;
        return isWide ? Ops.SwapAxes(q, -2, -1) : q;
    }

    /// <summary>Independent exponential numbers.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="rate">One over their mean, above 0.</param>
    /// <remarks>−ln of the midpoint (k + ½)⁄2⁵², k uniform in 0 … 2⁵² − 1, times 1 ⁄ rate: at least 1.1e-16 and at most 36.8 times the mean. Single precision rounds them.</remarks>
    /// <exception cref="ArgumentException">The rate is not above 0, or it or one over it is not finite.</exception>
    public Tensor Exponential(Shape shape, double rate = 1)
    {
        Require.That(
            rate > 0 && double.IsFinite(rate) && double.IsFinite(1 / rate),
            $"[Key.Exponential] rate {rate}; expected a finite number above 0, and one over it finite"
        );
        return Draw(nameof(Exponential), Distribution.Exponential, shape, rate);
    }

    /// <summary>Independent exponential numbers of given rates: standard ones over the rate, so that derivatives flow to it.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="rate">One over their means; it broadcasts to the shape.</param>
    /// <exception cref="ArgumentException">The rates do not broadcast to the shape.</exception>
    public Tensor Exponential(Shape shape, Tensor rate)
    {
        rate = Fitting(nameof(Exponential), rate, shape);
        return Exponential(shape) / rate;
    }

    /// <summary>Independent gamma-distributed numbers of rate 1; divide by a rate for another.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="concentration">The concentration (shape parameter) a; it broadcasts to the shape. 0 gives 0, below it NaN.</param>
    /// <remarks>
    /// Density x^(a − 1)·e⁻ˣ ⁄ Γ(a). By trials (Marsaglia, Tsang 2000), each with random words of its own, so that a number depends on its own concentration only.
    /// It has no derivative in the concentration here: asking for one is an error, and <c>StopGradient</c> of the concentration says that none is wanted.
    /// </remarks>
    /// <exception cref="ArgumentException">The concentrations do not broadcast to the shape.</exception>
    /// <exception cref="NotSupportedException">When differentiated: a derivative in the concentration was asked for.</exception>
    public Tensor Gamma(Shape shape, Tensor concentration)
    {
        var own = Fitting(nameof(Gamma), concentration, shape);
        var lengths = Required(nameof(Gamma)).Shape;
        own = Ops.BroadcastTo(own, Shape.Result("Key.Gamma", [.. lengths.SkipLast(1), .. shape], lengths, shape));
        return Apply.Of(new Op.Custom(NoDerivative), Apply.Of(new Op.Gamma(), Words, own), own);
    }

    /// <summary>A position along an axis of logits, each as likely as its softmax says. No derivative flows to them.</summary>
    /// <param name="logits">Logarithms of probabilities, up to a constant along the axis; −∞ for what is never picked.</param>
    /// <param name="axis">The axis, which the result lacks; negative axes count from the end.</param>
    /// <remarks>The largest of logit + Gumbel noise, −ln of an exponential number. For many picks of the same, broadcast the logits.</remarks>
    /// <exception cref="ArgumentException">The axis is out of range or empty.</exception>
    public Tensor Categorical(Tensor logits, int axis = -1)
    {
        Require.NotNull(logits, "Key.Categorical");
        axis = Require.Axis(axis, logits.Shape, "Key.Categorical");
        Require.That(logits.Shape[axis] > 0, $"[Key.Categorical] axis {axis} of {logits.Shape} is empty; expected something to pick from");
        var noise = Draw(nameof(Categorical), Distribution.Exponential, logits.Shape, 1);
        return Ops.ArgMax(logits - Ops.Log(noise), axis - logits.Rank);
    }

    private static readonly CustomRule NoDerivative = CustomRule.FromPullback(
        "Gamma",
        [],
        (_, _, _) =>
            throw new NotSupportedException(
                "[Key.Gamma] got a derivative asked for in the concentration, which is not there; expected StopGradient of the concentration, or a constant"
            )
    );

    private Tensor Draw(string operation, Distribution kind, Shape shape, double first = 0, double second = 0)
    {
        Require.NotNull(shape, $"Key.{operation}");
        var lengths = Required(operation).Shape;
        var result = Shape.Result($"Key.{operation}", [.. lengths.SkipLast(1), .. shape], lengths, shape);
        if (Words is not Constant keys)
            return Apply.Of(new Op.Draw(kind, shape, first, second), Words);
        var values = Allocation.Of<double>($"Key.{operation}", result.Size);
        var draw = Distributions.Of(kind).InDouble;
        Each(keys, operation, (key, i) => draw(key, first, second, values.AsSpan(i * shape.Size, shape.Size)));
        return Constant.Owning(values, result);
    }

    /// <summary>A parameter of each number.</summary>
    private static Tensor Fitting(string operation, Tensor parameter, Shape shape)
    {
        Require.NotNull(parameter, $"Key.{operation}");
        Require.NotNull(shape, $"Key.{operation}");
        Require.That(
            parameter.Shape.BroadcastsTo(shape),
            $"[Key.{operation}] got a parameter {parameter.Shape} for numbers {shape}; expected one that broadcasts to them"
        );
        return Ops.BroadcastTo(parameter, shape);
    }
}
