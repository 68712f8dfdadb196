namespace AutoDiff.Curvature;

/// <summary>A loss that is one function of the parameters.</summary>
internal sealed class WholeLoss<T> : LossPrograms
    where T : ITensorTree<T>
{
    private readonly int[] _sizes;
    private readonly Lazy<LossPlan> _value;
    private readonly Lazy<LossPlan> _gradient;
    private readonly Lazy<LinearPlans> _hessian;
    private readonly Lazy<LinearPlans>? _gaussNewton;

    public WholeLoss(Func<T, Tensor> loss, T like, Func<T, T, T>? gaussNewton)
    {
        _sizes = LeafArrays.Sizes(like);
        _value = new(() => new(Transforms.Compile(loss).For(like), _sizes));
        _gradient = new(() => new(Transforms.Compile((T x) => Pair(Transforms.ValueAndGrad(loss, x))).For(like), _sizes));
        _hessian = new(() => LinearPlans.Of("Objective.Hessian", (x, direction) => Transforms.Hvp(loss, x, direction), like));
        _gaussNewton = gaussNewton is null ? null : new(() => LinearPlans.Of("Objective.GaussNewton", gaussNewton, like));
    }

    public override double Value(ReadOnlySpan<double> x, RunOptions? options)
    {
        options?.Cancellation.ThrowIfCancellationRequested();
        return _value.Value.Run(x);
    }

    public override double ValueAndGradient(ReadOnlySpan<double> x, Span<double> gradient, RunOptions? options)
    {
        options?.Cancellation.ThrowIfCancellationRequested();
        return _gradient.Value.Run(x, gradient);
    }

    public override double[] RoundedGradient(ReadOnlySpan<double> x, ulong seed)
    {
        var (leaves, gradient) = (LeafArrays.New(_sizes), new double[x.Length]);
        LeafArrays.Split(x, leaves);
        LeafArrays.Join(_gradient.Value.Rounded(leaves, seed).AsSpan(1), gradient);
        return gradient;
    }

    public override PointProducts Hessian(double[][] leaves) => new WholeProducts(_hessian.Value, leaves);

    public override PointProducts? GaussNewton(double[][] leaves) =>
        _gaussNewton is null ? null : new WholeProducts(_gaussNewton.Value, leaves);

    private static Pair<Tensor, T> Pair((Tensor Value, T Gradient) result) => new(result.Value, result.Gradient);
}
