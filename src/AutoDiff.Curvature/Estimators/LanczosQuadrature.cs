using System.Collections.Immutable;

namespace AutoDiff.Curvature;

/// <summary>Gauss quadratures of an operator's spectrum by Lanczos runs from random vectors, side by side, so that products are of blocks.</summary>
/// <remarks>
/// Lanczos 1950 with full reorthogonalization done twice, also against the vectors deflated: a run is one on the complement of their span. It ends early where a
/// subspace is invariant to rounding, and the rule is then exact for every function.
/// </remarks>
internal sealed class LanczosQuadrature(int size, int nodes, IReadOnlyList<double[]> deflated)
{
    /// <summary>The rule of each start [count, n]; null where a product is not finite.</summary>
    /// <param name="starts">The vectors to start from, which are overwritten.</param>
    /// <param name="count">How many.</param>
    /// <param name="apply">The products of the rows of a block [count, n].</param>
    /// <param name="options">Threads and cancellation.</param>
    public QuadratureRule?[] Rules(double[] starts, int count, Func<double[], int, double[]> apply, RunOptions options)
    {
        var runs = new Run[count];
        Work.Share(count, i => runs[i] = new(starts.AsSpan(i * size, size), nodes, deflated), options);
        double[] x = [];
        for (var step = 0; step < nodes; step++)
        {
            var active = Array.FindAll(runs, run => run.IsActive);
            if (active.Length == 0)
                break;
            if (x.Length != active.Length * size)
                x = new double[active.Length * size];
            for (var i = 0; i < active.Length; i++)
                active[i].Last.CopyTo(x.AsSpan(i * size));
            var y = apply(x, active.Length);
            Work.Share(active.Length, i => active[i].Step(y.AsSpan(i * size, size)), options);
        }
        var rules = new QuadratureRule?[count];
        Work.Share(count, i => rules[i] = runs[i].Rule(), options);
        return rules;
    }

    private sealed class Run
    {
        private readonly KrylovBasis _basis;
        private readonly int _nodes;
        private readonly List<double> _diagonal = [];
        private readonly List<double> _offDiagonal = [];
        private double _scale;
        private bool _isFinite = true;

        public Run(Span<double> start, int nodes, IReadOnlyList<double[]> deflated)
        {
            (_basis, _nodes) = (new(start.Length, nodes + deflated.Count), nodes);
            foreach (var vector in deflated)
                _basis.Add(vector, 1);
            var norm = _basis.Orthogonalize(start, new double[deflated.Count]);
            IsActive = norm > 0;
            if (IsActive)
                _basis.Add(start, norm);
        }

        public bool IsActive { get; private set; }

        public ReadOnlySpan<double> Last => _basis[_basis.Count - 1];

        public void Step(Span<double> w)
        {
            var norm = VectorLoops.Norm(w);
            if (!double.IsFinite(norm))
            {
                (IsActive, _isFinite) = (false, false);
                return;
            }
            _scale = Math.Max(_scale, norm);
            var coefficients = new double[_basis.Count];
            var rest = _basis.Orthogonalize(w, coefficients);
            _diagonal.Add(coefficients[^1]);
            // What is left of a product within its rounding has no direction.
            IsActive = _diagonal.Count < _nodes && _basis.Count < _basis.Size && rest > _basis.Size * Roundoff.Epsilon * _scale;
            if (!IsActive)
                return;
            _offDiagonal.Add(rest);
            _basis.Add(w, rest);
        }

        public QuadratureRule? Rule()
        {
            if (!_isFinite)
                return null;
            var m = _diagonal.Count;
            var matrix = new double[m * m];
            for (var i = 0; i < m; i++)
            {
                matrix[i * (m + 1)] = _diagonal[i];
                if (i < m - 1)
                    matrix[(i * (m + 1)) + 1] = matrix[((i + 1) * (m + 1)) - 1] = _offDiagonal[i];
            }
            var eigen = SymmetricEigen.Decompose(matrix, m);
            var weights = ImmutableArray.CreateRange(Enumerable.Range(0, m).Select(k => eigen.Vectors[k * m] * eigen.Vectors[k * m]));
            return new(eigen.Eigenvalues, weights);
        }
    }
}
