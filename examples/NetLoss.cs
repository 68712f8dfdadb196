using static AutoDiff.Ops;

namespace AutoDiff.Examples;

/// <summary>Cross-entropy of the softmax, the mean over the rows, plus ½·l2·‖all parameters‖².</summary>
public sealed record NetLoss(Nonlinearity Activation, double L2)
{
    public Tensor Of(Mlp net, Batch batch)
    {
        var logits = net.Logits(batch.Features, Activation);
        var crossEntropy = Mean(LogSumExp(logits, 1) - Sum(logits * batch.Targets, 1));
        return crossEntropy + (0.5 * L2 * net.Layers.Select(SquaredNorm).Aggregate((sum, next) => sum + next));
    }

    /// <summary>The share of rows whose largest score is their class's.</summary>
    public double Accuracy(Mlp net, Batch batch) =>
        Mean(Equal(ArgMax(net.Logits(batch.Features, Activation)), ArgMax(batch.Targets))).Item();

    private static Tensor SquaredNorm(Layer layer) => Sum(Square(layer.Weight)) + Sum(Square(layer.Bias));
}
