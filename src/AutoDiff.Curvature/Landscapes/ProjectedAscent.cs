namespace AutoDiff.Curvature;

/// <summary>The largest value over a convex set, from one start: spectral projected gradients, never going down (Birgin, Martínez, Raydan 2000, with the line search monotone).</summary>
/// <remarks>Where the function curves upward the projected point at infinity is tried, a vertex of a box, or g/‖g‖ on a ball: the power method (Journée, Nesterov, Richtárik, Sepulchre 2010).</remarks>
/// <param name="value">The value at a point [n], whose gradient it writes.</param>
/// <param name="project">Moves a point to the nearest of the set, which is about 1 wide and holds 0.</param>
/// <param name="tolerance">See <see cref="Measure"/>.</param>
/// <param name="steps">The steps allowed.</param>
internal sealed class ProjectedAscent(Func<double[], double[], double> value, Action<double[]> project, double tolerance, int steps)
{
    private const double SufficientIncrease = 1e-4; // Nocedal, Wright 2006, section 3.1
    private const double Rounding = 8 * Roundoff.Epsilon;
    private const double Longest = 1e6;
    private const int Halvings = 40;

    private double _steepest;

    /// <summary>The point reached.</summary>
    public double[] Point { get; private set; } = [];

    /// <summary>The value there.</summary>
    public double Value { get; private set; } = double.NaN;

    /// <summary>How the search ended; cancelled until it has.</summary>
    public Outcome Outcome { get; private set; } = Outcome.Cancelled;

    /// <summary>The largest element of P(z + g/G) − z, G the largest element of any gradient met.</summary>
    public double Measure { get; private set; } = double.NaN;

    public int Iterations { get; private set; }

    public int Evaluations { get; private set; }

    public void Run(double[] start, CancellationToken cancellation)
    {
        var (z, gradient) = ((double[])start.Clone(), new double[start.Length]);
        project(z);
        var here = Look(z, gradient);
        var outside = !(double.IsFinite(here) && Array.TrueForAll(gradient, double.IsFinite));
        if (outside)
        {
            Outcome = Outcome.NotFinite;
            return;
        }
        (Point, Value) = (z, here);
        for (var length = 1.0; ; Iterations++)
        {
            var slope = VectorLoops.Largest(gradient);
            _steepest = Math.Max(_steepest, slope);
            Measure = _steepest == 0 ? 0 : VectorLoops.Largest(Way(z, gradient, 1 / _steepest));
            if (Measure <= tolerance || Iterations == steps)
            {
                Outcome =
                    outside ? Outcome.NotFinite
                    : Measure <= tolerance ? Outcome.Converged
                    : Outcome.MaxIterations;
                return;
            }
            cancellation.ThrowIfCancellationRequested();
            var (next, there) = (new double[z.Length], new double[z.Length]);
            var way = Way(z, gradient, length / slope);
            var gain = VectorLoops.Dot(gradient, way);
            var (share, reached) = (1.0, double.NaN);
            for (var i = 0; i < Halvings && gain * share > Rounding * Math.Abs(here); i++, share /= 2)
            {
                z.CopyTo(next, 0);
                VectorLoops.AddScaled(share, way, next);
                var trial = Look(next, there);
                var finite = double.IsFinite(trial) && Array.TrueForAll(there, double.IsFinite);
                outside |= !finite;
                if (finite && trial >= here + (SufficientIncrease * share * gain))
                {
                    reached = trial;
                    break;
                }
            }
            if (double.IsNaN(reached))
            {
                Outcome = outside ? Outcome.NotFinite : Outcome.Stagnated;
                return;
            }
            length = Length(z, next, gradient, there);
            (z, gradient, here) = (next, there, reached);
            (Point, Value) = (z, here);
        }
    }

    private double Look(double[] z, double[] gradient)
    {
        Evaluations++;
        return value(z, gradient);
    }

    /// <summary>P(z + s·g) − z.</summary>
    private double[] Way(double[] z, double[] gradient, double step)
    {
        var way = (double[])z.Clone();
        VectorLoops.AddScaled(step, gradient, way);
        project(way);
        VectorLoops.AddScaled(-1, z, way);
        return way;
    }

    /// <summary>The next step in units of the gradient's largest element: the inverse curvature along the last one (Barzilai, Borwein 1988), the longest where it is upward.</summary>
    private static double Length(double[] z, double[] next, double[] gradient, double[] there)
    {
        var slope = VectorLoops.Largest(there);
        if (slope == 0)
            return 1;
        var (square, bend) = (0.0, 0.0);
        for (var i = 0; i < z.Length; i++)
        {
            var step = next[i] - z[i];
            square += step * step;
            bend -= step * ((there[i] / slope) - (gradient[i] / slope));
        }
        return bend > square / Longest ? square / bend : Longest;
    }
}
