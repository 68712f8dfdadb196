namespace AutoDiff;

public static partial class Ops
{
    /// <summary>The discrete Fourier transform along an axis: y_k = Σⱼ xⱼ e^(−2πi jk ⁄ n), of any length n, in O(n log n) operations.</summary>
    /// <param name="real">The real parts.</param>
    /// <param name="imaginary">The imaginary parts; the two broadcast, so that 0 stands for a real signal.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <param name="norm">What the result is divided by.</param>
    /// <returns>The real and the imaginary parts, of the common shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or have no such axis.</exception>
    /// <remarks>Errors are some units of roundoff times √(Σ|xⱼ|²), growing with log n: small elements beside large ones are not relatively accurate. A signal that is not finite has NaN everywhere. See <see cref="FourierTransform{T}"/>.</remarks>
    public static (Tensor Real, Tensor Imaginary) Fft(
        Tensor real,
        Tensor imaginary,
        int axis = -1,
        FftNormalization norm = FftNormalization.Backward
    ) => Fourier(real, imaginary, axis, norm, inverse: false, nameof(Fft));

    /// <summary>The inverse of <see cref="Fft"/>: xⱼ = Σ_k y_k e^(2πi jk ⁄ n) ⁄ n.</summary>
    /// <param name="real">The real parts.</param>
    /// <param name="imaginary">The imaginary parts; the two broadcast.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <param name="norm">As in the transform that this inverts.</param>
    /// <returns>The real and the imaginary parts, of the common shape.</returns>
    /// <exception cref="ArgumentException">As for <see cref="Fft"/>.</exception>
    public static (Tensor Real, Tensor Imaginary) InverseFft(
        Tensor real,
        Tensor imaginary,
        int axis = -1,
        FftNormalization norm = FftNormalization.Backward
    ) => Fourier(real, imaginary, axis, norm, inverse: true, nameof(InverseFft));

    /// <summary><see cref="Fft"/> of real signals of length n: elements 0 … n ⁄ 2 of the transform, whose others are their conjugates.</summary>
    /// <param name="x">The signals.</param>
    /// <param name="axis">The axis, not empty; negative axes count from the end.</param>
    /// <param name="norm">What the result is divided by.</param>
    /// <returns>The real and the imaginary parts, ⌊n ⁄ 2⌋ + 1 along the axis.</returns>
    /// <exception cref="ArgumentException">There is no such axis, or it is empty.</exception>
    public static (Tensor Real, Tensor Imaginary) RealFft(Tensor x, int axis = -1, FftNormalization norm = FftNormalization.Backward)
    {
        Require.NotNull(x, nameof(RealFft));
        axis = Require.Axis(axis, x.Shape, nameof(RealFft));
        Require.That(x.Shape[axis] > 0, $"[RealFft] axis {axis} of {x.Shape} is empty; expected at least one element");
        var (real, imaginary) = Fourier(x, 0, axis, norm, inverse: false, nameof(RealFft));
        var half = (x.Shape[axis] / 2) + 1;
        return (SliceAxis(real, axis, 0, half, 1), SliceAxis(imaginary, axis, 0, half, 1));
    }

    /// <summary>The inverse of <see cref="RealFft"/>: the real signals of a length that have these elements in their transforms.</summary>
    /// <param name="real">The real parts, ⌊length ⁄ 2⌋ + 1 along the axis.</param>
    /// <param name="imaginary">The imaginary parts; those of the first element, and for an even length of the last, would be 0 and are not read.</param>
    /// <param name="length">The signals' length, above 0.</param>
    /// <param name="axis">The axis; negative axes count from the end.</param>
    /// <param name="norm">As in the transform that this inverts.</param>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or the axis does not fit the length.</exception>
    public static Tensor InverseRealFft(
        Tensor real,
        Tensor imaginary,
        int length,
        int axis = -1,
        FftNormalization norm = FftNormalization.Backward
    )
    {
        Require.NotNull(real, nameof(InverseRealFft));
        Require.NotNull(imaginary, nameof(InverseRealFft));
        var shape = Common(nameof(InverseRealFft), real.Shape, imaginary.Shape);
        axis = Require.Axis(axis, shape, nameof(InverseRealFft));
        Require.That(
            length > 0 && shape[axis] == (length / 2) + 1,
            $"[InverseRealFft] got axis {axis} of {shape} for length {length}; expected a length above 0 and half of it and one more elements"
        );
        Shape.Result(nameof(InverseRealFft), [2, length, .. shape.Without([axis])], real.Shape, imaginary.Shape);
        return Fourier(Whole(real, 1), Whole(imaginary, -1), axis, norm, inverse: true, nameof(InverseRealFft)).Real;

        Tensor Whole(Tensor half, int sign)
        {
            half = BroadcastTo(half, shape);
            // Element n − k of the whole is the conjugate of element k.
            var mirrored = Flip(SliceAxis(half, axis, 1, length - shape[axis], 1), axis);
            return Concatenate([half, sign < 0 ? -mirrored : mirrored], axis);
        }
    }

    /// <summary><see cref="Fft"/> along the last two axes.</summary>
    /// <exception cref="ArgumentException">The shapes do not broadcast, or have less than two axes.</exception>
    public static (Tensor Real, Tensor Imaginary) Fft2(Tensor real, Tensor imaginary, FftNormalization norm = FftNormalization.Backward) =>
        Plane(real, imaginary, norm, inverse: false, nameof(Fft2));

    /// <summary>The inverse of <see cref="Fft2"/>.</summary>
    /// <exception cref="ArgumentException">As for <see cref="Fft2"/>.</exception>
    public static (Tensor Real, Tensor Imaginary) InverseFft2(
        Tensor real,
        Tensor imaginary,
        FftNormalization norm = FftNormalization.Backward
    ) => Plane(real, imaginary, norm, inverse: true, nameof(InverseFft2));

    private static (Tensor Real, Tensor Imaginary) Plane(
        Tensor real,
        Tensor imaginary,
        FftNormalization norm,
        bool inverse,
        string operation
    )
    {
        (real, imaginary) = Fourier(real, imaginary, -1, norm, inverse, operation);
        return Fourier(real, imaginary, -2, norm, inverse, operation);
    }

    private static (Tensor Real, Tensor Imaginary) Fourier(
        Tensor real,
        Tensor imaginary,
        int axis,
        FftNormalization norm,
        bool inverse,
        string operation
    )
    {
        Require.NotNull(real, operation);
        Require.NotNull(imaginary, operation);
        var shape = Common(operation, real.Shape, imaginary.Shape);
        axis = Require.Axis(axis, shape, operation);
        var length = shape[axis];
        Shape.Result(operation, [2, .. shape], real.Shape, imaginary.Shape);
        Require.That(
            length <= FourierTransform<double>.LongestLength,
            $"[{operation}] got axis {axis} of {shape}; expected at most {FourierTransform<double>.LongestLength} elements"
        );
        Require.That(Enum.IsDefined(norm), $"[{operation}] got norm {(int)norm} for {shape}; expected Backward, Ortho or Forward");
        var result = Apply.Of(new Op.Fft(inverse), Stack([Last(real), Last(imaginary)], -2));
        return (Part(0), Part(1));

        Tensor Last(Tensor x) => MoveAxis(BroadcastTo(x, shape), axis, -1);

        Tensor Part(int part)
        {
            var x = MoveAxis(Take(result, -2, part), -1, axis);
            return norm == FftNormalization.Ortho ? x / Math.Sqrt(length)
                : norm == FftNormalization.Forward == inverse ? x
                : x / length;
        }
    }
}
