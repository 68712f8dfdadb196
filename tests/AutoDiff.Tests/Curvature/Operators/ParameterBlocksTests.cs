using AutoDiff.Curvature;
using static AutoDiff.Ops;

namespace AutoDiff.Tests.Curvature;

public class ParameterBlocksTests
{
    private static readonly Tensor X = Key.Of(1).Normal([6, 3]);
    private static readonly Stack Net = new(
        [new(Key.Of(2).Normal([3, 4]), Key.Of(3).Normal([4])), new(Key.Of(4).Normal([4, 2]), Key.Of(5).Normal([2]))],
        Key.Of(6).Normal([]),
        Tensor.Zeros([0])
    );
    private static readonly ParameterBlocks Blocks = ParameterBlocks.Of(Net);

    [Fact]
    public void Names_give_positions()
    {
        Assert.Equal(["Layers[0].Weight", "Layers[0].Bias", "Layers[1].Weight", "Layers[1].Bias", "Scale", "ScaleOfNone"], Blocks.Names);
        Assert.Equal(IndexSet.Of(0..12), Blocks["Layers[0].Weight"]);
        Assert.Equal(IndexSet.Of(0..12, 12..16), Blocks["Layers[0]"]);
        Assert.Equal(26, Blocks["Layers"].Count);
        Assert.Equal(IndexSet.Of(26..27), Blocks["Scale"]);
        Assert.Equal("26..27, 12..16", Blocks["Scale", "Layers[0].Bias"].ToString());
        Assert.Equal(0, Blocks["ScaleOfNone", "ScaleOfNone"].Count);
        Assert.Equal(Blocks.Names.Select(name => Blocks[name]), Blocks.Leaves);
        Assert.Equal(IndexSet.Of(0..7), ParameterBlocks.Of(Tensor.Zeros([7]))[""]);
    }

    [Fact]
    public void Names_that_are_none_are_refused_with_those_there_are()
    {
        const string there =
            "expected a name, or what begins one, of \"Layers[0].Weight\", \"Layers[0].Bias\", \"Layers[1].Weight\", \"Layers[1].Bias\", \"Scale\", \"ScaleOfNone\"";
        foreach (var name in new[] { "Layer", "Layers[2]", "Weight", "", "layers", "Layers[0].W" })
            Assert.Equal(
                $"[ParameterBlocks] got \"{name}\"; {there}",
                Assert.Throws<ArgumentException>(() => Blocks["Scale", name]).Message
            );
        Assert.Equal(
            "[ParameterBlocks] got \"Layers[1].Bias\" twice; expected each leaf once",
            Assert.Throws<ArgumentException>(() => Blocks["Layers[1].Bias", "Layers"]).Message
        );
        Assert.Throws<ArgumentNullException>(() => ParameterBlocks.Of((Stack)null!));
    }

    [Fact]
    public void Blocks_of_a_Hessian_are_parts_of_its_matrix()
    {
        var hessian = HessianOperator.Of(Loss, Net);
        var (matrix, n) = (hessian.ToMatrix(), hessian.Size);
        IndexSet[] sets = [Blocks["Layers[0].Weight"], Blocks["Layers[1]"], Blocks["Scale", "Layers[0].Bias"]];
        foreach (var rows in sets)
        {
            foreach (var columns in sets)
            {
                var block = hessian.Block(rows, columns);
                Assert.Equal(rows == columns, block.IsSymmetric);
                var expected = Positions(rows).SelectMany(i => Positions(columns).Select(j => matrix[(i * n) + j])).ToArray();
                Near(expected, block.ToMatrix());
                Near(RectangularTests.Transposed(expected, rows.Count, columns.Count), block.Transpose().ToMatrix());
            }
        }
        var diagonal = hessian.BlockDiagonal(Blocks.Leaves).ToMatrix();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var coupled = Blocks.Leaves.Any(leaf => Positions(leaf).Contains(i) && Positions(leaf).Contains(j));
                Assert.Equal(coupled ? matrix[(i * n) + j] : 0, diagonal[(i * n) + j], 1e-13);
            }
        }
    }

    [Fact]
    public void Sets_are_equal_by_their_ranges()
    {
        Assert.Equal(IndexSet.Of(1..3, 7..9), IndexSet.Of(1..3, 4..4, 7..9));
        Assert.Equal(IndexSet.Of(1..3).GetHashCode(), IndexSet.Of(1..3).GetHashCode());
        Assert.NotEqual(IndexSet.Of(1..3, 7..9), IndexSet.Of(7..9, 1..3));
        Assert.False(IndexSet.Of(1..3).Equals(null));
    }

    private static Tensor Loss(Stack w)
    {
        var hidden = Tanh(MatMul(X, w.Layers[0].Weight) + w.Layers[0].Bias);
        return Mean(Square(Tanh(MatMul(hidden, w.Layers[1].Weight) + w.Layers[1].Bias) * w.Scale));
    }

    private static IEnumerable<int> Positions(IndexSet set) =>
        set.Ranges.SelectMany(range => Enumerable.Range(range.Start.Value, range.End.Value - range.Start.Value));

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }
}

[TensorTree]
internal sealed partial record Layer(Tensor Weight, Tensor Bias);

[TensorTree]
internal sealed partial record Stack(TreeList<Layer> Layers, Tensor Scale, Tensor ScaleOfNone);
