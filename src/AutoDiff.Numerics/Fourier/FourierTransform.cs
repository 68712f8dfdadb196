using System.Numerics;
using System.Numerics.Tensors;

namespace AutoDiff.Numerics;

/// <summary>The discrete Fourier transform of one length: y_k = Σⱼ xⱼ e^(∓2πi jk ⁄ n), by O(n log n) operations for every n.</summary>
/// <remarks>
/// Lengths without a prime factor above 61 by mixed radices (Cooley, Tukey 1965), others by a convolution with a chirp (Bluestein 1970). Real and imaginary parts lie
/// in arrays of their own. Every root of unity is computed by itself, so that errors grow with log n: they are below 2 log₂ n units of roundoff times ‖y‖ ⁄ √n, in
/// practice a tenth of that; by the chirp some three times as large. The same bits on registers of every width. A signal that is not finite has NaN everywhere in its transform.
/// </remarks>
/// <typeparam name="T">What is computed with: double or float.</typeparam>
public sealed unsafe class FourierTransform<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest transform; what it needs fits arrays.</summary>
    public const int LongestLength = 1 << 27;

    private readonly MixedRadix<T>? _mixed;
    private readonly ChirpTransform<T>? _chirp;

    /// <summary>Computes the roots of unity for a length.</summary>
    /// <param name="length">The length n, from 0 to <see cref="LongestLength"/>.</param>
    /// <exception cref="ArgumentException">The length is out of range.</exception>
    public FourierTransform(int length)
    {
        Require.That(
            length is >= 0 and <= LongestLength,
            $"[FourierTransform] got length {length}; expected at least 0, at most {LongestLength}"
        );
        Length = length;
        if (MixedRadix<T>.Takes(length))
            _mixed = new(length);
        else
            _chirp = new(length);
    }

    /// <summary>The length n.</summary>
    public int Length { get; }

    /// <summary>How many elements of scratch space a run needs.</summary>
    public int ScratchSize => _mixed?.ScratchSize ?? _chirp!.ScratchSize;

    /// <summary>The transform of one signal.</summary>
    /// <param name="re">Its real parts [n].</param>
    /// <param name="im">Its imaginary parts [n].</param>
    /// <param name="toRe">The result's real parts [n]; overlaps neither the signal nor scratch.</param>
    /// <param name="toIm">The result's imaginary parts [n]; likewise.</param>
    /// <param name="scratch">At least <see cref="ScratchSize"/> elements, overwritten.</param>
    /// <param name="inverse">Whether the exponent is positive; nothing is divided by n.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Run(ReadOnlySpan<T> re, ReadOnlySpan<T> im, Span<T> toRe, Span<T> toIm, Span<T> scratch, bool inverse = false)
    {
        var fits = re.Length == Length && im.Length == Length && toRe.Length == Length && toIm.Length == Length;
        Require.That(
            fits && scratch.Length >= ScratchSize,
            $"[FourierTransform] got {re.Length}, {im.Length}, {toRe.Length}, {toIm.Length} elements and {scratch.Length} of scratch; expected {Length} each and {ScratchSize}"
        );
        // What it would reach depends on the stages.
        if (!TensorPrimitives.IsFiniteAll(re) || !TensorPrimitives.IsFiniteAll(im))
        {
            toRe.Fill(T.NaN);
            toIm.Fill(T.NaN);
            return;
        }
        fixed (
            T* x = re,
                y = im,
                u = toRe,
                v = toIm,
                s = scratch
        )
        {
            // i·conj(z) exchanges the parts of z: backwards is forwards with the parts exchanged on both sides.
            if (inverse)
                Run(y, x, v, u, s);
            else
                Run(x, y, u, v, s);
        }
    }

    private void Run(T* re, T* im, T* toRe, T* toIm, T* scratch)
    {
        if (_mixed is not null)
            _mixed.Run(re, im, toRe, toIm, scratch);
        else
            _chirp!.Run(re, im, toRe, toIm, scratch);
    }
}
