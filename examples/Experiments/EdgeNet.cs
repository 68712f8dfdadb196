using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>The net 1→100→1 of tanh on 20 points of a Chebyshev polynomial (Cohen et al. 2021), all of them in every step.</summary>
/// <param name="Hidden">[1, 100].</param>
/// <param name="HiddenBias">[100].</param>
/// <param name="Output">[100, 1].</param>
/// <param name="OutputBias">[1].</param>
[TensorTree]
internal sealed partial record EdgeNet(Tensor Hidden, Tensor HiddenBias, Tensor Output, Tensor OutputBias)
{
    private const int Width = 100;
    private const int Points = 20;

    private static readonly Tensor _x = Reshape((Tensor.Range(Points) * (2.0 / (Points - 1))) - 1, [Points, 1]);

    /// <summary>T₄(x).</summary>
    private static readonly Tensor _y = (8 * Square(Square(_x))) - (8 * Square(_x)) + 1;

    /// <summary>Uniform up to 1/√(inputs) on both sides of 0.</summary>
    public static EdgeNet Start(Key key)
    {
        var (keys, reach) = (key.Split(4), 1 / Math.Sqrt(Width));
        return Transforms.Evaluate(
            new EdgeNet(
                keys[0].Uniform([1, Width], -1, 1),
                keys[1].Uniform([Width], -1, 1),
                keys[2].Uniform([Width, 1], -reach, reach),
                keys[3].Uniform([1], -reach, reach)
            )
        );
    }

    /// <summary>The mean squared error.</summary>
    public static Tensor Loss(EdgeNet net) =>
        Mean(Square(MatMul(Tanh(MatMul(_x, net.Hidden) + net.HiddenBias), net.Output) + net.OutputBias - _y));

    public static Objective<EdgeNet> Objective(EdgeNet like) => Curvature.Objective.Of(Loss, like);
}
