namespace AutoDiff.Curvature;

/// <summary>A loss over a tree as a function of one vector [n], compiled: its value, gradient and Hessian.</summary>
internal sealed class FlatLoss<T>
    where T : ITensorTree<T>
{
    private readonly Func<T, Tensor> _loss;
    private readonly T _like;
    private readonly Executable _gradient;
    private readonly Lazy<HessianPlans> _hessian;

    public FlatLoss(Func<T, Tensor> loss, T like, string operation)
    {
        ArgumentNullException.ThrowIfNull(loss);
        _loss = loss;
        _like = Transforms.Evaluate(like);
        Size = TreeMath.Size(_like);
        if (Size == 0)
            Check.Fail($"[{operation}] got a point without elements; expected at least one");
        _hessian = new(() => HessianPlans.Of((Func<Tensor, Tensor>)Flat, Tensor.Zeros([Size])));
        var example = TreeMath.Ravel(_like);
        _gradient = Transforms.Compile((Tensor x) => Pair(Transforms.ValueAndGrad(operation, Flat, x))).For(example);
    }

    public int Size { get; }

    /// <summary>The loss at x [n], with its gradient written to <paramref name="gradient"/> [n].</summary>
    public double ValueAndGradient(double[] x, double[] gradient)
    {
        var value = new double[1];
        _gradient.Run([x], [value, gradient]);
        return value[0];
    }

    /// <summary>The gradient [n] at x [n] in random rounding.</summary>
    public double[] RoundedGradient(double[] x, ulong seed) => RoundedEvaluation.Evaluate(_gradient.Graph, [x], seed)[1];

    /// <summary>The Hessian at x [n], linearized there.</summary>
    public HessianOperator Hessian(double[] x) => new(_hessian.Value, [(double[])x.Clone()]);

    public static double[] Flatten(T tree) => TreeMath.Ravel(tree).ToArray();

    public T Unflatten(double[] x) => Transforms.Evaluate(TreeMath.Unravel(_like, Tensor.Of(x)));

    private Tensor Flat(Tensor x) => _loss(TreeMath.Unravel(_like, x));

    private static Pair<Tensor, Tensor> Pair((Tensor Value, Tensor Gradient) result) => new(result.Value, result.Gradient);
}
