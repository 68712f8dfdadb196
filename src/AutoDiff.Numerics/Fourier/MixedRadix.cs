using System.Numerics;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>The discrete Fourier transform of a length whose prime factors are small: a stage for each factor of 4, 2 and each odd prime.</summary>
/// <remarks>Cooley and Tukey (1965), in Stockham's order, which reads and writes alternating arrays and permutes nothing.</remarks>
internal sealed unsafe class MixedRadix<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Above it a butterfly of a prime costs more than a transform of the whole length by convolution.
    public const int LargestRadix = 61;

    private readonly int _length;
    private readonly FourierStage<T>[] _stages;

    public MixedRadix(int length)
    {
        _length = length;
        var stages = new List<FourierStage<T>>();
        for (var (rest, stride) = (length, 1); rest > 1; )
        {
            var radix = Radix(rest);
            rest /= radix;
            stages.Add(new(radix, rest, stride));
            stride *= radix;
        }
        _stages = [.. stages];
    }

    /// <summary>How many elements of scratch space a run needs.</summary>
    public int ScratchSize => _stages.Length > 1 ? 2 * _length : 0;

    /// <summary>Whether no prime factor of a length is too large.</summary>
    public static bool Takes(int length)
    {
        while (length > 1 && Radix(length) is var radix and <= LargestRadix)
            length /= radix;
        return length <= 1;
    }

    /// <summary>y_k = Σⱼ xⱼ e^(−2πi jk ⁄ n). The target is neither the source nor scratch.</summary>
    public void Run(T* re, T* im, T* toRe, T* toIm, T* scratch)
    {
        if (_stages.Length == 0)
        {
            if (_length == 1)
                (*toRe, *toIm) = (*re, *im);
            return;
        }
        for (var i = 0; i < _stages.Length; i++)
        {
            // The last stage writes to the target, those before it there and to the scratch space by turns.
            var isDirect = (_stages.Length - i) % 2 == 1;
            var nextRe = isDirect ? toRe : scratch;
            var nextIm = isDirect ? toIm : scratch + _length;
            Run(_stages[i], re, im, nextRe, nextIm);
            re = nextRe;
            im = nextIm;
        }
    }

    /// <summary>4 as long as it divides, then 2, then the smallest odd prime.</summary>
    private static int Radix(int length)
    {
        if (length % 4 == 0)
            return 4;
        for (var radix = 2; (long)radix * radix <= length; radix++)
        {
            if (length % radix == 0)
                return radix;
        }
        return length;
    }

    /// <summary>A stage on the widest registers that its stride fills: all widths give the same bits.</summary>
    private static void Run(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        if (stage is { Radix: 4, Stride: 1 } && stage.Steps >= Vector256<T>.Count)
            Steps(stage, re, im, toRe, toIm);
        else if (Vector512.IsHardwareAccelerated && stage.Stride >= Vector512<T>.Count)
            Run<Vector512<T>, Width512<T>>(stage, re, im, toRe, toIm);
        else if (stage.Stride >= Vector256<T>.Count)
            Run<Vector256<T>, Width256<T>>(stage, re, im, toRe, toIm);
        else if (stage.Stride >= Vector128<T>.Count)
            Run<Vector128<T>, Width128<T>>(stage, re, im, toRe, toIm);
        else
            Run<T, Width1<T>>(stage, re, im, toRe, toIm);
    }

    private static void Run<TVector, TWidth>(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
        where TVector : unmanaged
        where TWidth : struct, IVectorWidth<T, TVector>
    {
        if (stage.Radix == 2)
            Butterflies<T, TVector, TWidth>.Two(stage, re, im, toRe, toIm);
        else if (stage.Radix == 4)
            Butterflies<T, TVector, TWidth>.Four(stage, re, im, toRe, toIm);
        else
            Butterflies<T, TVector, TWidth>.Odd(stage, re, im, toRe, toIm);
    }

    private static void Steps(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        if (Vector512.IsHardwareAccelerated && stage.Steps >= Vector512<T>.Count)
            Butterflies<T, Vector512<T>, Width512<T>>.FourSteps(stage, re, im, toRe, toIm);
        else
            Butterflies<T, Vector256<T>, Width256<T>>.FourSteps(stage, re, im, toRe, toIm);
    }
}
