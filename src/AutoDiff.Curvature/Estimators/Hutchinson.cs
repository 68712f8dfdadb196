namespace AutoDiff.Curvature;

/// <summary>Trace and diagonal of an operator from products with random vectors.</summary>
/// <remarks>
/// Girard 1989; Hutchinson 1990; Bekas, Kokiopoulou, Saad 2007 for the diagonal. Signs unless the options say otherwise. A product a sample, two blocks of vectors in memory;
/// samples are independent, so that intervals keep their level where there are a few dozen of them.
/// </remarks>
public static class Hutchinson
{
    /// <summary>tr A, as the mean of vᵀAv.</summary>
    /// <param name="a">The square operator A, symmetric or not.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the trace.</param>
    /// <remarks>The variance of a sample is <see cref="ProbeDistribution"/>'s with (A + Aᵀ)/2 for A. The exact trace is found from the n columns.</remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    public static Estimate Trace(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireSquare("Hutchinson.Trace", a, key);
        return new TraceSampler(a, key, options ?? new()).Run();
    }

    /// <summary>The diagonal of A, as Σ v⊙Av ⊘ Σ v⊙v over the probes.</summary>
    /// <param name="a">The square operator A, symmetric or not.</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the diagonal's norm.</param>
    /// <remarks>
    /// The variance of an element with signs is Σ Aᵢⱼ² over j ≠ i, divided by the number of probes. With probes that are not signs the quotient is biased by a term of the
    /// order of one over their number, well within the standard error, which is that of the residuals v⊙(Av − dv).
    /// </remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    /// <exception cref="ArgumentException">The operator is not square.</exception>
    public static DiagonalEstimate Diagonal(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireSquare("Hutchinson.Diagonal", a, key);
        return new BekasSampler(a, key, options ?? new()).Run();
    }

    private sealed class TraceSampler(LinearOperator a, Key key, EstimatorOptions options) : MeanSampler("Hutchinson.Trace", a, options)
    {
        protected override int Cost => 1;

        protected override double[] Values(int first, int count)
        {
            var x = Probe(key, ProbeDistribution.Rademacher, first, count);
            var y = Apply(x, count);
            var values = new double[count];
            for (var i = 0; i < count; i++)
                values[i] = VectorLoops.Dot(x.AsSpan(i * Size, Size), y.AsSpan(i * Size, Size));
            return values;
        }

        protected override double ExactValue()
        {
            var diagonal = new double[Size];
            Columns((i, column) => diagonal[i] = column.Span[i]);
            return diagonal.Sum();
        }
    }
}
