namespace AutoDiff.Curvature;

/// <summary>Newton's method for g = 0, damped: p = −H(H² + μI)⁻¹g by all eigenpairs (Levenberg 1944; Marquardt 1963).</summary>
/// <remarks>
/// μ falls at least as fast as ‖g‖ where the model is good, which keeps convergence superlinear, to critical points that are not isolated too (Yamashita, Fukushima
/// 2001). It never falls so low that eigenvalues that are all rounding count.
/// </remarks>
internal sealed class DampedNewton<T>(Objective<T> objective, FindOptions<T> options, double[] start, int threads)
    : GradientSearch<T>(objective, options, start)
    where T : ITensorTree<T>
{
    private const double FirstDamping = 1e-3; // of ‖H‖²
    private const double LeastGain = 1e-4;
    private const double GoodGain = 0.75;
    private const int Trials = 40;

    private double _damping = FirstDamping;

    protected override (SearchPoint? Next, Outcome? End) Step(SearchPoint at)
    {
        var n = at.X.Length;
        var matrix = Objective.Hessian(at.X).ToMatrix(new() { Threads = threads, Cancellation = Options.Cancellation });
        Products += n;
        if (Array.Exists(matrix, element => !double.IsFinite(element)))
            return (null, Outcome.NotFinite);
        SymmetricMatrix.Symmetrize(matrix, n);
        var eigen = SymmetricEigen.Decompose(matrix, n, threads: threads, cancellation: Options.Cancellation);
        var norm = Math.Max(-eigen.Eigenvalues[0], eigen.Eigenvalues[^1]);
        var model = new DampedModel(eigen, at.Gradient, norm);
        Flatness = model.Flatness;
        if (!(Flatness > Stationary))
            return (null, Outcome.FlatGradient);
        var least = 10 * n * Roundoff.Epsilon;
        var last = IsRounding(at, norm) || IsShort(model.Step(least * least).Step, at);
        var finite = false;
        for (var i = 0; i < Trials; i++)
        {
            _damping = last ? least * least : Math.Max(_damping, least * least);
            var (step, left) = model.Step(_damping);
            var x = at.Moved(1, step);
            if (x.AsSpan().SequenceEqual(at.X))
                return (null, Outcome.Converged);
            var next = SearchPoint.At(Objective, x);
            finite |= next.IsFinite;
            var ratio = next.Norm / at.Norm;
            var gain = (1 - (ratio * ratio)) / (1 - (left * left));
            if (next.IsFinite && ratio < 1 && gain >= LeastGain)
            {
                if (gain > GoodGain)
                    _damping *= Math.Min(0.1, ratio);
                return (next, last ? Outcome.Converged : null);
            }
            if (last)
                break;
            _damping *= 10;
        }
        return (
            null,
            last ? Outcome.Converged
            : finite ? Outcome.SmallStep
            : Outcome.NotFinite
        );
    }
}
