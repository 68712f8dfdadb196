using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Examples.Experiments;

/// <summary>Nets of the experiments: dense layers of equal width, each normalized, activated and dropped.</summary>
internal static class Parts
{
    /// <summary>So many hidden layers, and logits.</summary>
    /// <param name="pixels">Inputs.</param>
    /// <param name="hidden">Hidden layers.</param>
    /// <param name="width">Units of each.</param>
    /// <param name="weights">Initial weights.</param>
    /// <param name="normalization">What normalizes; null for nothing.</param>
    /// <param name="activation">The activation.</param>
    /// <param name="drop">The part of a hidden layer's units that training drops.</param>
    /// <param name="around">What is put around a dense layer.</param>
    public static Net Classifier(
        int pixels,
        int hidden,
        int width,
        Initializer weights,
        Nets.Layer? normalization = null,
        Func<Tensor, Tensor>? activation = null,
        double drop = 0,
        Func<Nets.Layer, Nets.Layer>? around = null
    )
    {
        var layers = new List<Nets.Layer>();
        for (var i = 0; i < hidden; i++)
        {
            var dense = new Dense(width) { Weight = weights, BiasStart = Initializers.Zeros };
            layers.Add(around is null ? dense : around(dense));
            if (normalization is not null)
                layers.Add(normalization);
            layers.Add(new Each(activation ?? Relu));
            if (drop > 0)
                layers.Add(new Drop(drop));
        }
        layers.Add(new Dense(Pictures.Classes) { Weight = weights, BiasStart = Initializers.Zeros });
        return Net.Of([pixels], [.. layers]);
    }

    /// <summary>Normal weights of a deviation.</summary>
    public static Initializer Normal(double deviation) => new($"normal {deviation}", (key, shape, _) => key.Normal(shape, 0, deviation));

    /// <summary>Normal weights of deviation root of 2 over the inputs (He 2015).</summary>
    public static Initializer He { get; } = new("He", (key, shape, fans) => key.Normal(shape, 0, Math.Sqrt(2 / fans.In)));

    private sealed record Each(Func<Tensor, Tensor> Function) : Nets.Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) => Function(x);
    }

    private sealed record Drop(double Rate) : Nets.Layer
    {
        public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
            context.IsTraining ? x * context.Key!.Bernoulli(x.Shape, 1 - Rate) / (1 - Rate) : x;
    }
}
