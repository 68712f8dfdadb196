using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>The best output bias of a net whose other parameters are zero.</summary>
/// <remarks>
/// The net then gives every row the same scores b, and the loss is ln Σ eᵇ − f·b + ½·l2·‖b‖² with the classes' shares f: convex, so Newton's
/// method finds its one minimum. It works on the shares alone, apart from everything that is checked against it.
/// </remarks>
public static class OutputBias
{
    private const int MostSteps = 100;

    /// <param name="shares">The share of each class, all above 0, of sum 1.</param>
    /// <param name="l2">The penalty, at least 0.</param>
    public static ImmutableArray<double> Optimum(ReadOnlySpan<double> shares, double l2)
    {
        // Without penalty b = ln f is optimal, up to a constant; with it, a start from which Newton's steps need no damping.
        var b = new double[shares.Length];
        for (var k = 0; k < b.Length; k++)
            b[k] = Math.Log(shares[k]);
        var mean = b.Average();
        for (var k = 0; k < b.Length; k++)
            b[k] -= mean;
        var best = double.PositiveInfinity;
        for (var step = 0; l2 > 0 && step < MostSteps; step++)
        {
            var (p, g) = (Softmax(b), new double[b.Length]);
            var largest = 0.0;
            for (var k = 0; k < b.Length; k++)
                largest = Math.Max(largest, Math.Abs(g[k] = p[k] - shares[k] + (l2 * b[k])));
            if (largest < 1e-16 || (largest < 1e-12 && largest >= best))
                break;
            best = largest;
            Subtract(b, NewtonStep(p, g, l2));
        }
        return [.. b];
    }

    /// <summary>eᵇ ⁄ Σ eᵇ.</summary>
    public static double[] Softmax(ReadOnlySpan<double> b)
    {
        var largest = double.NegativeInfinity;
        foreach (var value in b)
            largest = Math.Max(largest, value);
        var (p, sum) = (new double[b.Length], 0.0);
        for (var k = 0; k < p.Length; k++)
            sum += p[k] = Math.Exp(b[k] - largest);
        for (var k = 0; k < p.Length; k++)
            p[k] /= sum;
        return p;
    }

    /// <summary>(D − ppᵀ)⁻¹ g with D = diag(p) + l2·I, by Sherman and Morrison (1950): D⁻¹g + D⁻¹p · pᵀD⁻¹g ⁄ (1 − pᵀD⁻¹p).</summary>
    private static double[] NewtonStep(double[] p, double[] g, double l2)
    {
        // 1 − pᵀD⁻¹p = Σ p·l2 ⁄ (p + l2), without the cancellation.
        var (product, rest) = (0.0, 0.0);
        for (var k = 0; k < p.Length; k++)
        {
            product += p[k] * g[k] / (p[k] + l2);
            rest += p[k] * l2 / (p[k] + l2);
        }
        var step = new double[p.Length];
        for (var k = 0; k < p.Length; k++)
            step[k] = (g[k] + (p[k] * product / rest)) / (p[k] + l2);
        return step;
    }

    private static void Subtract(double[] b, double[] step)
    {
        for (var k = 0; k < b.Length; k++)
            b[k] -= step[k];
    }
}
