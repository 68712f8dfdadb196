namespace AutoDiff.Curvature;

/// <summary>The Frobenius norm of an operator, of any shape, from products with random vectors.</summary>
/// <remarks>
/// ‖A‖_F² = E‖Av‖² (Girard 1989; Hutchinson 1990, with AᵀA for A). A product a sample and two blocks of vectors in memory; normal elements would vary with 2‖AᵀA‖_F², signs with
/// 2(‖AᵀA‖_F² − Σᵢ ‖aᵢ‖⁴) over the columns aᵢ, and are used unless the options say otherwise. The exact norm is found from the n columns.
/// </remarks>
public static class FrobeniusNorm
{
    /// <summary>‖A‖_F², without bias; ∞ where that exceeds the range of double and <see cref="Estimate"/> does not.</summary>
    /// <param name="a">The operator A [m, n].</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Tolerance or budget; null for a standard error of 1 % of the square.</param>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    public static Estimate Squared(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireGiven("FrobeniusNorm", a, key);
        return new SquareSampler(a, key, options ?? new(), isRoot: false).Run();
    }

    /// <summary>‖A‖_F, the root of the squared norm's estimate; its standard error is that one's over 2‖A‖_F (the delta method), and its bias smaller still.</summary>
    /// <param name="a">The operator A [m, n].</param>
    /// <param name="key">What the probes are drawn from.</param>
    /// <param name="options">Tolerance or budget of the norm; null for a standard error of 1 % of it.</param>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the estimate.</exception>
    public static Estimate Estimate(LinearOperator a, Key key, EstimatorOptions? options = null)
    {
        Arguments.RequireGiven("FrobeniusNorm", a, key);
        return new SquareSampler(a, key, options ?? new(), isRoot: true).Run();
    }

    private sealed class SquareSampler(LinearOperator a, Key key, EstimatorOptions options, bool isRoot)
        : Sampler<Estimate>("FrobeniusNorm", a, options)
    {
        private readonly List<double> _norms = [];
        private double _exact;

        protected override int Cost => 1;

        protected override int Draw(int first, int count)
        {
            var y = Apply(Probe(key, ProbeDistribution.Rademacher, first, count), count);
            for (var i = 0; i < count; i++)
            {
                var norm = VectorLoops.Norm(y.AsSpan(i * A.Rows, A.Rows));
                if (!double.IsFinite(norm))
                    return i;
                _norms.Add(norm);
            }
            return count;
        }

        protected override (double Error, double Magnitude) Measure()
        {
            var (value, error) = Found();
            return (error, value);
        }

        protected override bool Exact()
        {
            var norms = new double[Size];
            Columns((i, column) => norms[i] = VectorLoops.Norm(column.Span));
            var norm = VectorLoops.Norm(norms);
            _exact = isRoot ? norm : norm * norm;
            return double.IsFinite(_exact);
        }

        protected override Estimate Result(Outcome outcome, bool isExact)
        {
            if (isExact)
                return new(_exact, 0, Products);
            var (value, error) = Found();
            return new(value, error, Products) { Outcome = outcome, Samples = _norms.Count };
        }

        private (double Value, double Error) Found()
        {
            var largest = VectorLoops.Largest([.. _norms]);
            // Of magnitude 1 at most, so that squares stay in range.
            var exponent = largest > 0 ? Math.ILogB(largest) + 1 : 0;
            var (mean, error) = SampleMean.Of([.. _norms.Select(norm => Math.ScaleB(norm, -exponent)).Select(norm => norm * norm)]);
            if (!isRoot)
                return (Math.ScaleB(mean, 2 * exponent), Math.ScaleB(error, 2 * exponent));
            var root = Math.Sqrt(mean);
            return (Math.ScaleB(root, exponent), root == 0 ? error : Math.ScaleB(error / (2 * root), exponent));
        }
    }
}
