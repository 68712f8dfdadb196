using static AutoDiff.Ops;

namespace AutoDiff.Nets;

/// <summary>Adds to [batch, time, features] what tells the times apart: sines and cosines of wavelengths from 2π to 10,000·2π in a geometric sequence.</summary>
/// <remarks>Vaswani et al. 2017 (1706.03762), section 3.5: feature 2i gets sin(t ⁄ 10000^(2i ⁄ features)), feature 2i + 1 the cosine of the same, for times t from 0. No parameters.</remarks>
public sealed record SinusoidalPositions : Layer
{
    /// <inheritdoc/>
    public override Applied Apply(TensorMap parameters, Tensor x, Context context)
    {
        Require.NotNull(x, nameof(SinusoidalPositions));
        Require.That(x.Rank == 3, $"[SinusoidalPositions] got inputs {x.Shape}; expected [batch,time,features]");
        return x + Encoding(x.Shape[1], x.Shape[2]);
    }

    /// <summary>What is added [time, features].</summary>
    private static Tensor Encoding(int time, int features)
    {
        var values = new double[time * features];
        for (var i = 0; i < values.Length; i++)
        {
            var (t, feature) = Math.DivRem(i, features);
            var angle = t / Math.Pow(10_000, feature / 2 * 2.0 / features);
            values[i] = feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }
        return Tensor.Of(values, [time, features]);
    }
}
