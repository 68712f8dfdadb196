using System.Collections.Immutable;
using System.Globalization;

namespace AutoDiff.Curvature;

/// <summary>What is known of a point of a loss: its gradient, its Hessian's eigenvalues, and the kind of critical point they make it.</summary>
/// <typeparam name="T">The tree of parameters.</typeparam>
public sealed record CriticalPoint<T>
{
    /// <summary>The point.</summary>
    public required T Point { get; init; }

    /// <summary>The number n of parameters.</summary>
    public required int Size { get; init; }

    /// <summary>What the point was classified by, and so how much is known.</summary>
    public Examination Examination { get; init; }

    /// <summary>The loss there.</summary>
    public required double Loss { get; init; }

    /// <summary>The gradient's 2-norm over all leaves.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>An estimate from above of the distance from the exact gradient, made as <see cref="HessianError"/>.</summary>
    public required double GradientError { get; init; }

    /// <summary>How far the critical point is, as Newton's model has it: the largest |dᵢ| ⁄ max(1, |xᵢ|), for the part of the gradient that exceeds its error; NaN where Newton's equations were not solved.</summary>
    public required double Displacement { get; init; }

    /// <summary>Whether the gradient counts as zero; not where that is not known.</summary>
    public required bool IsCritical { get; init; }

    /// <summary>An estimate from above of ‖H̃ − H‖₂, the distance of the Hessian as computed from the exact one of the exact function at these parameters; ∞ where none can be given.</summary>
    /// <remarks>
    /// From eight evaluations in stochastic arithmetic (Vignes 1974; Parker 1997), in which each rounding from the parameters on is twice as large as it can be in
    /// truth (an elementary function's 4 units in the last place, a sum by indices or windows of k terms √k): four times the root mean square of ‖H̃ − H‖_F that they show, so usually some ten times the error; an estimate, no proof. Data and other constants count as exact.
    /// </remarks>
    public required double HessianError { get; init; }

    /// <summary>The eigenvalues of the Hessian that are known, ascending: all n where <see cref="IsComplete"/>, else those at both ends.</summary>
    public required ImmutableArray<double> Eigenvalues { get; init; }

    /// <summary>For each of them a bound on its distance from one of the exact Hessian: <see cref="HessianError"/> and the error of the eigenvalues' computation.</summary>
    public required ImmutableArray<double> ErrorBounds { get; init; }

    /// <summary>How the eigenvalue iteration ended; unless converged, nothing below is certain.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Index, nullity, condition number and outliers, of the eigenvalues that are known.</summary>
    public required SpectrumStatistics Statistics { get; init; }

    /// <summary>The counts below, within and above ±<see cref="Threshold"/> by factorization, independent of the eigenvalues; all n uncertain where nothing was factored.</summary>
    public required InertiaBand Inertia { get; init; }

    /// <summary>The smallest eigenvalues known with their vectors, ascending, at least one.</summary>
    public required ImmutableArray<EigenPair<T>> LowestPairs { get; init; }

    /// <summary>The largest eigenvalues known with their vectors, ascending.</summary>
    public required ImmutableArray<EigenPair<T>> HighestPairs { get; init; }

    /// <summary>No eigenvalue is below it: the smallest less its error bound where all are known; else from 128 steps of Lanczos's iteration with a random start, but for a chance of one in a million (Kuczyński, Woźniakowski 1992).</summary>
    public double SmallestPossible { get; init; } = double.NegativeInfinity;

    /// <summary>No eigenvalue is above it, likewise.</summary>
    public double LargestPossible { get; init; } = double.PositiveInfinity;

    /// <summary>The smallest eigenvalue with its vector: at a saddle the direction of steepest descent of the curvature.</summary>
    public EigenPair<T> Lowest => LowestPairs[0];

    /// <summary>The largest eigenvalue with its vector.</summary>
    public EigenPair<T> Highest => HighestPairs.Length > 0 ? HighestPairs[^1] : LowestPairs[^1];

    /// <summary>Whether all n eigenvalues are known.</summary>
    public bool IsComplete => Eigenvalues.Length == Size;

    /// <summary>Whether every eigenvalue is counted, by value or by factorization: otherwise <see cref="Index"/>, <see cref="Nullity"/> and <see cref="Positive"/> count those that are known.</summary>
    public bool IndexIsExact => Uncounted == 0;

    /// <summary>τ: eigenvalues of magnitude up to it count as zero.</summary>
    public double Threshold => Statistics.Threshold;

    /// <summary>The number of eigenvalues below −τ; at least that many where <see cref="IndexIsExact"/> is false.</summary>
    public int Index => IsFactored ? Inertia.Below : Statistics.Index;

    /// <summary>The number of eigenvalues that cannot be told from zero, of those counted.</summary>
    public int Nullity => IsFactored ? Inertia.Within : Statistics.Nullity;

    /// <summary>The number of eigenvalues above τ; at least that many where <see cref="IndexIsExact"/> is false.</summary>
    public int Positive => IsFactored ? Inertia.Above : Statistics.Positive;

    /// <summary>The number of eigenvalues of which not even the sign is known.</summary>
    public int Uncounted => Size - Index - Nullity - Positive;

    /// <summary>The share of eigenvalues above τ; NaN where not all are counted.</summary>
    public double MinimumRatio => IndexIsExact ? (double)Positive / Size : double.NaN;

    /// <summary>max |λ| ⁄ min |λ|; infinite where the nullity is not 0, NaN where the smallest magnitude is not known.</summary>
    public double ConditionNumber =>
        IsComplete ? Statistics.Condition
        : Nullity > 0 ? double.PositiveInfinity
        : double.NaN;

    /// <summary>The number of large eigenvalues apart from the bulk; null where the bulk is not known.</summary>
    public int? Outliers => IsComplete ? Statistics.Outliers : null;

    /// <summary>Whether the factorizations at ±τ count the same numbers of negative, zero and positive eigenvalues as the eigenvalues do, as far as these are known, and both methods are certain of it.</summary>
    /// <remarks>
    /// Certainty includes the distance from ±τ: no eigenvalue's error bound reaches to either, and the counts by factorization are the same on both sides of each.
    /// False where nothing was factored.
    /// </remarks>
    public bool IndexConfirmed => Inertia.IsCertain && Agree() && Outcome == Outcome.Converged && IsApart();

    /// <summary>The kind of critical point. An eigenvalue that cannot be told from zero never makes a minimum or a maximum.</summary>
    public CriticalPointKind Kind =>
        !IsCritical ? CriticalPointKind.NotCritical
        : Index > 0 && Positive > 0 ? CriticalPointKind.Saddle
        : !IndexIsExact ? Bounded()
        : Nullity > 0 ? CriticalPointKind.Degenerate
        : Index == 0 ? CriticalPointKind.Minimum
        : CriticalPointKind.Maximum;

    private bool IsFactored => Examination == Examination.Inertia;

    /// <summary>One line, as in <c>Saddle, index 1 of 2, nullity 0, eigenvalues −2 to 2 (± 1e-15), loss 1, gradient norm 0</c>; beyond all eigenvalues and factorizations as in <c>Undecided, index ≥ 0 of 20000 (none below −1e-3), …</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}, index {Count(Index)} of {Size}{(IndexIsExact ? "" : string.Create(CultureInfo.InvariantCulture, $" (none below {SmallestPossible:G3})"))}, nullity {Count(Nullity)}, eigenvalues {Lowest.Value:G6} to {Highest.Value:G6} (± {ErrorBounds.Max():G2}), loss {Loss:G9}, gradient norm {GradientNorm:G3}"
        );

    private string Count(int known) => (IndexIsExact ? "" : "≥ ") + known.ToString(CultureInfo.InvariantCulture);

    /// <summary>The kind by what no eigenvalue is beyond.</summary>
    private CriticalPointKind Bounded() =>
        SmallestPossible > Threshold ? CriticalPointKind.Minimum
        : LargestPossible < -Threshold ? CriticalPointKind.Maximum
        : CriticalPointKind.Undecided;

    private bool Agree() =>
        IsComplete
            ? Inertia.Below == Statistics.Index && Inertia.Within == Statistics.Nullity
            : Statistics.Index <= Inertia.Below && Statistics.Nullity <= Inertia.Within && Statistics.Positive <= Inertia.Above;

    private bool IsApart()
    {
        for (var i = 0; i < Eigenvalues.Length; i++)
        {
            if (!(Math.Abs(Math.Abs(Eigenvalues[i]) - Threshold) > ErrorBounds[i]))
                return false;
        }
        return true;
    }
}
