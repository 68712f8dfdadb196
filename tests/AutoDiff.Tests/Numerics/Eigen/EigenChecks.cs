using static AutoDiff.Tests.Numerics.Matrices;

namespace AutoDiff.Tests.Numerics;

/// <summary>What every decomposition must satisfy, whatever the matrix.</summary>
internal static class EigenChecks
{
    /// <summary>Order, outcome, trace, Frobenius norm, and of the vectors residual, orthonormality and sign, all within n·ε·‖A‖_F.</summary>
    public static void Holds(double[] a, int n, EigenDecomposition result)
    {
        var tolerance = Math.Max(n, 4) * Epsilon * Frobenius(a);
        Assert.True(result.Converged);
        Assert.Equal(n, result.Eigenvalues.Length);
        Assert.Equal(n, result.ErrorBounds.Length);
        Assert.Equal(result.Eigenvalues.Order(), result.Eigenvalues);
        Near(Trace(a, n), result.Eigenvalues.Sum(), n * tolerance);
        Near(Frobenius(a), Frobenius([.. result.Eigenvalues, 0]), tolerance);
        double[][] vectors = [.. result.Indices.Select(index => result.Pair(index).Vector.ToArray())];
        var scale = a.Append(0).Max(Math.Abs) is var largest && largest == 0 ? 1 : largest;
        double[] scaled = [.. a.Select(x => x / scale)];
        for (var k = 0; k < vectors.Length; k++)
        {
            var v = vectors[k];
            var residual = Times(scaled, v).Zip(v, (av, x) => av - (result.Eigenvalues[result.Indices[k]] / scale * x));
            Near(0, Math.Sqrt(residual.Sum(x => x * x)), tolerance / scale);
            Assert.True(v.MaxBy(Math.Abs) > 0);
            for (var j = 0; j <= k; j++)
                Near(j == k ? 1 : 0, Dot(vectors[j], v), Math.Max(n, 8) * Epsilon);
        }
    }

    public static void Near(double expected, double actual, double tolerance)
    {
        // Not Assert.True, for which each comparison's message would be written.
        if (!(Math.Abs(expected - actual) <= tolerance))
            Assert.Fail($"expected {expected:R} within {tolerance:E2}; got {actual:R}, off by {Math.Abs(expected - actual):E2}");
    }
}
