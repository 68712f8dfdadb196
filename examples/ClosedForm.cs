using System.Collections.Immutable;

namespace AutoDiff.Examples;

/// <summary>What the Hessian's eigenvalues must be at zero weights, for one hidden layer whose activation is 0 at 0.</summary>
/// <remarks>
/// Only output weights V and hidden weights W (bias as one row more) meet in second order: tr(s·Aᵀ W V) with A = [X 1]ᵀ(p − y) ⁄ rows and s the
/// activation's slope at 0. So, over the singular values σ of A, the eigenvalues are l2 ± s·σ once for each hidden unit, l2 for what is left of
/// W and V, and those of diag(p) − ppᵀ plus l2 for the output bias.
/// </remarks>
/// <param name="Slope">s.</param>
/// <param name="SingularValues">σ, largest first.</param>
/// <param name="Eigenvalues">All of them, ascending.</param>
/// <param name="Index">How many are negative.</param>
public sealed record ClosedForm(double Slope, ImmutableArray<double> SingularValues, ImmutableArray<double> Eigenvalues, int Index)
{
    /// <param name="batch">All rows.</param>
    /// <param name="p">The classes' probabilities, the same for every row.</param>
    /// <param name="slope">The activation's slope at 0.</param>
    /// <param name="hidden">The number of hidden units.</param>
    /// <param name="l2">The penalty.</param>
    public static ClosedForm Of(Batch batch, ReadOnlySpan<double> p, double slope, int hidden, double l2)
    {
        var gradient = InputGradient(batch.Features.ToMatrix(), batch.Targets.ToMatrix(), p);
        var sigmas = Ops.Svd(gradient).S.ToArray();
        var (inputs, classes) = (gradient.GetLength(0), gradient.GetLength(1));
        var eigenvalues = new List<double>();
        foreach (var sigma in sigmas)
        {
            eigenvalues.AddRange(Enumerable.Repeat(l2 - (slope * sigma), hidden));
            eigenvalues.AddRange(Enumerable.Repeat(l2 + (slope * sigma), hidden));
        }
        eigenvalues.AddRange(Enumerable.Repeat(l2, hidden * (inputs + classes - (2 * sigmas.Length))));
        eigenvalues.AddRange(Ops.Svd(CovarianceRoot(p)).S.ToArray().Select(root => l2 + (root * root)));
        eigenvalues.Sort();
        // A σ that is zero comes out as rounding, which must not count as negative where l2 is zero too.
        var rounding = eigenvalues.Count * 2.2e-16 * Math.Max(-eigenvalues[0], eigenvalues[^1]);
        return new(slope, [.. sigmas], [.. eigenvalues], eigenvalues.Count(value => value < -rounding));
    }

    /// <summary>The largest difference from computed eigenvalues, both ascending.</summary>
    /// <param name="computed">All of them, or some at both ends.</param>
    /// <param name="lowest">How many of them are the smallest; the rest are the largest.</param>
    public double LargestDeviation(ImmutableArray<double> computed, int lowest) =>
        computed.Select((value, i) => Math.Abs(value - Eigenvalues[i < lowest ? i : Eigenvalues.Length - computed.Length + i])).Max();

    /// <summary>[X 1]ᵀ(p − y) ⁄ rows: [features + 1, classes].</summary>
    private static double[,] InputGradient(double[,] x, double[,] y, ReadOnlySpan<double> p)
    {
        var (rows, features, classes) = (x.GetLength(0), x.GetLength(1), y.GetLength(1));
        var gradient = new double[features + 1, classes];
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i <= features; i++)
            {
                for (var k = 0; k < classes; k++)
                    gradient[i, k] += (i < features ? x[row, i] : 1) * (p[k] - y[row, k]) / rows;
            }
        }
        return gradient;
    }

    /// <summary>R with RᵀR = diag(p) − ppᵀ: diag(√p)·(I − 1pᵀ).</summary>
    private static double[,] CovarianceRoot(ReadOnlySpan<double> p)
    {
        var root = new double[p.Length, p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            for (var j = 0; j < p.Length; j++)
                root[i, j] = Math.Sqrt(p[i]) * ((i == j ? 1 : 0) - p[j]);
        }
        return root;
    }
}
