using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Curvature;

/// <summary>What is known of a point of a loss: its gradient, its Hessian's eigenvalues, and the kind of critical point they make it.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record CriticalPoint<T>
{
    /// <summary>The point.</summary>
    public required T Point { get; init; }

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm over all leaves.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>An estimate from above of the distance from the exact gradient, made as <see cref="HessianError"/>.</summary>
    public required double GradientError { get; init; }

    /// <summary>How far the critical point is, as Newton's model has it: the largest |dᵢ| ⁄ max(1, |xᵢ|), for the part of the gradient that exceeds its error.</summary>
    public required double Displacement { get; init; }

    /// <summary>Whether the gradient counts as zero.</summary>
    public required bool IsCritical { get; init; }

    /// <summary>An estimate from above of ‖H̃ − H‖₂, the distance of the Hessian as computed from the exact one of the exact function at these parameters; ∞ where none can be given.</summary>
    /// <remarks>
    /// From eight evaluations in stochastic arithmetic (Vignes 1974; Parker 1997), in which each rounding from the parameters on is twice as large as it can be in
    /// truth (an elementary function's 4 units in the last place, a sum by indices or windows of k terms √k): four times the root mean square of ‖H̃ − H‖_F that they show, so usually some ten times the error; an estimate, no proof. Data and other constants count as exact.
    /// </remarks>
    public required double HessianError { get; init; }

    /// <summary>All n eigenvalues of the Hessian, ascending.</summary>
    public required ImmutableArray<double> Eigenvalues { get; init; }

    /// <summary>For each eigenvalue a bound on its distance from one of the exact Hessian: <see cref="HessianError"/> and the error of the eigenvalues' computation.</summary>
    public required ImmutableArray<double> ErrorBounds { get; init; }

    /// <summary>How the eigenvalue iteration ended; unless converged, nothing below is certain.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Index, nullity, condition number and outliers.</summary>
    public required SpectrumStatistics Statistics { get; init; }

    /// <summary>The counts below, within and above ±<see cref="Threshold"/> by factorization, independent of the eigenvalues.</summary>
    public required InertiaBand Inertia { get; init; }

    /// <summary>The smallest eigenvalue with its vector: at a saddle the direction of steepest descent of the curvature.</summary>
    public required EigenPair<T> Lowest { get; init; }

    /// <summary>The largest eigenvalue with its vector.</summary>
    public required EigenPair<T> Highest { get; init; }

    /// <summary>The number n of parameters.</summary>
    public int Size => Eigenvalues.Length;

    /// <summary>τ: eigenvalues of magnitude up to it count as zero.</summary>
    public double Threshold => Statistics.Threshold;

    /// <summary>The number of eigenvalues below −τ.</summary>
    public int Index => Statistics.Index;

    /// <summary>The number of eigenvalues that cannot be told from zero.</summary>
    public int Nullity => Statistics.Nullity;

    /// <summary>The share of eigenvalues above τ.</summary>
    public double MinimumRatio => Statistics.MinimumRatio;

    /// <summary>max |λ| ⁄ min |λ|; infinite where the nullity is not 0.</summary>
    public double ConditionNumber => Statistics.Condition;

    /// <summary>The number of large eigenvalues apart from the bulk.</summary>
    public int Outliers => Statistics.Outliers;

    /// <summary>Whether the factorizations at ±τ count the same numbers of negative, zero and positive eigenvalues, and both methods are certain of it.</summary>
    /// <remarks>Certainty includes the distance from ±τ: no eigenvalue's error bound reaches to either, and the counts by factorization are the same on both sides of each.</remarks>
    public bool IndexConfirmed =>
        Inertia.IsCertain && Inertia.Below == Index && Inertia.Within == Nullity && Outcome == Outcome.Converged && IsApart();

    /// <summary>The kind of critical point. An eigenvalue that cannot be told from zero never makes a minimum or a maximum.</summary>
    public CriticalPointKind Kind =>
        !IsCritical ? CriticalPointKind.NotCritical
        : Index > 0 && Statistics.Positive > 0 ? CriticalPointKind.Saddle
        : Nullity > 0 ? CriticalPointKind.Degenerate
        : Index == 0 ? CriticalPointKind.Minimum
        : CriticalPointKind.Maximum;

    /// <summary>One line, as in <c>Saddle, index 1 of 2, nullity 0, eigenvalues −2 to 2 (± 1e-15), loss 1, gradient norm 0</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}, index {Index} of {Size}, nullity {Nullity}, eigenvalues {Lowest.Value:G6} to {Highest.Value:G6} (± {ErrorBounds.Max():G2}), loss {Loss:G9}, gradient norm {GradientNorm:G3}"
        );

    private bool IsApart()
    {
        for (var i = 0; i < Size; i++)
        {
            if (!(Math.Abs(Math.Abs(Eigenvalues[i]) - Threshold) > ErrorBounds[i]))
                return false;
        }
        return true;
    }
}
