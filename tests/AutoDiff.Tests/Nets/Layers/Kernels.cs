using AutoDiff.Nets;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Nets;

/// <summary>A layer whose weight counts its outputs first: a convolution of signals with windows of two.</summary>
internal sealed record Kernels(int Outputs) : Layer
{
    public override TensorMap Init(Key key, Shape input) =>
        TensorMap.Of(("weight", key.FoldIn(0).Normal([Outputs, input[0], 2])), ("bias", key.FoldIn(1).Normal([Outputs])));

    public override Applied Apply(TensorMap parameters, Tensor x, Context context) =>
        Convolution(x, parameters["weight"]) + Reshape(parameters["bias"], Outputs, 1);
}
