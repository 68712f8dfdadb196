using System.Collections.Immutable;

namespace AutoDiff.Tests.Trees;

/// <summary>Structure, shapes and errors of tree arithmetic; its values are in <see cref="TreeMathValueTests"/>.</summary>
public sealed partial class TreeMathTests
{
    [TensorTree]
    private sealed partial record Node(Tensor Value, ImmutableArray<Node> Children);

    private static readonly Pair<Tensor, TreeList<Tensor>> _tree = new(Tensor.Of([1, 2, 3, 4, 5, 6], 2, 3), [7, Tensor.Of([8, 9])]);

    [Fact]
    public void LeavesNamesAndSize()
    {
        Assert.Equal([_tree.First, .. _tree.Second], TreeMath.Leaves(_tree));
        Assert.Equal(["First", "Second[0]", "Second[1]"], TreeMath.Names(_tree));
        Assert.Equal(9, TreeMath.Size(_tree));
        Assert.Equal(0, TreeMath.Size<TreeList<Tensor>>([]));
    }

    [Fact]
    public void MapAndZipSeeEachLeafInOrder()
    {
        var seen = new List<Tensor>();
        var mapped = TreeMath.Map(
            _tree,
            leaf =>
            {
                seen.Add(leaf);
                return leaf.Rank;
            }
        );
        Assert.Equal(TreeMath.Leaves(_tree), seen);
        Assert.Equal([2, 0, 1], TreeMath.Leaves(mapped).Select(leaf => ((Constant)leaf).Values[0]));
        Assert.Equal(TreeMath.Leaves(mapped), TreeMath.Leaves(TreeMath.Zip(_tree, mapped, (_, right) => right)));
    }

    [Fact]
    public void ShapesAreKept()
    {
        Shape[] shapes =
        [
            [2, 3],
            [],
            [2],
        ];
        Assert.Equal(shapes, Shapes(TreeMath.ZerosLike(_tree)));
        Assert.Equal(shapes, Shapes(TreeMath.Add(_tree, _tree)));
        Assert.Equal(shapes, Shapes(TreeMath.Subtract(_tree, _tree)));
        Assert.Equal(shapes, Shapes(TreeMath.Scale(2, _tree)));
        Assert.Equal(shapes, Shapes(TreeMath.Axpy(2, _tree, _tree)));
        Assert.Equal(shapes, Shapes(TreeMath.Unravel(_tree, TreeMath.Ravel(_tree))));
        Assert.Equal(Shape.Of(9), TreeMath.Ravel(_tree).Shape);
        Assert.Equal(Shape.Scalar, TreeMath.Dot(_tree, _tree).Shape);
        Assert.Equal(Shape.Scalar, TreeMath.Norm(_tree).Shape);
    }

    [Fact]
    public void ATensorIsATree()
    {
        Tensor x = Tensor.Of([1, 2, 3, 4], 2, 2);
        Assert.Same(x, Assert.Single(TreeMath.Leaves(x)));
        Assert.Equal(Shape.Of(4), TreeMath.Ravel(x).Shape);
        Assert.Equal(Shape.Of(2, 2), TreeMath.Unravel(x, Tensor.Of([1, 2, 3, 4])).Shape);
    }

    [Fact]
    public void TreesWithoutLeavesAreTheNullSpace()
    {
        TreeList<Tensor> none = [];
        Assert.Equal(0, ((Constant)TreeMath.Dot(none, none)).Values[0]);
        Assert.Equal(0, ((Constant)TreeMath.Norm(none)).Values[0]);
        Assert.Equal(Shape.Of(0), TreeMath.Ravel(none).Shape);
        Assert.Empty(TreeMath.Unravel(none, Tensor.Of([])));
    }

    [Fact]
    public void RebuildTakesTheTreesLeavesAndNoOthers()
    {
        Error("[TreeMath.Rebuild] got 4 leaves; expected the tree's 3", () => TreeMath.Rebuild(_tree, [.. TreeMath.Leaves(_tree), 4]));
        Error("[TreeMath.Rebuild] got 2 leaves; expected the tree's 3", () => TreeMath.Rebuild(_tree, [_tree.First, 2]));
        Error("[TreeMath.Rebuild] leaf Second[0] is null; expected a tensor", () => TreeMath.Rebuild(_tree, [_tree.First, null!, 3]));
        Error("[TreeMath.Map] the function gave null for leaf First; expected a tensor", () => TreeMath.Map(_tree, _ => null!));
        Error("[TreeMath.Zip] the function gave null for leaf First; expected a tensor", () => TreeMath.Zip(_tree, _tree, (_, _) => null!));
    }

    /// <summary>Each leaf of each kind of tree, replaced by one of another rank, of as many elements, or broadcastable.</summary>
    [Fact]
    public void RebuildRefusesOtherShapes()
    {
        Refuses(_tree);
        Refuses(Tensor.Of([1, 2, 3, 4], 2, 2));
        Refuses<TreeList<Tensor>>([1, Tensor.Of([1])]);
        Refuses(new Node(1, [new(Tensor.Of([1, 2]), []), new(Tensor.Zeros([0, 3]), [])]));

        static void Refuses<T>(T tree)
            where T : ITensorTree<T>
        {
            var (leaves, names) = (TreeMath.Leaves(tree), TreeMath.Names(tree));
            Assert.Equal(leaves, TreeMath.Leaves(TreeMath.Rebuild(tree, leaves)));
            for (var i = 0; i < leaves.Length; i++)
            {
                var shape = leaves[i].Shape;
                foreach (var other in (Shape[])[shape.Insert(0, 1), [shape.Size, 1, 1], [7]])
                    Error(
                        $"[TreeMath.Rebuild] leaf {(names[i].Length == 0 ? "(the tensor itself)" : names[i])} has shape {other}; expected {shape}",
                        () => TreeMath.Rebuild(tree, leaves.SetItem(i, Tensor.Zeros(other)))
                    );
            }
        }
    }

    [Fact]
    public void DifferencesAreNamedByPath()
    {
        var longer = _tree with { Second = [1, 2, 3] };
        TreeList<TreeList<Tensor>> left =
        [
            [1, 2],
            [3],
        ];
        TreeList<TreeList<Tensor>> right =
        [
            [1],
            [2, 3],
        ];
        var wider = _tree with { Second = [7, Tensor.Of([8, 9, 10])] };
        var scalars = TreeMath.Map(_tree, _ => 0);

        Error("[TreeMath.Add] the trees have 3 and 4 leaves; expected equally many", () => TreeMath.Add(_tree, longer));
        Error(
            "[TreeMath.Dot] leaf 1 is [0][1] in one tree and [1][0] in the other; expected equal structures",
            () => TreeMath.Dot(left, right)
        );
        Error("[TreeMath.Add] leaf Second[1]: shapes differ: [2] and [3]; expected equal shapes", () => TreeMath.Add(_tree, wider));
        Error("[TreeMath.Axpy] leaf First: shapes differ: [2,3] and []; expected equal shapes", () => TreeMath.Axpy(1, _tree, scalars));
        Error(
            "[TreeMath.Dot] leaf (the tensor itself): shapes differ: [] and [2]; expected equal shapes",
            () => TreeMath.Dot<Tensor>(1, Tensor.Of([1, 2]))
        );
        Assert.StartsWith(
            "[TreeMath.Zip] leaf Second[1]: [Add] shapes",
            Assert.Throws<ArgumentException>(() => TreeMath.Zip(_tree, wider, Ops.Add)).Message
        );
        Assert.Equal(Shape.Of(2, 3), TreeMath.Zip(_tree, scalars, Ops.Add).First.Shape);
    }

    [Fact]
    public void ShapesOfArgumentsAreChecked()
    {
        Error(
            "[TreeMath.Unravel] got [8]; expected [9], an element for each of the tree's",
            () => TreeMath.Unravel(_tree, Tensor.Zeros([8]))
        );
        Error(
            "[TreeMath.Unravel] got [3,3]; expected [9], an element for each of the tree's",
            () => TreeMath.Unravel(_tree, Tensor.Zeros([3, 3]))
        );
        Error("[TreeMath.Scale] the factor has shape [2]; expected a scalar", () => TreeMath.Scale(Tensor.Of([1, 2]), _tree));
        Error("[TreeMath.Axpy] the factor has shape [1]; expected a scalar", () => TreeMath.Axpy(Tensor.Of([1]), _tree, _tree));
    }

    private static IEnumerable<Shape> Shapes<T>(T tree)
        where T : ITensorTree<T> => TreeMath.Leaves(tree).Select(leaf => leaf.Shape);

    private static void Error(string message, Func<object> call) => Assert.Equal(message, Assert.Throws<ArgumentException>(call).Message);
}
