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

    /// <summary>The gradient norm up to which the point counts as critical.</summary>
    public required double GradientTolerance { get; init; }

    /// <summary>All n eigenvalues of the Hessian, ascending.</summary>
    public required ImmutableArray<double> Eigenvalues { get; init; }

    /// <summary>For each eigenvalue a bound on its distance from an exact one.</summary>
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

    /// <summary>Whether the factorizations at ±τ count the same numbers of negative, zero and positive eigenvalues, and are certain of it.</summary>
    public bool IndexConfirmed => Inertia.IsCertain && Inertia.Below == Index && Inertia.Within == Nullity && Outcome == Outcome.Converged;

    /// <summary>The kind of critical point. An eigenvalue that cannot be told from zero never makes a minimum or a maximum.</summary>
    public CriticalPointKind Kind =>
        !(GradientNorm <= GradientTolerance) ? CriticalPointKind.NotCritical
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
}
