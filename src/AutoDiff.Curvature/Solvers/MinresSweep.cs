namespace AutoDiff.Curvature;

/// <summary>One run of the recurrences of MINRES-QLP for a right-hand side b [n], which is its first residual.</summary>
/// <param name="a">The operator.</param>
/// <param name="options">When to stop; the tolerances are relative to b and to A.</param>
/// <param name="unit">The exponent of the right-hand side's unit.</param>
internal sealed class MinresSweep(ScaledProducts a, MinresOptions options, int unit)
{
    /// <summary>√ε: a sweep ends where ‖Ar‖/‖r‖ has fallen by that, since the next step would divide by so little that the recurrences lose the other half.</summary>
    private const double HalfTheDigits = 1.0 / (1 << 26);

    private readonly double _rounding = a.Size * Roundoff.Epsilon;

    /// <summary>The solution [n].</summary>
    public double[] X { get; private set; } = new double[a.Size];

    /// <summary>The number of steps taken.</summary>
    public int Iterations { get; private set; }

    /// <summary>An estimate of ‖A‖ from below.</summary>
    public double Norm { get; private set; }

    /// <summary>‖A‖ over the least magnitude on L's diagonal.</summary>
    public double Condition { get; private set; } = 1;

    /// <summary>The first residual direction of curvature that is not positive, or empty.</summary>
    public double[] Direction { get; private set; } = [];

    /// <summary>Its curvature.</summary>
    public double Curvature { get; private set; }

    /// <summary>Whether ‖Ar‖/‖r‖ has fallen so far that r counts as a null vector.</summary>
    public bool IsLeastSquares { get; private set; }

    /// <summary>Solves for b; gives why it ended: converged where its recurrences say that a criterion is met, or that they have no more to say.</summary>
    public Outcome Solve(ReadOnlySpan<double> b)
    {
        var (n, scale) = (a.Size, VectorLoops.Norm(b));
        var (vectors, factors) = (new QlpVectors(n), new QlpFactors(scale));
        double[] r = b.ToArray(),
            v = b.ToArray(),
            before = new double[n],
            product = new double[n],
            next = new double[n];
        Divide(v, scale);
        var (coupling, highest) = (0.0, 0.0);
        while (true)
        {
            options.Progress?.Report(new("MINRES-QLP", double.NaN, Iterations, Measure: Math.ScaleB(factors.Phi, unit)));
            if (options.Cancellation.IsCancellationRequested)
                return Outcome.Cancelled;
            // Below ε·(‖b‖ + ‖A‖‖x‖) the recurrence has run past what double precision resolves.
            if (factors.Phi <= Math.Max(options.Tolerance * scale, Roundoff.Epsilon * (scale + (Norm * VectorLoops.Norm(X)))))
                return Outcome.Converged;
            if (Iterations >= options.MaxIterations || a.Count >= options.MaxProducts)
                return Outcome.MaxIterations;
            a.Apply(v, product);
            if (!double.IsFinite(VectorLoops.Norm(product)))
                return Outcome.NotFinite;
            VectorLoops.AddScaled(-coupling, before, product);
            var alpha = VectorLoops.Dot(v, product);
            VectorLoops.AddScaled(-alpha, v, product);
            var beta = VectorLoops.Norm(product);
            Norm = Math.Max(Norm, double.Hypot(coupling, double.Hypot(alpha, beta)));
            var (curvature, normal) = factors.Look(alpha, beta);
            if (curvature <= _rounding * Norm && Direction.Length == 0)
            {
                Direction = (double[])r.Clone();
                Divide(Direction, factors.Phi);
                Curvature = curvature < -_rounding * Norm ? curvature : 0;
                if (options.StopAtNonpositiveCurvature)
                    return Outcome.NegativeCurvature;
            }
            highest = Math.Max(highest, normal);
            if (normal <= Math.Max(Math.Max(0.5 * options.NormalTolerance, _rounding) * Norm, HalfTheDigits * highest))
            {
                // What x has along a null vector is taken out.
                IsLeastSquares = true;
                VectorLoops.AddScaled(-VectorLoops.Dot(r, X) / VectorLoops.Dot(r, r), r, X);
                return Outcome.Converged;
            }
            factors.Take();
            vectors.Add(v, factors, next);
            if (!double.IsFinite(Math.ScaleB(VectorLoops.Largest(next), unit - a.Exponent)))
                return Outcome.NotFinite;
            (X, next) = (next, X);
            Iterations++;
            Condition = Norm / factors.LeastDiagonal;
            if (beta > 0)
                Divide(product, beta);
            (before, v, product, coupling) = (v, product, before, beta);
            // With the new vector v: r ← s²·r − φ·c·v.
            VectorLoops.Scale(factors.Left.Sine * factors.Left.Sine, r);
            VectorLoops.AddScaled(-factors.Phi * factors.Left.Cosine, v, r);
        }
    }

    private static void Divide(double[] vector, double by)
    {
        for (var i = 0; i < vector.Length; i++)
            vector[i] /= by;
    }
}
