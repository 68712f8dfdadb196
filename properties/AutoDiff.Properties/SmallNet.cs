using FsCheck;
using FsCheck.Fluent;
using static AutoDiff.Ops;

namespace AutoDiff.Properties;

/// <summary>A generated net of one hidden layer with its data: outputs f(xW + b)V for an odd activation f.</summary>
/// <param name="Name">A row of <see cref="Activations"/>.</param>
/// <param name="Inputs">The width of x.</param>
/// <param name="Hidden">The number of units.</param>
/// <param name="Outputs">The number of outputs.</param>
/// <param name="Entropy">Whether the loss is the softmax's cross-entropy with the first class; else it is the mean square.</param>
/// <param name="Seed">Of the data and of the point.</param>
public sealed record SmallNet(string Name, int Inputs, int Hidden, int Outputs, bool Entropy, int Seed)
{
    private const int Rows = 7;

    private static readonly (string Name, Func<Tensor, Tensor> Function)[] Activations =
    [
        ("tanh", Tanh),
        ("sine", Sin),
        ("erf", Erf),
        ("linear", x => x),
    ];

    public static Arbitrary<SmallNet> All =>
        Arb.From(
            from name in Gen.Elements(Activations.Select(row => row.Name).ToArray())
            from inputs in Gen.Choose(1, 3)
            from hidden in Gen.Choose(2, 4)
            from outputs in Gen.Choose(1, 3)
            from entropy in Gen.Elements(false, true)
            from seed in Gen.Choose(1, 100_000)
            select new SmallNet(name, inputs, hidden, outputs, entropy, seed)
        );

    private int Biases => Inputs * Hidden;

    private int Weights => Biases + Hidden;

    /// <summary>W [inputs, hidden], b [hidden] and V [hidden, outputs], drawn at random, as one vector.</summary>
    public Tensor Point => Transforms.Evaluate(Key.Of((ulong)Seed).Normal([Weights + (Hidden * Outputs)]));

    public Tensor Loss(Tensor w)
    {
        var (x, y) = (Key.Of((ulong)Seed).FoldIn(1).Normal([Rows, Inputs]), Key.Of((ulong)Seed).FoldIn(2).Normal([Rows, Outputs]));
        var units = MatMul(x, Reshape(w[..Biases], Inputs, Hidden)) + w[Biases..Weights];
        var outputs = MatMul(Activations.Single(row => row.Name == Name).Function(units), Reshape(w[Weights..], Hidden, Outputs));
        return Entropy ? Mean(LogSumExp(outputs, 1) - Take(outputs, 1, 0)) : Mean(Square(outputs - y));
    }

    /// <summary>The loss with some weight decay, which leaves no valleys of minima.</summary>
    public Tensor Decayed(Tensor w) => Loss(w) + (0.02 * Sum(Square(w)));

    /// <summary>The vector with the units in reverse order.</summary>
    public Tensor Reversed(Tensor w) =>
        Concatenate([
            Reshape(Flip(Reshape(w[..Biases], Inputs, Hidden), 1), Biases),
            Flip(w[Biases..Weights], 0),
            Reshape(Flip(Reshape(w[Weights..], Hidden, Outputs), 0), Hidden * Outputs),
        ]);

    /// <summary>The vector with every other unit's weights negated, to it and from it: an odd activation gives the same outputs.</summary>
    public Tensor Negated(Tensor w)
    {
        var signs = Cos(Math.PI * Tensor.Range(Hidden));
        return Concatenate([
            Reshape(Reshape(w[..Biases], Inputs, Hidden) * signs, Biases),
            w[Biases..Weights] * signs,
            Reshape(Reshape(w[Weights..], Hidden, Outputs) * ExpandDims(signs, 1), Hidden * Outputs),
        ]);
    }
}
