using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Programs;

/// <summary>A filter found again from what it makes of images: a linear least-squares problem, which Newton solves in one step.</summary>
public sealed class ConvolutionNet
{
    [Fact]
    public void TheFilterIsFoundAgain()
    {
        var images = Waves.Of(3, 4, 2, 8, 8);
        var filter = Waves.Of(900, 3, 2, 3, 3);
        var seen = Convolution(images, filter, stride: 1, padding: 1);
        Tensor Loss(Tensor kernel) => Mean(Square(Convolution(images, kernel, stride: 1, padding: 1) - seen));
        var found = Newton.Minimize(Loss, Tensor.Zeros(filter.Shape));
        Assert.Equal(Outcome.Converged, found.Outcome);
        Assert.Equal(filter.ToArray(), found.Value.ToArray(), (a, b) => Math.Abs(a - b) < 1e-9);
    }
}
