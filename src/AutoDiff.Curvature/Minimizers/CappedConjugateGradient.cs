namespace AutoDiff.Curvature;

/// <summary>A step from conjugate gradients on the damped Hessian H + 2εI, or a direction in which H curves down by more than ε.</summary>
/// <param name="Direction">d [n]; empty where a product is not finite.</param>
/// <param name="IsNegative">Whether dᵀHd ≤ −ε‖d‖².</param>
/// <param name="Curvature">dᵀHd.</param>
/// <param name="Norm">A lower bound on ‖H‖₂, the largest seen.</param>
/// <param name="Products">How many products it took.</param>
internal sealed record CappedStep(double[] Direction, bool IsNegative, double Curvature, double Norm, int Products);

/// <summary>Royer, O'Neill, Wright 2020, algorithm 1.</summary>
/// <remarks>
/// Conjugate gradients whose residuals must fall as fast as they do for a matrix with eigenvalues from ε to ‖H‖ + 2ε; where they do not, two of the iterates differ by a direction of
/// curvature below ε, which a second run finds. So there are at most about √(‖H‖/ε)·ln(‖H‖/ε) products before one or the other is known, or n. Products with iterates and residuals come by recurrence.
/// Rounding may leave neither known: past 2n steps, or where the second run finds nothing, the last iterate is the step, downhill all the same.
/// </remarks>
internal sealed class CappedConjugateGradient(LinearOperator hessian, double[] gradient, double epsilon, double norm, RunOptions options)
{
    private const double Accuracy = 0.5; // ζ

    private readonly int _n = gradient.Length;
    private double _norm = norm;
    private int _products;

    public CappedStep Solve()
    {
        var run = new Iteration(this);
        if (!run.IsFinite)
            return End([], false, double.NaN);
        if (run.CurvatureOfP < epsilon)
            return End(run.P, true, run.PHp);
        var start = run.Residual;
        for (var j = 1; ; j++)
        {
            options.Cancellation.ThrowIfCancellationRequested();
            run.Advance();
            if (run.CurvatureOfY < epsilon)
                return End(run.Y, true, run.YHy);
            var condition = (_norm + (2 * epsilon)) / epsilon;
            if (run.Residual <= Math.Max(Accuracy / (3 * condition), Roundoff.Epsilon) * start || j > (2L * _n) + 10)
                return End(run.Y, false, run.YHy);
            run.Turn();
            if (!run.IsFinite)
                return End([], false, double.NaN);
            if (run.CurvatureOfP < epsilon)
                return End(run.P, true, run.PHp);
            var rate = Math.Sqrt(condition) / (Math.Sqrt(condition) + 1);
            var ahead = 2 * condition * condition / (1 - Math.Sqrt(rate));
            if (run.Residual > ahead * Math.Pow(rate, j / 2.0) * start)
                return Slow(run, j);
        }
    }

    /// <summary>The difference of the next iterate from an earlier one with curvature below ε.</summary>
    private CappedStep Slow(Iteration run, int count)
    {
        run.Advance();
        var again = new Iteration(this);
        for (var i = 0; i < count; i++)
        {
            var (d, product) = ((double[])run.Y.Clone(), (double[])run.Hy.Clone());
            VectorLoops.AddScaled(-1, again.Y, d);
            VectorLoops.AddScaled(-1, again.Hy, product);
            var (square, curvature) = (VectorLoops.Dot(d, d), VectorLoops.Dot(d, product));
            if (curvature + (epsilon * square) < 0)
                return End(d, true, curvature);
            again.Advance();
            again.Turn();
        }
        return End(run.Y, false, run.YHy);
    }

    private CappedStep End(double[] direction, bool negative, double curvature) => new(direction, negative, curvature, _norm, _products);

    /// <summary>The iteration's vectors, H·p, H·y and H·r with them.</summary>
    private sealed class Iteration
    {
        private readonly CappedConjugateGradient _of;
        private readonly double[] _r;
        private double[] _hp;
        private double[] _hpBefore;
        private double _square;
        private double _ratio;

        public Iteration(CappedConjugateGradient of)
        {
            _of = of;
            (Y, Hy, _r, P) = (new double[of._n], new double[of._n], (double[])of.Gradient.Clone(), (double[])of.Gradient.Clone());
            VectorLoops.Scale(-1, P);
            (_hp, _hpBefore) = (new double[of._n], new double[of._n]);
            _square = VectorLoops.Dot(_r, _r);
            Multiply();
        }

        public double[] Y { get; }

        public double[] Hy { get; }

        public double[] P { get; }

        public bool IsFinite { get; private set; }

        public double Residual => Math.Sqrt(_square);

        public double PHp { get; private set; }

        public double YHy => VectorLoops.Dot(Y, Hy);

        /// <summary>pᵀ(H + 2εI)p ⁄ ‖p‖².</summary>
        public double CurvatureOfP { get; private set; }

        /// <summary>The same of y.</summary>
        public double CurvatureOfY => (YHy / VectorLoops.Dot(Y, Y)) + (2 * _of.Epsilon);

        /// <summary>The next iterate and residual.</summary>
        public void Advance()
        {
            var step = _square / (PHp + (2 * _of.Epsilon * VectorLoops.Dot(P, P)));
            VectorLoops.AddScaled(step, P, Y);
            VectorLoops.AddScaled(step, _hp, Hy);
            VectorLoops.AddScaled(step, _hp, 2 * _of.Epsilon * step, P, _r);
            var square = VectorLoops.Dot(_r, _r);
            (_ratio, _square) = (square / _square, square);
            _of.Widen(Y, Hy);
        }

        /// <summary>The next direction, with its product.</summary>
        public void Turn()
        {
            VectorLoops.Scale(_ratio, P);
            VectorLoops.AddScaled(-1, _r, P);
            (_hp, _hpBefore) = (_hpBefore, _hp);
            Multiply();
            // r = βp′ − p, p′ the direction before.
            VectorLoops.Scale(_ratio, _hpBefore);
            VectorLoops.AddScaled(-1, _hp, _hpBefore);
            _of.Widen(_r, _hpBefore);
        }

        private void Multiply()
        {
            _of.Hessian.Apply(P, _hp);
            _of._products++;
            PHp = VectorLoops.Dot(P, _hp);
            CurvatureOfP = (PHp / VectorLoops.Dot(P, P)) + (2 * _of.Epsilon);
            IsFinite = double.IsFinite(VectorLoops.Norm(_hp)) && double.IsFinite(PHp);
            _of.Widen(P, _hp);
        }
    }

    private LinearOperator Hessian => hessian;

    private double[] Gradient => gradient;

    private double Epsilon => epsilon;

    private void Widen(double[] vector, double[] product)
    {
        var ratio = VectorLoops.Norm(product) / VectorLoops.Norm(vector);
        if (ratio > _norm && double.IsFinite(ratio))
            _norm = ratio;
    }
}
