using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>What becomes of a classifier's outputs (LeeDL, section 3.6).</summary>
internal static class Outputs
{
    /// <summary>Figure 3.33.</summary>
    public static void Softmax(TextWriter output)
    {
        double[] logits = [3, 1, -3];
        var shares = Ops.Softmax(Tensor.Of(logits)).ToArray();
        output.WriteLine("logit   e^logit   softmax");
        for (var i = 0; i < logits.Length; i++)
            output.WriteLine($"{logits[i], 5} {Math.Exp(logits[i]), 9:F2} {shares[i], 9:F2}");
    }

    /// <summary>Figures 3.35 and 3.36: both losses over y1 and y2, where y3 is -1000 and the class is the first, and the length of their gradients.</summary>
    public static void Surfaces(TextWriter output)
    {
        var target = Tensor.Of([1, 0, 0], 1, 3);
        Write(output, "squared error of the softmax", y => Losses.MeanSquared(Ops.Softmax(y), target, LossReduction.Sum));
        Write(output, "cross-entropy", y => Losses.CrossEntropy(y, target));
    }

    private static void Write(TextWriter output, string name, Func<Tensor, Tensor> loss)
    {
        double[] axis = [-10, -5, 0, 5, 10];
        var at = Transforms.Compile<Tensor, Pair<Tensor, Tensor>>(y =>
        {
            var (value, gradient) = Transforms.ValueAndGrad(y => loss(Reshape(Concatenate(y, Tensor.Of([-1000])), 1, 3)), y);
            return new(value, Norm(gradient));
        });
        output.WriteLine($"{name}: loss, and length of the gradient");
        output.WriteLine($"y2 \\ y1 {string.Concat(axis.Select(y1 => $"{y1, 21}"))}");
        foreach (var y2 in axis.Reverse())
        {
            var row = axis.Select(y1 => at.Invoke(Tensor.Of([y1, y2])));
            output.WriteLine($"{y2, 7} {string.Concat(row.Select(point => $"{point.First.Item(), 11:F5}{point.Second.Item(), 10:F6}"))}");
        }
    }
}
