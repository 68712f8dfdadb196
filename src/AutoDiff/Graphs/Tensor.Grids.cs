namespace AutoDiff;

public abstract partial record Tensor
{
    /// <summary><paramref name="count"/> numbers from start to end at equal distances, both among them.</summary>
    /// <remarks>Number i is start + i·(end − start) ⁄ (count − 1), the last one end itself; a single one is start. As NumPy's linspace.</remarks>
    /// <exception cref="ArgumentException">A bound is not finite, the count is negative, or the vector is too large for an array or for memory.</exception>
    public static Tensor Linspace(double start, double end, int count)
    {
        Require.That(
            double.IsFinite(start) && double.IsFinite(end) && count >= 0,
            $"[Tensor.Linspace] got {start} to {end} in {count} numbers; expected finite bounds and a count of at least 0"
        );
        var values = Allocation.Of<double>("Tensor.Linspace", count);
        var step = (end - start) / (count - 1);
        for (var i = 0; i < values.Length; i++)
            values[i] =
                i == 0 ? start
                : i == count - 1 ? end
                : double.IsFinite(step) ? start + (i * step)
                : Halved(i);
        return Constant.Owning(values, [count]);

        // Where end − start overflows the halves' difference does not.
        double Halved(int i) => 2 * ((start / 2) + (i * (((end / 2) - (start / 2)) / (count - 1))));
    }

    /// <summary>start, start + step, … before <paramref name="end"/>, or beyond it for a negative step.</summary>
    /// <remarks>⌈(end − start) ⁄ step⌉ numbers, number i being start + i·step, as NumPy's arange: with a step that is not exact the last may come out at the end.</remarks>
    /// <exception cref="ArgumentException">A bound or the step is not finite, the step is 0, or the vector is too large for an array or for memory.</exception>
    public static Tensor Arange(double start, double end, double step = 1)
    {
        var count = Math.Ceiling((end - start) / step);
        Require.That(
            double.IsFinite(start) && double.IsFinite(end) && double.IsFinite(step) && step != 0,
            $"[Tensor.Arange] got {start} to {end} by {step}; expected finite bounds and a finite step other than 0"
        );
        Require.That(
            count <= Array.MaxLength,
            $"[Tensor.Arange] got {start} to {end} by {step}, {Allocation.Size<double>(count)}; expected {Allocation.Most}"
        );
        var values = Allocation.Of<double>("Tensor.Arange", Math.Max(0, (long)count));
        for (var i = 0; i < values.Length; i++)
            values[i] = start + (i * step);
        return Constant.Owning(values, [values.Length]);
    }

    /// <summary>A mask [rows, columns] of ones on and below diagonal <paramref name="offset"/>, zeros above; as many columns as rows where not given.</summary>
    /// <remarks>One minus it, with the offset one less, is the mask on and above the diagonal. Of a tensor's own elements: <see cref="Ops.LowerTriangle"/>.</remarks>
    /// <exception cref="ArgumentException">A length is negative, or the mask is too large for an array or for memory.</exception>
    public static Tensor Tri(int rows, int? columns = null, int offset = 0)
    {
        var width = columns ?? rows;
        var shape = Shape.Result("Tensor.Tri", [rows, width]);
        var values = Allocation.Of<double>("Tensor.Tri", shape.Size);
        for (var row = 0; row < rows && width > 0; row++)
            values.AsSpan(row * width, (int)Math.Clamp((long)row + offset + 1, 0, width)).Fill(1);
        return Constant.Owning(values, shape);
    }

    /// <summary>A constant of the given values in row-major order; a vector where no length is given.</summary>
    /// <exception cref="ArgumentException">The number of values is not the product of the lengths, or a length is negative.</exception>
    public static Tensor Of(double[] values, params int[] shape)
    {
        Require.NotNull(values, "Tensor.Of");
        Require.NotNull(shape, "Tensor.Of");
        return Of(values.AsSpan(), shape.AsSpan());
    }

    /// <summary>A constant of zeros with axes of the given lengths; a scalar where none is given.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)] // [2, 3] is lengths before it is a Shape
    public static Tensor Zeros(params ReadOnlySpan<int> lengths) => Zeros(Shape.Result("Tensor.Zeros", lengths));

    /// <summary>The same with the lengths in an array.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    public static Tensor Zeros(params int[] lengths)
    {
        Require.NotNull(lengths, "Tensor.Zeros");
        return Zeros(lengths.AsSpan());
    }

    /// <summary>A constant of ones with axes of the given lengths; a scalar where none is given.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)] // [2, 3] is lengths before it is a Shape
    public static Tensor Ones(params ReadOnlySpan<int> lengths) => Ones(Shape.Result("Tensor.Ones", lengths));

    /// <summary>The same with the lengths in an array.</summary>
    /// <exception cref="ArgumentException">A length is negative, or there are more elements than an array can hold.</exception>
    public static Tensor Ones(params int[] lengths)
    {
        Require.NotNull(lengths, "Tensor.Ones");
        return Ones(lengths.AsSpan());
    }
}
