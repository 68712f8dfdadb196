using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>The discrete Fourier transform of any length, as a convolution with a chirp by transforms of a power of two.</summary>
/// <remarks>Bluestein (1970): jk = (j² + k² − (k − j)²) ⁄ 2, so that y_k = c_k Σⱼ (xⱼ cⱼ) c̄_(k−j) with c_k = e^(−πi k² ⁄ n).</remarks>
internal sealed unsafe class ChirpTransform<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _length;
    private readonly int _padded;
    private readonly MixedRadix<T> _transform;
    private readonly T[] _cos;
    private readonly T[] _sin;

    // The transform of the conjugate chirp, divided by its length.
    private readonly T[] _filterRe;
    private readonly T[] _filterIm;

    public ChirpTransform(int length)
    {
        (_length, _padded) = (length, (int)BitOperations.RoundUpToPowerOf2((uint)(2 * length) - 1));
        (_cos, _sin) = (new T[length], new T[length]);
        var chirp = new double[2 * _padded];
        for (var k = 0; k < length; k++)
        {
            var (c, s) = RootsOfUnity.At((long)k * k % (2L * length), 2L * length);
            (_cos[k], _sin[k]) = (T.CreateTruncating(c), T.CreateTruncating(-s));
            var mirrored = (_padded - k) % _padded;
            (chirp[k], chirp[_padded + k]) = (c / _padded, s / _padded);
            (chirp[mirrored], chirp[_padded + mirrored]) = (c / _padded, s / _padded);
        }
        var (exact, filter) = (new MixedRadix<double>(_padded), new double[2 * _padded]);
        fixed (
            double* from = chirp,
                to = filter,
                scratch = new double[exact.ScratchSize]
        )
            exact.Run(from, from + _padded, to, to + _padded, scratch);
        _filterRe = Array.ConvertAll(filter[.._padded], T.CreateTruncating);
        _filterIm = Array.ConvertAll(filter[_padded..], T.CreateTruncating);
        _transform = new(_padded);
    }

    /// <summary>How many elements of scratch space a run needs.</summary>
    public int ScratchSize => (4 * _padded) + _transform.ScratchSize;

    /// <summary>y_k = Σⱼ xⱼ e^(−2πi jk ⁄ n). The target is neither the source nor scratch.</summary>
    public void Run(T* re, T* im, T* toRe, T* toIm, T* scratch)
    {
        T* x = scratch,
            y = x + _padded,
            z = y + _padded,
            w = z + _padded,
            rest = w + _padded;
        for (var i = 0; i < _length; i++)
            (x[i], y[i]) = Product(re[i], im[i], _cos[i], _sin[i]);
        new Span<T>(x + _length, _padded - _length).Clear();
        new Span<T>(y + _length, _padded - _length).Clear();
        _transform.Run(x, y, z, w, rest);
        for (var i = 0; i < _padded; i++)
            (z[i], w[i]) = Product(z[i], w[i], _filterRe[i], _filterIm[i]);
        // Backwards: with the parts exchanged.
        _transform.Run(w, z, y, x, rest);
        for (var i = 0; i < _length; i++)
            (toRe[i], toIm[i]) = Product(x[i], y[i], _cos[i], _sin[i]);
    }

    private static (T, T) Product(T x, T y, T c, T s) => ((x * c) - (y * s), (x * s) + (y * c));
}
