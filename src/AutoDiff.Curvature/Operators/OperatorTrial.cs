namespace AutoDiff.Curvature;

/// <summary>An operator and a pair of random vectors: the comparisons of one round of <see cref="OperatorCheck"/>.</summary>
internal sealed class OperatorTrial
{
    /// <summary>How many products all comparisons take.</summary>
    public const int Products = 7;

    private readonly LinearOperator _a;
    private readonly double[] _v;
    private readonly double[] _w;
    private readonly double[] _av;
    private readonly double[] _transposed;
    private readonly double[] _again;
    private readonly double[] _u;
    private readonly double[] _au;

    public OperatorTrial(LinearOperator a, Key key)
    {
        var keys = key.Split(3);
        (_a, _v, _u, _w) = (a, Normal(keys[0], a.Size), Normal(keys[1], a.Size), Normal(keys[2], a.Rows));
        (_av, _au, _transposed, _again) = (new double[a.Rows], new double[a.Rows], new double[a.Size], new double[a.Rows]);
        a.Apply(_v, _av);
        a.Transpose().Apply(_w, _transposed);
        a.Apply(_u, _au);
        a.Apply(_v, _again);
    }

    /// <summary>How many elements of the repeated product have other bits.</summary>
    public int Differing()
    {
        var count = 0;
        for (var i = 0; i < _av.Length; i++)
            count += BitConverter.DoubleToInt64Bits(_av[i]) == BitConverter.DoubleToInt64Bits(_again[i]) ? 0 : 1;
        return count;
    }

    /// <summary>|wᵀAv − vᵀAᵀw| over the larger of ‖Av‖₂ and ‖Aᵀw‖₂.</summary>
    public double Asymmetry()
    {
        var scale = Math.Max(VectorLoops.Norm(_av), VectorLoops.Norm(_transposed));
        return Ratio(Math.Abs(VectorLoops.Dot(_w, _av) - VectorLoops.Dot(_v, _transposed)), scale);
    }

    /// <summary>The largest ‖y − Ax‖₂ ⁄ ‖Ax‖₂ over the rows y of a block of three: v, u and −2v.</summary>
    public double BlockError(RunOptions options)
    {
        double[] x = [.. _v, .. _u, .. _v];
        VectorLoops.Scale(-2, x.AsSpan(2 * _a.Size));
        var y = new double[3 * _a.Rows];
        _a.ApplyBlock(x, y, 3, options);
        VectorLoops.Scale(-0.5, y.AsSpan(2 * _a.Rows));
        var worst = 0.0;
        foreach (var (row, expected) in new[] { (0, _av), (1, _au), (2, _av) })
        {
            var product = y.AsSpan(row * _a.Rows, _a.Rows);
            VectorLoops.AddScaled(-1, expected, product);
            worst = Math.Max(worst, Ratio(VectorLoops.Norm(product), VectorLoops.Norm(expected)));
        }
        return worst;
    }

    /// <summary>‖Av − d‖₂, d the derivative of the gradient along v, and its expected error, over the larger of ‖Av‖₂ and ‖d‖₂, and how many gradients it took.</summary>
    public (double Apart, double Expected, int Gradients) Difference(
        Action<ReadOnlySpan<double>, Span<double>> gradient,
        double[] x,
        CancellationToken cancellation
    )
    {
        var (derivative, error, gradients) = GradientDifference.Along(gradient, x, _v, cancellation);
        var scale = Math.Max(VectorLoops.Norm(_av), VectorLoops.Norm(derivative));
        VectorLoops.AddScaled(-1, _av, derivative);
        return (Ratio(VectorLoops.Norm(derivative), scale), Ratio(error, scale), gradients);
    }

    private static double[] Normal(Key key, int size) => key.Normal([size]).ToArray();

    /// <summary>The ratio of two numbers; 0 ⁄ 0 is 0.</summary>
    private static double Ratio(double x, double scale) => x == 0 && scale == 0 ? 0 : x / scale;
}
