namespace AutoDiff.Curvature;

/// <summary>How far rounding leaves a computed gradient or Hessian from the exact one at the same point.</summary>
/// <remarks>
/// Stochastic arithmetic (Vignes 1974; Parker 1997): everything from the parameters on is evaluated again in <see cref="RoundedEvaluation"/>, which moves each inexact
/// result at least as far as it can err, arithmetic's twice as far, <see cref="Samples"/> times with other signs. The differences from what was computed scatter as the errors reach, the
/// ill-conditioning of the loss included. Their root mean square times <see cref="Safety"/> is an estimate that errors exceed only where dozens of the worst
/// possible roundings conspire; it is no proof.
/// </remarks>
internal static class RoundingError
{
    /// <summary>Evaluations: with eight, mean squares over the probes are exact for a matrix of up to eight rows, and beyond their standard deviation is at most half of themselves.</summary>
    public const int Samples = 8;

    /// <summary>The factor on the root mean square, itself some three times the usual error: roundings of one sign add up by half their number, not its root.</summary>
    private const double Safety = 4;

    /// <summary>An estimate from above of ‖H̃ − H‖_F for the <paramref name="matrix"/> H̃ [n, n] that the operator gave, ∞ where an evaluation is not finite.</summary>
    /// <remarks>‖E‖_F² is the mean of ‖Ev‖² over vectors of signs (Girard 1989; Hutchinson 1990), so that eight products do for a Hessian of any size.</remarks>
    public static double OfHessian(HessianOperator hessian, double[] matrix, RunOptions options)
    {
        var n = hessian.Size;
        return Estimate(
            sample =>
            {
                var probe = Probe(n, sample);
                var difference = hessian.RoundedProduct(probe, (ulong)sample);
                for (var i = 0; i < n; i++)
                    difference[i] -= ExactDot(matrix.AsSpan(i * n, n), probe);
                return VectorLoops.Norm(difference);
            },
            options
        );
    }

    /// <summary>The same for a Hessian known by its products alone, whose own rounding then counts as well, and ‖H‖_F estimated by these.</summary>
    public static (double Error, double Frobenius) OfProducts(HessianOperator hessian, RunOptions options)
    {
        var norms = new double[Samples];
        var error = Estimate(
            sample =>
            {
                var probe = Probe(hessian.Size, sample);
                var (difference, product) = (hessian.RoundedProduct(probe, (ulong)sample), hessian.Apply(probe));
                norms[sample] = VectorLoops.Norm(product.AsSpan());
                VectorLoops.AddScaled(-1, product.AsSpan(), difference);
                return VectorLoops.Norm(difference);
            },
            options
        );
        return (error, VectorLoops.Norm(norms) / Math.Sqrt(Samples));
    }

    /// <summary>An estimate from above of ‖g̃ − g‖₂ for the <paramref name="gradient"/> g̃ [n] computed at x [n].</summary>
    public static double OfGradient<T>(Objective<T> objective, double[] x, double[] gradient, RunOptions options)
        where T : ITensorTree<T> =>
        Estimate(
            sample =>
            {
                var difference = objective.RoundedGradient(x, (ulong)sample);
                VectorLoops.AddScaled(-1, gradient, difference);
                return VectorLoops.Norm(difference);
            },
            options
        );

    /// <summary>The root mean square over the probes of ‖(B − A)v‖: ‖B − A‖_F, exactly for up to eight rows.</summary>
    public static double Change(LinearOperator a, LinearOperator b, RunOptions? options = null) =>
        RootMeanSquare(
            sample =>
            {
                var probe = Probe(a.Size, sample);
                var difference = b.Apply(probe).ToArray();
                VectorLoops.AddScaled(-1, a.Apply(probe).AsSpan(), difference);
                return VectorLoops.Norm(difference);
            },
            options ?? new()
        );

    /// <summary>Signs [n]: rows of Sylvester's matrix of order eight, a group of eight coordinates at a time, each group with a random sign.</summary>
    public static double[] Probe(int n, int sample)
    {
        var probe = new double[n];
        for (var i = 0; i < n; i++)
        {
            var sign = (ulong)int.PopCount(sample & i & (Samples - 1)) + SplitMix64.Mix(((ulong)i / Samples * Samples) + (ulong)sample + 1);
            probe[i] = sign % 2 == 0 ? 1 : -1;
        }
        return probe;
    }

    private static double Estimate(Func<int, double> norm, RunOptions options)
    {
        var estimate = Safety * RootMeanSquare(norm, options);
        return double.IsNaN(estimate) ? double.PositiveInfinity : estimate;
    }

    private static double RootMeanSquare(Func<int, double> norm, RunOptions options)
    {
        var norms = new double[Samples];
        Work.Share(Samples, sample => norms[sample] = norm(sample), options);
        return VectorLoops.Norm(norms) / Math.Sqrt(Samples);
    }

    /// <summary>xᵀv for v of signs, summed in twice the precision (Ogita, Rump, Oishi 2005): its own rounding must not show beside what it measures.</summary>
    private static double ExactDot(ReadOnlySpan<double> x, ReadOnlySpan<double> signs)
    {
        var (sum, rest) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var term = x[i] * signs[i];
            var next = sum + term;
            var part = next - sum;
            rest += sum - (next - part) + (term - part);
            sum = next;
        }
        return sum + rest;
    }
}
