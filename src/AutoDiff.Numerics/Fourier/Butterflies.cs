using System.Numerics;
using System.Runtime.CompilerServices;

namespace AutoDiff.Numerics;

/// <summary>The loops of a stage, at one width of register: the real and the imaginary parts lie in arrays of their own.</summary>
/// <remarks>A stage's stride is at least a register's width: the last register of a row may begin within the one before it, whose results it repeats.</remarks>
internal static unsafe class Butterflies<T, TVector, TWidth>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : unmanaged
    where TWidth : struct, IVectorWidth<T, TVector>
{
    /// <summary>A stage of radix 2.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Two(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        nint stride = stage.Stride;
        var (half, last) = (stride * stage.Steps, stride - TWidth.Count);
        fixed (
            T* cos = stage.Cos,
                sin = stage.Sin
        )
        {
            for (nint p = 0; p < stage.Steps; p++)
            {
                var (from, to) = (p * stride, 2 * p * stride);
                var (c, s) = (TWidth.Broadcast(cos[p]), TWidth.Broadcast(sin[p]));
                for (nint q = 0; ; q = nint.Min(q + TWidth.Count, last))
                {
                    var (x, y) = (TWidth.Load(re + from + q), TWidth.Load(im + from + q));
                    var (u, v) = (TWidth.Load(re + from + half + q), TWidth.Load(im + from + half + q));
                    TWidth.Store(TWidth.Add(x, u), toRe + to + q);
                    TWidth.Store(TWidth.Add(y, v), toIm + to + q);
                    (u, v) = (TWidth.Subtract(x, u), TWidth.Subtract(y, v));
                    Put(u, v, c, s, toRe + to + stride + q, toIm + to + stride + q, p > 0);
                    if (q == last)
                        break;
                }
            }
        }
    }

    /// <summary>A stage of radix 4.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Four(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        nint stride = stage.Stride;
        nint steps = stage.Steps;
        var (next, last) = (stride * steps, stride - TWidth.Count);
        fixed (
            T* cos = stage.Cos,
                sin = stage.Sin
        )
        {
            for (nint p = 0; p < steps; p++)
            {
                var (from, to) = (p * stride, 4 * p * stride);
                var (c1, s1) = (TWidth.Broadcast(cos[p]), TWidth.Broadcast(sin[p]));
                var (c2, s2) = (TWidth.Broadcast(cos[p + steps]), TWidth.Broadcast(sin[p + steps]));
                var (c3, s3) = (TWidth.Broadcast(cos[p + (2 * steps)]), TWidth.Broadcast(sin[p + (2 * steps)]));
                for (nint q = 0; ; q = nint.Min(q + TWidth.Count, last))
                {
                    T* x = re + from + q,
                        y = im + from + q;
                    var (x0, y0, x1, y1) = (TWidth.Load(x), TWidth.Load(y), TWidth.Load(x + next), TWidth.Load(y + next));
                    var (x2, y2) = (TWidth.Load(x + (2 * next)), TWidth.Load(y + (2 * next)));
                    var (x3, y3) = (TWidth.Load(x + (3 * next)), TWidth.Load(y + (3 * next)));
                    Four(ref x0, ref y0, ref x1, ref y1, ref x2, ref y2, ref x3, ref y3);
                    T* z = toRe + to + q,
                        w = toIm + to + q;
                    TWidth.Store(x0, z);
                    TWidth.Store(y0, w);
                    Put(x1, y1, c1, s1, z + stride, w + stride, p > 0);
                    Put(x2, y2, c2, s2, z + (2 * stride), w + (2 * stride), p > 0);
                    Put(x3, y3, c3, s3, z + (3 * stride), w + (3 * stride), p > 0);
                    if (q == last)
                        break;
                }
            }
        }
    }

    /// <summary>A stage of radix 4 and stride 1, at least a register's width of steps: a register holds butterflies that are turned differently.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void FourSteps(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        nint steps = stage.Steps;
        var (last, width) = (steps - TWidth.Count, TWidth.Count);
        var block = stackalloc T[8 * width];
        fixed (
            T* cos = stage.Cos,
                sin = stage.Sin
        )
        {
            for (nint p = 0; ; p = nint.Min(p + width, last))
            {
                T* x = re + p,
                    y = im + p;
                var (x0, y0, x1, y1) = (TWidth.Load(x), TWidth.Load(y), TWidth.Load(x + steps), TWidth.Load(y + steps));
                var (x2, y2) = (TWidth.Load(x + (2 * steps)), TWidth.Load(y + (2 * steps)));
                var (x3, y3) = (TWidth.Load(x + (3 * steps)), TWidth.Load(y + (3 * steps)));
                Four(ref x0, ref y0, ref x1, ref y1, ref x2, ref y2, ref x3, ref y3);
                T* c = cos + p,
                    s = sin + p;
                TWidth.Store(x0, block);
                TWidth.Store(y0, block + (4 * width));
                Put(x1, y1, TWidth.Load(c), TWidth.Load(s), block + width, block + (5 * width), true);
                Put(x2, y2, TWidth.Load(c + steps), TWidth.Load(s + steps), block + (2 * width), block + (6 * width), true);
                Put(x3, y3, TWidth.Load(c + (2 * steps)), TWidth.Load(s + (2 * steps)), block + (3 * width), block + (7 * width), true);
                T* z = toRe + (4 * p),
                    w = toIm + (4 * p);
                for (nint i = 0; i < width; i++, z += 4, w += 4)
                {
                    (z[0], z[1], z[2], z[3]) = (block[i], block[width + i], block[(2 * width) + i], block[(3 * width) + i]);
                    (w[0], w[1], w[2], w[3]) = (
                        block[(4 * width) + i],
                        block[(5 * width) + i],
                        block[(6 * width) + i],
                        block[(7 * width) + i]
                    );
                }
                if (p == last)
                    break;
            }
        }
    }

    /// <summary>A stage of an odd radix r, by (r − 1)² ⁄ 2 multiplications a part.</summary>
    [MethodImpl(Compilation.Loop)]
    public static void Odd(FourierStage<T> stage, T* re, T* im, T* toRe, T* toIm)
    {
        nint stride = stage.Stride;
        nint steps = stage.Steps;
        var (radix, half) = (stage.Radix, stage.Radix / 2);
        var (next, last) = (stride * steps, stride - TWidth.Count);
        // Sums and differences of the elements that lie symmetrically about the first.
        var block = stackalloc TVector[4 * half];
        TVector* sumRe = block,
            sumIm = block + half,
            differenceRe = block + (2 * half),
            differenceIm = block + (3 * half);
        fixed (
            T* cos = stage.Cos,
                sin = stage.Sin,
                butterflyCos = stage.ButterflyCos,
                butterflySin = stage.ButterflySin
        )
        {
            for (nint p = 0; p < steps; p++)
            {
                for (nint q = 0; ; q = nint.Min(q + TWidth.Count, last))
                {
                    T* x = re + (p * stride) + q,
                        y = im + (p * stride) + q;
                    T* z = toRe + (radix * p * stride) + q,
                        w = toIm + (radix * p * stride) + q;
                    var (x0, y0) = (TWidth.Load(x), TWidth.Load(y));
                    var (u, v) = (x0, y0);
                    for (var j = 0; j < half; j++)
                    {
                        var (one, other) = ((j + 1) * next, (radix - 1 - j) * next);
                        var (a, b) = (TWidth.Load(x + one), TWidth.Load(x + other));
                        (sumRe[j], differenceRe[j]) = (TWidth.Add(a, b), TWidth.Subtract(a, b));
                        u = TWidth.Add(u, sumRe[j]);
                        (a, b) = (TWidth.Load(y + one), TWidth.Load(y + other));
                        (sumIm[j], differenceIm[j]) = (TWidth.Add(a, b), TWidth.Subtract(a, b));
                        v = TWidth.Add(v, sumIm[j]);
                    }
                    TWidth.Store(u, z);
                    TWidth.Store(v, w);
                    for (var k = 0; k < half; k++)
                    {
                        (u, v) = (x0, y0);
                        var (a, b) = (TWidth.Zero, TWidth.Zero);
                        for (var j = 0; j < half; j++)
                        {
                            var c = TWidth.Broadcast(butterflyCos[(k * half) + j]);
                            var s = TWidth.Broadcast(butterflySin[(k * half) + j]);
                            u = TWidth.MultiplyAdd(c, sumRe[j], u);
                            v = TWidth.MultiplyAdd(c, sumIm[j], v);
                            a = TWidth.MultiplyAdd(s, differenceIm[j], a);
                            b = TWidth.MultiplyAdd(s, differenceRe[j], b);
                        }
                        var (one, other) = (k + 1, radix - 1 - k);
                        var (at, otherAt) = (p + (k * steps), p + ((radix - 2 - k) * steps));
                        Put(
                            TWidth.Subtract(u, a),
                            TWidth.Add(v, b),
                            TWidth.Broadcast(cos[at]),
                            TWidth.Broadcast(sin[at]),
                            z + (one * stride),
                            w + (one * stride),
                            p > 0
                        );
                        Put(
                            TWidth.Add(u, a),
                            TWidth.Subtract(v, b),
                            TWidth.Broadcast(cos[otherAt]),
                            TWidth.Broadcast(sin[otherAt]),
                            z + (other * stride),
                            w + (other * stride),
                            p > 0
                        );
                    }
                    if (q == last)
                        break;
                }
            }
        }
    }

    /// <summary>Four elements' transform, in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(
        ref TVector x0,
        ref TVector y0,
        ref TVector x1,
        ref TVector y1,
        ref TVector x2,
        ref TVector y2,
        ref TVector x3,
        ref TVector y3
    )
    {
        var (a, b) = (TWidth.Add(x0, x2), TWidth.Add(y0, y2));
        var (c, d) = (TWidth.Subtract(x0, x2), TWidth.Subtract(y0, y2));
        var (e, f) = (TWidth.Add(x1, x3), TWidth.Add(y1, y3));
        var (g, h) = (TWidth.Subtract(x1, x3), TWidth.Subtract(y1, y3));
        (x0, y0, x2, y2) = (TWidth.Add(a, e), TWidth.Add(b, f), TWidth.Subtract(a, e), TWidth.Subtract(b, f));
        (x1, y1, x3, y3) = (TWidth.Add(c, h), TWidth.Subtract(d, g), TWidth.Subtract(c, h), TWidth.Add(d, g));
    }

    /// <summary>Stores x + iy, multiplied by c + is where it is turned.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(TVector x, TVector y, TVector c, TVector s, T* toRe, T* toIm, bool turned)
    {
        if (turned)
        {
            var z = TWidth.Subtract(TWidth.Multiply(x, c), TWidth.Multiply(y, s));
            y = TWidth.MultiplyAdd(x, s, TWidth.Multiply(y, c));
            x = z;
        }
        TWidth.Store(x, toRe);
        TWidth.Store(y, toIm);
    }
}
