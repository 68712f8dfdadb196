using System.Runtime.InteropServices;

namespace AutoDiff.Curvature;

/// <summary>Solves Ax = b for a positive definite operator by products alone, and finds a direction of negative curvature where it is not definite.</summary>
/// <remarks>
/// Hestenes, Stiefel 1952; with the test on curvature, the inner iteration of truncated Newton methods (Steihaug 1983; Nocedal, Wright 2006, algorithm 7.1).
/// Iterates start at 0, so that x is a descent direction for the model ½xᵀAx − bᵀx at every step. A semidefinite operator is solved where b is in its range.
/// </remarks>
public static class ConjugateGradient
{
    /// <summary>Solves Ax = <paramref name="b"/> [n].</summary>
    /// <param name="a">The symmetric operator A.</param>
    /// <param name="b">The right-hand side [n].</param>
    /// <param name="options">When to stop; null for the defaults.</param>
    /// <remarks>
    /// Curvature within n·ε·‖Ap‖·‖p‖ of zero is taken for zero. Where b = 0 the solution is 0 after no step. A product, a residual or a solution that is not finite
    /// ends in <see cref="Outcome.NotFinite"/> with the iterate before it.
    /// </remarks>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the iterate.</exception>
    /// <exception cref="ArgumentException">A is not symmetric, or b has another length than A's, or an element that is not finite.</exception>
    public static LinearSolution Solve(LinearOperator a, ReadOnlySpan<double> b, ConjugateGradientOptions? options = null)
    {
        Require.NotNull(a, "ConjugateGradient");
        a.RequireSymmetric("ConjugateGradient");
        Require.Length("ConjugateGradient", "a right-hand side", b.Length, a.Size);
        Require.Finite("ConjugateGradient", "the right-hand side", b);
        return new Run(a, b, options ?? new ConjugateGradientOptions()).Solve();
    }

    private sealed class Run
    {
        private readonly LinearOperator _a;
        private readonly ConjugateGradientOptions _options;
        private readonly int _exponent;
        private readonly double[] _b;
        private double[] _x;
        private double[] _next;
        private readonly double[] _r;
        private readonly double[] _p;
        private readonly double[] _product;
        private readonly double _goal;
        private readonly double _scale;
        private double[] _direction = [];
        private double _curvature;
        private int _products;

        public Run(LinearOperator a, ReadOnlySpan<double> b, ConjugateGradientOptions options)
        {
            (_a, _options) = (a, options);
            // A right-hand side of about 1 keeps the squares in range.
            var largest = VectorLoops.Largest(b);
            _exponent = largest == 0 ? 0 : Math.ILogB(largest);
            _b = b.ToArray();
            for (var i = 0; i < _b.Length; i++)
                _b[i] = Math.ScaleB(_b[i], -_exponent);
            (_x, _next, _product) = (new double[b.Length], new double[b.Length], new double[b.Length]);
            (_r, _p) = ((double[])_b.Clone(), (double[])_b.Clone());
            _scale = VectorLoops.Norm(_b);
            _goal = options.Tolerance * _scale;
        }

        public LinearSolution Solve()
        {
            var limit = _options.MaxIterations ?? (int)Math.Min(10L * _a.Size, int.MaxValue);
            var square = VectorLoops.Dot(_r, _r);
            var restarted = double.PositiveInfinity;
            for (var iteration = 0; ; iteration++)
            {
                if (_options.Cancellation.IsCancellationRequested)
                    throw new IterationCanceledException<LinearSolution>(
                        "ConjugateGradient",
                        iteration,
                        End(Outcome.Cancelled, iteration),
                        _options.Cancellation
                    );
                _options.Progress?.Report(
                    new("conjugate gradients", double.NaN, iteration, Measure: Math.ScaleB(Math.Sqrt(square), _exponent))
                );
                // Below ε·‖b‖ the recurrence has run past what double precision resolves.
                if (Math.Sqrt(square) <= Math.Max(_goal, Roundoff.Epsilon * _scale))
                {
                    // The recurrence drifts from the residual: what counts is the latter, and the iteration goes on from it while that helps.
                    var residual = Recompute();
                    if (residual <= _goal)
                        return End(Outcome.Converged, iteration, residual);
                    if (!(residual < 0.5 * restarted))
                        return End(double.IsFinite(residual) ? Outcome.Breakdown : Outcome.NotFinite, iteration, residual);
                    restarted = residual;
                    square = residual * residual;
                    _r.CopyTo(_p, 0);
                }
                if (iteration == limit || _products >= _options.MaxProducts)
                    return End(Outcome.MaxIterations, iteration);
                _a.Apply(_p, _product);
                _products++;
                var curvature = VectorLoops.Dot(_p, _product);
                var (length, scale) = (VectorLoops.Norm(_p), VectorLoops.Norm(_product));
                if (!double.IsFinite(scale) || !double.IsFinite(curvature))
                    return End(Outcome.NotFinite, iteration);
                var flat = Math.Abs(curvature) <= _a.Size * Roundoff.Epsilon * length * scale;
                if ((flat || curvature < 0) && _direction.Length == 0)
                    Keep(flat ? 0 : curvature / length / length, length);
                if (flat)
                    return End(Outcome.Breakdown, iteration);
                if (curvature < 0 && _options.StopAtNegativeCurvature)
                    return End(Outcome.NegativeCurvature, iteration);
                var step = square / curvature;
                _x.CopyTo(_next, 0);
                VectorLoops.AddScaled(step, _p, _next);
                VectorLoops.AddScaled(-step, _product, _r);
                var next = VectorLoops.Dot(_r, _r);
                if (!double.IsFinite(next) || !double.IsFinite(Math.ScaleB(VectorLoops.Largest(_next), _exponent)))
                    return End(Outcome.NotFinite, iteration);
                (_x, _next) = (_next, _x);
                VectorLoops.Scale(next / square, _p);
                VectorLoops.AddScaled(1, _r, _p);
                square = next;
            }
        }

        private void Keep(double curvature, double length)
        {
            _curvature = curvature;
            _direction = (double[])_p.Clone();
            VectorLoops.Scale(1 / length, _direction);
        }

        /// <summary>r ← b − Ax; gives ‖r‖₂.</summary>
        private double Recompute()
        {
            _a.Apply(_x, _product);
            _products++;
            _b.CopyTo(_r, 0);
            VectorLoops.AddScaled(-1, _product, _r);
            return VectorLoops.Norm(_r);
        }

        private LinearSolution End(Outcome outcome, int iterations, double? known = null)
        {
            var residual = known ?? Recompute();
            var value = Array.ConvertAll(_x, x => Math.ScaleB(x, _exponent));
            var kept = Array.ConvertAll(value, x => Math.ScaleB(x, -_exponent));
            if (!kept.AsSpan().SequenceEqual(_x))
            {
                // A solution that underflows leaves another residual than the one found.
                _x = kept;
                residual = Recompute();
                if (outcome == Outcome.Converged && !(residual <= _goal))
                    outcome = Outcome.Breakdown;
            }
            return new()
            {
                Value = ImmutableCollectionsMarshal.AsImmutableArray(value),
                Outcome = outcome,
                Iterations = iterations,
                Products = _products,
                Measure = Math.ScaleB(residual, _exponent),
                Direction = ImmutableCollectionsMarshal.AsImmutableArray(_direction),
                Curvature = _curvature,
            };
        }
    }
}
