using System.Numerics;

namespace AutoDiff.Numerics;

/// <summary>A stage of a mixed-radix transform: butterflies of <see cref="Radix"/> elements, whose results are turned.</summary>
/// <remarks>
/// Stockham's order, by decimation in frequency: with m = <see cref="Steps"/> and s = <see cref="Stride"/>, elements q + s·(p + k·m) of the source, k = 0 … r − 1,
/// give elements q + s·(r·p + k) of the target, for each p &lt; m and q &lt; s. No stage permutes.
/// </remarks>
internal sealed class FourierStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public FourierStage(int radix, int steps, int stride)
    {
        (Radix, Steps, Stride) = (radix, steps, stride);
        var length = (long)radix * steps;
        (Cos, Sin) = Roots(radix - 1, steps, (k, p) => (p * (k + 1), length));
        var half = radix / 2;
        (ButterflyCos, ButterflySin) = radix % 2 == 0 ? ([], []) : Roots(half, half, (k, j) => ((k + 1) * (j + 1) % radix, radix));
    }

    /// <summary>How many elements a butterfly has.</summary>
    public int Radix { get; }

    /// <summary>How many turns there are.</summary>
    public int Steps { get; }

    /// <summary>How many butterflies are turned alike: they lie side by side.</summary>
    public int Stride { get; }

    /// <summary>The turns' cosines [radix − 1, steps]: of angles −2π·(k + 1)·p ⁄ (radix·steps).</summary>
    public T[] Cos { get; }

    /// <summary>Their sines.</summary>
    public T[] Sin { get; }

    /// <summary>For an odd radix the cosines [half, half] of 2π·(k + 1)·(j + 1) ⁄ radix, negated as all angles here.</summary>
    public T[] ButterflyCos { get; }

    /// <summary>Their sines.</summary>
    public T[] ButterflySin { get; }

    private static (T[] Cos, T[] Sin) Roots(int rows, int columns, Func<long, long, (long K, long N)> at)
    {
        var (cos, sin) = (new T[rows * columns], new T[rows * columns]);
        for (var i = 0; i < cos.Length; i++)
        {
            var (k, n) = at(i / columns, i % columns);
            var (c, s) = RootsOfUnity.At(k, n);
            (cos[i], sin[i]) = (T.CreateTruncating(c), T.CreateTruncating(-s));
        }
        return (cos, sin);
    }
}
