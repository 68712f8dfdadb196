using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Programs;

/// <summary>A block of masked attention with two heads and a hidden layer, normalized before each: figures of programs.py.</summary>
public sealed partial class TransformerBlock
{
    private const int Positions = 5;
    private const int Width = 8;
    private const int Heads = 2;

    [TensorTree]
    private sealed partial record Block(Tensor Queries, Tensor Keys, Tensor Values, Tensor Out, Tensor Up, Tensor Down);

    private static readonly Block _block = new(
        Waves.Of(100, Width, Width),
        Waves.Of(200, Width, Width),
        Waves.Of(300, Width, Width),
        Waves.Of(400, Width, Width),
        Waves.Of(500, Width, 2 * Width),
        Waves.Of(700, 2 * Width, Width)
    );

    private static Tensor Normalized(Tensor x) => (x - Mean(x, -1, true)) / Sqrt(Variance(x, -1, true) + 1e-5);

    private static Tensor Attention(Block block, Tensor x)
    {
        Tensor Split(Tensor weights) => SwapAxes(Reshape(MatMul(x, weights), Positions, Heads, Width / Heads), 0, 1);
        var scores = Einsum("hqd,hkd->hqk", Split(block.Queries), Split(block.Keys)) / Math.Sqrt(Width / (double)Heads);
        var seen = LowerTriangle(Tensor.Ones([Positions, Positions]));
        var weights = Softmax(Where(seen, scores, double.NegativeInfinity));
        return MatMul(Reshape(SwapAxes(MatMul(weights, Split(block.Values)), 0, 1), Positions, Width), block.Out);
    }

    private static Tensor Loss(Block block, Tensor x)
    {
        var y = x + Attention(block, Normalized(x));
        return Mean(Square(y + MatMul(Gelu(MatMul(Normalized(y), block.Up)), block.Down)));
    }

    [Fact]
    public void ValueAndGradientAreTheFields()
    {
        var (loss, gradient) = Compile(ValueAndGrad<Pair<Block, Tensor>>(at => Loss(at.First, at.Second)))
            .Invoke(new(_block, Waves.Of(0, Positions, Width)));
        Assert.Equal(1.105131861929168, loss.Item(), 1e-13);
        Assert.Equal(6.913933921162927, Sum(Square(gradient.Second)).Item(), 1e-12);
        Assert.Equal(0.2569535673066693, Sum(Square(gradient.First.Queries)).Item(), 1e-13);
        Assert.Equal(0.2156455612216112, Sum(Square(gradient.First.Keys)).Item(), 1e-13);
        Assert.Equal(23.555051425634485, Sum(Square(gradient.First.Up)).Item(), 1e-11);
    }
}
