namespace AutoDiff;

public readonly partial record struct Key
{
    /// <summary>A constant of independent numbers, uniform in [low, high).</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="low">The lowest number.</param>
    /// <param name="high">The number that all are below.</param>
    /// <remarks>Each is low + (high − low)·k⁄2⁵³ with k uniform in 0 … 2⁵³ − 1.</remarks>
    /// <exception cref="ArgumentException">high is not above low, or one of them or their distance is not finite.</exception>
    public Tensor Uniform(Shape shape, double low = 0, double high = 1)
    {
        var width = high - low;
        Require.That(
            width > 0 && double.IsFinite(width),
            $"[Key.Uniform] low {low}, high {high}; expected low below high, a finite distance apart"
        );
        var last = Math.BitDecrement(high);
        return Draw(shape, nameof(Uniform), word => Math.Min(low + (width * Unit(word)), last)); // the sum may round up to high
    }

    /// <summary>A constant of independent normal numbers.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="mean">Their mean.</param>
    /// <param name="standardDeviation">Their standard deviation, at least 0.</param>
    /// <remarks>
    /// The normal quantile (Wichura 1988, AS 241) of the midpoint (k + ½)⁄2⁵², k uniform in 0 … 2⁵² − 1: so none is further than 8.21
    /// standard deviations from the mean. Built of correctly rounded operations only: the same bits on every machine.
    /// </remarks>
    /// <exception cref="ArgumentException">A parameter is not finite, or the standard deviation is negative.</exception>
    public Tensor Normal(Shape shape, double mean = 0, double standardDeviation = 1)
    {
        Require.That(
            double.IsFinite(mean) && standardDeviation >= 0 && double.IsFinite(standardDeviation),
            $"[Key.Normal] mean {mean}, standard deviation {standardDeviation}; expected finite numbers, the second at least 0"
        );
        return Draw(
            shape,
            nameof(Normal),
            word => mean + (standardDeviation * PortableMath.NormalQuantile(((word >> 12) + 0.5) * (1.0 / (1L << 52))))
        );
    }

    /// <summary>A constant of independent numbers that are 1 with the given probability, else 0.</summary>
    /// <param name="shape">The lengths of the axes.</param>
    /// <param name="probability">The probability of 1, in [0, 1]; 0 and 1 are exact.</param>
    /// <exception cref="ArgumentException">The probability is outside [0, 1].</exception>
    public Tensor Bernoulli(Shape shape, double probability)
    {
        Require.That(probability is >= 0 and <= 1, $"[Key.Bernoulli] probability {probability}; expected 0 to 1");
        return Draw(shape, nameof(Bernoulli), word => Unit(word) < probability ? 1 : 0);
    }

    /// <summary>The word's upper 53 bits as a number in [0, 1).</summary>
    private static double Unit(ulong word) => (word >> 11) * (1.0 / (1L << 53));

    private Constant Draw(Shape shape, string operation, Func<ulong, double> number)
    {
        Require.NotNull(shape, $"Key.{operation}");
        var values = Allocation.Of<double>($"Key.{operation}", shape.Size);
        for (var i = 0; i < values.Length; i += 2)
        {
            var (low, high) = Words((uint)i / 2);
            values[i] = number(low);
            if (i + 1 < values.Length)
                values[i + 1] = number(high);
        }
        return Constant.Owning(values, shape);
    }
}
