namespace AutoDiff.Curvature;

/// <summary>Minimizes a loss by gradients alone, and leaves saddles by random perturbations.</summary>
/// <remarks>
/// <para>
/// Jin, Ge, Netrapalli, Kakade, Jordan 2017 (1703.00887), algorithm 2: x ← x − ηg; where ‖g‖ ≤ ε_g, x is moved to a point uniform in a ball of radius r, and t_thres steps go on from there. If the loss is then
/// lower by f_thres, the descent goes on there, else x was second-order stationary with high probability and is returned. All counts as one step.
/// </para>
/// <para>
/// The paper's constants need the Lipschitz constants of gradient and Hessian; here η is found by search (half of it where the loss falls by less than η‖g‖²/2, a tenth more where it does), and f_thres = √τ·r²/(4η) is half of what a
/// curvature of −√τ/η gives at r, τ the tolerance. At the end a look at the curvature, products with the Hessian, says what the result is; if it is negative after all, perturbations are repeated with radii up to 2¹⁰·r.
/// </para>
/// <para>Where rounding hides the decrease, 64·ε of the largest loss met, the gradient must shrink. Cost: a gradient a step and each η tried; the products of that look; four vectors [n] beside its. The number of steps grows as the Hessian's condition number.</para>
/// </remarks>
public static class PerturbedDescent
{
    /// <summary>A minimum of a loss, from any start, saddles and maxima included.</summary>
    /// <param name="loss">A scalar function of the tree.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, key, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The loss is not a scalar, or the start has no element or one that is not finite.</exception>
    /// <exception cref="InvalidOperationException">The loss uses a value that is being differentiated or traced.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static MinimizerResult<T> Minimize<T>(Func<T, Tensor> loss, T start, PerturbedDescentOptions? options = null)
        where T : ITensorTree<T> => Minimize(Objective.Of("PerturbedDescent.Minimize", loss, start), start, options);

    /// <summary>A minimum of an objective, without making its plans anew.</summary>
    /// <param name="objective">The objective.</param>
    /// <param name="start">Where to begin.</param>
    /// <param name="options">Tolerances, limits, key, progress and cancellation.</param>
    /// <exception cref="ArgumentException">The start is none of the objective's points, or has no element or one that is not finite.</exception>
    /// <exception cref="IterationCanceledException{TSolution}">The work was cancelled; the exception holds the last iterate.</exception>
    public static MinimizerResult<T> Minimize<T>(Objective<T> objective, T start, PerturbedDescentOptions? options = null)
        where T : ITensorTree<T>
    {
        Require.NotNull(objective, "PerturbedDescent.Minimize");
        return new Run<T>(objective, options ?? new()).From(start);
    }

    private sealed class Run<T>(Objective<T> objective, PerturbedDescentOptions options)
        : DescentRun<T>("PerturbedDescent.Minimize", objective, options, mostIterations: 100_000)
        where T : ITensorTree<T>
    {
        private const double Growth = 1.1;
        private const int Radii = 10;

        // A gradient step gains digits slowly.
        protected override int MostStalls => 1000;

        protected override (DescentPoint? Next, Outcome Failure) Advance(DescentPoint at)
        {
            var (next, failure, rate) = Step(at, State.Length);
            if (next is not null)
                State = State with { Length = rate };
            return (next, failure);
        }

        protected override DescentPoint? Shake(DescentPoint at) => Shake(at, Radius(at), 0);

        protected override (DescentPoint? Next, Outcome Failure) Leave(DescentPoint at, SpectralRange range)
        {
            for (var i = 1; i <= Radii; i++)
            {
                if (Shake(at, Math.ScaleB(Radius(at), i), (ulong)i) is { } next)
                    return (next, default);
            }
            return (null, Outcome.NegativeCurvature);
        }

        private double Radius(DescentPoint at) => options.Radius ?? (1e-3 * Math.Max(1, VectorLoops.Norm(at.X)));

        /// <summary>A step along the gradient, from a factor on, 0 for a new one; with the factor for the next. Where rounding hides the decrease the gradient must shrink.</summary>
        private (DescentPoint? Next, Outcome Failure, double Rate) Step(DescentPoint at, double rate)
        {
            if (rate == 0)
                rate = Size(at) / at.Norm;
            // A descent this slow comes to where the loss is less than the rounding of its parts, which were as large as it was.
            var noise = Rounding * State.LargestLoss;
            var (outside, inside) = (false, false);
            for (var i = 0; i < Halvings && Moved(at, -rate, at.Gradient) is { } x; i++, rate /= 2)
            {
                var next = Look(x);
                if (double.IsNegativeInfinity(next.Value))
                    return (null, Outcome.NotFinite, rate);
                var fall = at.Value - next.Value;
                var wanted = rate * at.Norm * at.Norm / 2;
                if (next.IsFinite && ((fall > 0 && fall >= wanted) || (fall >= wanted - noise && next.Norm < at.Norm)))
                    return (next, default, i == 0 ? Growth * rate : rate);
                (outside, inside) = (outside || !next.IsFinite, inside || next.IsFinite);
            }
            return (null, outside && !inside ? Outcome.NotFinite : Outcome.SmallStep, rate);
        }

        private DescentPoint? Shake(DescentPoint at, double radius, ulong number)
        {
            var point = Look(Perturbed(at.X, radius, StepKey.FoldIn(number)));
            var rate = State.Length;
            for (var i = 0; i < options.Steps && point.IsFinite && point.Norm > 0; i++)
            {
                var (next, _, after) = Step(point, rate);
                if (next is null)
                    break;
                (point, rate) = (next, after);
            }
            if (!point.IsFinite || rate == 0)
                return null;
            var wanted = Math.Max(Noise(at), Math.Sqrt(options.Tolerance) * radius / rate * radius / 4);
            if (!(at.Value - point.Value > wanted))
                return null;
            State = State with { Length = rate };
            return point;
        }

        /// <summary>A point uniform in the ball: a normal direction, and a radius whose n-th power is uniform.</summary>
        private static double[] Perturbed(double[] x, double radius, Key key)
        {
            var (first, second) = key.Split();
            var direction = first.Normal([x.Length]).ToArray();
            var length = radius * Math.Pow(second.Uniform([]).Item(), 1.0 / x.Length) / VectorLoops.Norm(direction);
            var moved = (double[])x.Clone();
            VectorLoops.AddScaled(length, direction, moved);
            return moved;
        }
    }
}
