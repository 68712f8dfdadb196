using AutoDiff.Nets;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Nets.Layers;

/// <summary>What PyTorch's values do not show: shapes by padding, ties, starts, class numbers out of range.</summary>
public class ImageLayersTests
{
    public static TheoryData<int, int, int, int> Sizes =>
        [
            .. from length in (int[])[1, 5, 8]
            from size in (int[])[1, 2, 5]
            from stride in (int[])[1, 2, 3]
            from dilation in (int[])[1, 3]
            select (length, size, stride, dilation),
        ];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void SamePaddingDividesTheLengthByTheStride(int length, int size, int stride, int dilation)
    {
        var layer = new Convolution1D(1, size)
        {
            Padding = Padding.Same,
            Stride = stride,
            Dilation = dilation,
        };
        Assert.Equal([1, (length + stride - 1) / stride], layer.OutputShape([1, length]));
    }

    [Fact]
    public void PaddingsOfOneMeaningAreEqual()
    {
        Assert.Equal(Padding.Of(2, 2), (Padding)2);
        Assert.Equal(Padding.Of([1, 2], [1, 2]), (Padding)new HeightWidth(1, 2));
        Assert.NotEqual(Padding.None, Padding.Same);
        Assert.Equal(new Convolution2D(3, 2) { Padding = 1 }, new Convolution2D(3, (2, 2)) { Padding = Padding.Of(1, 1) });
        Assert.Equal("same", $"{Padding.Same}");
    }

    [Fact]
    public void ConvolutionsBeginAsPyTorchs()
    {
        // Inputs of one unit: channels ⁄ groups × window, of a transposed convolution outputs ⁄ groups × window.
        foreach (
            var (layer, input, fan) in (IEnumerable<(Layer, Shape, double)>)
                [
                    (new Convolution2D(64, 3) { Groups = 2 }, [8, 4, 4], 4 * 9),
                    (new Convolution1D(300, 5), [6, 9], 6 * 5),
                    (new ConvolutionTranspose2D(8, (2, 3)) { Groups = 4 }, [64, 4, 4], 2 * 6),
                    (new Dense(400), [25], 25),
                ]
        )
        {
            var parameters = layer.Init(Key.Of(3), input);
            var bound = 1 / Math.Sqrt(fan);
            foreach (var values in parameters.Tensors.Select(parameter => parameter.ToArray()))
                Assert.All(values, value => Assert.InRange(value, -bound, bound));
            var weight = parameters["weight"].ToArray();
            Assert.Equal(1.0 / 3, weight.Average(value => value * value / (bound * bound)), 5 * Math.Sqrt(4.0 / 45 / weight.Length));
        }
    }

    [Fact]
    public void WeightAndBiasAreDrawnByTheirInitializers()
    {
        var layer = new Convolution1D(2, 3) { Weight = Initializers.Ones, BiasStart = Initializers.Zeros };
        var parameters = layer.Init(Key.Of(0), [2, 5]);
        Assert.All(parameters["weight"].ToArray(), value => Assert.Equal(1, value));
        Assert.All(parameters["bias"].ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void FansOfAConvolutionCountItsGroupsAndWindow()
    {
        var seen = new List<Fans>();
        var spy = new Initializer(
            "spy",
            (_, shape, fans) =>
            {
                seen.Add(fans);
                return Tensor.Zeros(shape);
            }
        );
        new Convolution2D(6, (2, 3)) { Groups = 2, Weight = spy }.Init(Key.Of(0), [4, 5, 5]);
        new ConvolutionTranspose2D(6, (2, 3)) { Groups = 2, Weight = spy }.Init(Key.Of(0), [4, 5, 5]);
        Assert.Equal([new Fans(12, 18), new Fans(18, 12)], seen);
    }

    [Fact]
    public void EqualLargestElementsShareTheDerivative()
    {
        foreach (
            var (layer, x, expected) in (IEnumerable<(Layer, Tensor, double[])>)
                [
                    (new MaxPool1D(3), Tensor.Of([2, 1, 2], 1, 1, 3), [0.5, 0, 0.5]),
                    (new AdaptiveMaxPool1D(2), Tensor.Of([1, 4, 4], 1, 1, 3), [0, 1.5, 0.5]),
                    (new AdaptiveMaxPool1D(2), Tensor.Of([3, 3, 3, 1, 1], 1, 1, 5), [1 / 3.0, 1 / 3.0, 1 / 3.0 + 1, 0, 0]),
                    (new GlobalMaxPool(), Tensor.Of([3, 3, 3, 1], 1, 1, 2, 2), [1 / 3.0, 1 / 3.0, 1 / 3.0, 0]),
                ]
        )
        {
            var gradient = Grad(at => Sum(layer.Apply(TensorMap.Empty, at, Context.Inference()).Output), x);
            ReferenceData.AssertClose(expected, gradient.ToArray(), 1e-15, $"{layer}");
        }
    }

    [Fact]
    public void ClassNumbersOutOfRangeAreReportedWhenTheGraphRuns()
    {
        var layer = new Embedding(3, 2);
        var parameters = layer.Init(Key.Of(1), []);
        foreach (var wrong in (double[])[3, -1, 0.5, double.NaN])
        {
            var output = layer.Apply(parameters, Tensor.Of([1, wrong]), Context.Inference()).Output;
            var problem = Assert.ThrowsAny<Exception>(() => output.ToArray());
            Assert.Contains("Gather", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheVectorOfPaddingBeginsAsZeros()
    {
        var weight = new Embedding(3, 2) { PaddingIndex = 1, Weight = Initializers.Ones }.Init(Key.Of(1), [4])["weight"];
        Assert.Equal([1, 1, 0, 0, 1, 1], weight.ToArray());
    }

    [Fact]
    public void ReshapingFindsTheLengthThatIsLeft()
    {
        Assert.Equal([2, 3, 2], new AutoDiff.Nets.Reshape(2, -1, 2).OutputShape([12]));
        Assert.Equal([], new AutoDiff.Nets.Reshape().OutputShape([1]));
        Assert.Equal([0, 5], new AutoDiff.Nets.Reshape(-1, 5).OutputShape([5, 0]));
        Assert.Equal([24], new Flatten().OutputShape([2, 3, 4]));
        Assert.Equal([1], new Flatten().OutputShape([]));
    }
}
