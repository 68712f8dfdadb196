using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>How <see cref="Lanczos"/> looks for eigenpairs; it goes on to 1,000 + 10·n steps unless <see cref="IterationOptions.MaxIterations"/> says otherwise.</summary>
public sealed record EigenOptions : IterationOptions
{
    /// <summary>The residual ‖Av − λv‖₂ of a unit vector v that is accepted, relative to the estimate of ‖A‖₂; 1e-8 by default.</summary>
    /// <remarks>Below some 1e-15 no residual comes to lie: the run then ends at what can be reached, with <see cref="Outcome.Breakdown"/>.</remarks>
    /// <exception cref="ArgumentException">It is negative or not finite.</exception>
    public double Tolerance
    {
        get;
        init
        {
            Require.NonNegative("EigenOptions", "a tolerance", value);
            field = value;
        }
    } = 1e-8;

    /// <summary>Whether the tolerance is relative to each |λ| instead, as ARPACK's; off by default, since no method that multiplies by A can see below ε·‖A‖.</summary>
    public bool RelativeToEigenvalue { get; init; }

    /// <summary>The key that the starting vectors are drawn from.</summary>
    public Key Key { get; init; } = Key.Of(0);

    /// <summary>How many vectors are multiplied at once, p; 2 by default.</summary>
    /// <remarks>More vectors take more products and, where a product in a block costs less, may take less time; up to p copies of an eigenvalue are found without further ado.</remarks>
    /// <exception cref="ArgumentException">There is not at least one.</exception>
    public int BlockSize
    {
        get;
        init
        {
            Require.Positive("EigenOptions", "a block size of", value);
            field = value;
        }
    } = 2;

    /// <summary>Vectors [s, n], one after another, that span about what is looked for, as the eigenvectors of a matrix nearby; empty for random ones.</summary>
    /// <remarks>They need not be orthogonal or of length 1. Their span is looked at first: where it holds the pairs to the tolerance the products are s, and those of the check where that is on.</remarks>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public ImmutableArray<double> Start
    {
        get;
        init
        {
            Require.Finite("EigenOptions", "a start", value.AsSpan());
            field = value.IsDefault ? [] : value;
        }
    } = [];

    /// <summary>Whether a run from random vectors orthogonal to all that was found looks for missed copies where some could be missing; on by default.</summary>
    /// <remarks>
    /// Copies can be missing where as many as <see cref="BlockSize"/> of an eigenvalue were found that is not the innermost, and wherever a start was given. The run ends
    /// when the probability of a miss is below 1e-6 (Kuczyński, Woźniakowski 1992), or when its own outermost pair has converged inside those found.
    /// </remarks>
    public bool ExcludeMissed { get; init; } = true;

    /// <summary>The most bytes that the basis may take, n doubles a vector; 4 GiB by default. Vectors beyond are folded into fewer, which costs products.</summary>
    /// <exception cref="ArgumentException">It is not positive.</exception>
    public long BasisBytes
    {
        get;
        init
        {
            Require.Positive("EigenOptions", "a basis of", value);
            field = value;
        }
    } = 4L << 30;
}
