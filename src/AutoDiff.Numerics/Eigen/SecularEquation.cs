using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AutoDiff.Numerics;

/// <summary>The eigenvalues of D + ρzzᵀ: the roots of f(λ) = 1/ρ + Σ zᵢ²/(dᵢ − λ), one between each d and the next and one above the last.</summary>
/// <remarks>
/// A root is found as a distance τ from the nearer d, so that every dᵢ − λ is known to full relative precision. The iteration fits c + p/(a − τ) + q/(b − τ) to f and
/// f' at the neighbouring poles (Bunch, Nielsen, Sorensen 1978; Li 1994; LAPACK's dlaed4) and is kept in a bracket. It stops where f is rounding, as
/// Gu and Eisenstat (1995) ask for.
/// </remarks>
internal static class SecularEquation
{
    private const int MaxSteps = 100;

    /// <summary>Root <paramref name="j"/> for ascending <paramref name="d"/>, z without zeros and ρ above 0; writes dᵢ − λ.</summary>
    public static (double Root, bool Done) Root(int j, ReadOnlySpan<double> d, ReadOnlySpan<double> z, double rho, Span<double> distances)
    {
        var k = d.Length;
        var last = j == k - 1;
        if (k == 1)
        {
            distances[0] = -rho * z[0] * z[0];
            return (d[0] - distances[0], true);
        }
        // The poles fitted: those on both sides of the root, or the last two for the root above all.
        var (p, q) = last ? (k - 2, k - 1) : (j, j + 1);
        var (zp, zq, gap) = (z[p] * z[p], z[q] * z[q], d[q] - d[p]);
        var reach = last ? rho * VectorLoops.Dot(z, z) : gap;
        var middle = 0.5 * reach;
        Shift(d, d[j], distances);
        var there = Evaluate(distances, z, p + 1, 1 / rho, middle);
        var (poleP, poleQ) = (zp / (distances[p] - middle), zq / (distances[q] - middle));
        var rest = there.Value - poleP - poleQ;
        var right = !last && there.Value < 0;
        var origin = last || right ? q : p;
        double low,
            high;
        if (right)
        {
            Shift(d, d[q], distances);
            (low, high) = (-middle, 0);
        }
        else
        {
            (low, high) = last && there.Value < 0 ? (middle, reach) : (0, middle);
        }
        var tau = Start(rest, origin == q ? -gap : gap, origin == q ? zq : zp, zp + zq, last);
        var (previous, fixedWeight) = (double.PositiveInfinity, !last);
        var done = false;
        for (var step = 0; step < MaxSteps && !done; step++)
        {
            if (!(tau > low && tau < high))
                tau = 0.5 * (low + high);
            var f = Evaluate(distances, z, p + 1, 1 / rho, tau);
            var rounding = Roundoff.Epsilon * (((8 + (0.125 * k)) * f.Magnitude) + (Math.Abs(tau) * (f.Below + f.Above)));
            if (Math.Abs(f.Value) <= rounding)
            {
                done = true;
                break;
            }
            if (f.Value < 0)
                low = tau;
            else
                high = tau;
            if (step > 0 && Math.Abs(f.Value) > 0.1 * previous)
                fixedWeight = !last && !fixedWeight;
            previous = Math.Abs(f.Value);
            var (a, b) = (distances[p] - tau, distances[q] - tau);
            var c =
                !fixedWeight ? f.Value - (a * f.Below) - (b * f.Above)
                : origin == p ? f.Value - (b * (f.Below + f.Above)) + (gap * (zp / (a * a)))
                : f.Value - (a * (f.Below + f.Above)) - (gap * (zq / (b * b)));
            var move = step % 8 == 7 ? 0.5 * (low + high) - tau : Move(f, a, b, c, last);
            var next = tau + move;
            // A bracket of two neighbouring numbers cannot shrink: the root is between them.
            done = next == tau || 0.5 * (low + high) == low || 0.5 * (low + high) == high;
            if (!done)
                tau = next;
        }
        var root = d[origin] + tau;
        for (var i = 0; i < k; i++)
            distances[i] -= tau;
        return (root, done);
    }

    /// <summary>The root of rest + the two poles' terms, the other terms being constant; <paramref name="gap"/> is the other pole's distance from the origin.</summary>
    private static double Start(double rest, double gap, double own, double both, bool last)
    {
        // c·τ² − a·τ + b = 0 with the origin's pole at 0 and the other at gap.
        var (a, b) = ((rest * gap) + both, own * gap);
        var root = Math.Sqrt(Math.Abs((a * a) - (4 * b * rest)));
        if (last)
            return a < 0 ? 2 * b / (a - root) : (a + root) / (2 * rest);
        return a > 0 ? 2 * b / (a + root) : (a - root) / (2 * rest);
    }

    /// <summary>From τ to the root of the fit c + r/(a − η) + s/(b − η), or Newton's step where that leads the wrong way.</summary>
    private static double Move((double Value, double Below, double Above, double Magnitude) f, double a, double b, double c, bool last)
    {
        var slope = f.Below + f.Above;
        var (linear, constant) = (((a + b) * f.Value) - (a * b * slope), a * b * f.Value);
        if (last)
            c = Math.Abs(c);
        var root = Math.Sqrt(Math.Abs((linear * linear) - (4 * constant * c)));
        var move =
            c == 0 ? constant / linear
            : last ? (linear >= 0 ? (linear + root) / (2 * c) : 2 * constant / (linear - root))
            : linear <= 0 ? (linear - root) / (2 * c)
            : 2 * constant / (linear + root);
        return f.Value * move < 0 ? move : -f.Value / slope;
    }

    private static void Shift(ReadOnlySpan<double> d, double origin, Span<double> distances)
    {
        for (var i = 0; i < d.Length; i++)
            distances[i] = d[i] - origin;
    }

    /// <summary>f, the derivatives of its terms before and from <paramref name="split"/> on, and the sum of the terms' magnitudes.</summary>
    private static (double Value, double Below, double Above, double Magnitude) Evaluate(
        ReadOnlySpan<double> distances,
        ReadOnlySpan<double> z,
        int split,
        double constant,
        double tau
    )
    {
        var (below, belowSlope) = Terms(distances[..split], z[..split], tau);
        var (above, aboveSlope) = Terms(distances[split..], z[split..], tau);
        return (constant + below + above, belowSlope, aboveSlope, constant + Math.Abs(below) + Math.Abs(above));
    }

    /// <summary>Σ z²/(δ − τ) and Σ z²/(δ − τ)².</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (double Sum, double Slope) Terms(ReadOnlySpan<double> distances, ReadOnlySpan<double> z, double tau)
    {
        ref var pd = ref MemoryMarshal.GetReference(distances);
        ref var pz = ref MemoryMarshal.GetReference(z[..distances.Length]);
        var (shift, s0, t0) = (Vector256.Create(tau), Vector256<double>.Zero, Vector256<double>.Zero);
        var (s1, t1) = (s0, t0);
        nuint i = 0,
            count = (nuint)distances.Length;
        for (; i + 8 <= count; i += 8)
        {
            var (z0, z1) = (Vector256.LoadUnsafe(ref pz, i), Vector256.LoadUnsafe(ref pz, i + 4));
            var (q0, q1) = (z0 / (Vector256.LoadUnsafe(ref pd, i) - shift), z1 / (Vector256.LoadUnsafe(ref pd, i + 4) - shift));
            s0 = Vector256.FusedMultiplyAdd(z0, q0, s0);
            s1 = Vector256.FusedMultiplyAdd(z1, q1, s1);
            t0 = Vector256.FusedMultiplyAdd(q0, q0, t0);
            t1 = Vector256.FusedMultiplyAdd(q1, q1, t1);
        }
        var (sum, slope) = (Vector256.Sum(s0 + s1), Vector256.Sum(t0 + t1));
        for (; i < count; i++)
        {
            var quotient = z[(int)i] / (distances[(int)i] - tau);
            sum += z[(int)i] * quotient;
            slope += quotient * quotient;
        }
        return (sum, slope);
    }
}
