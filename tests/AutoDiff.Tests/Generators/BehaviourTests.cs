using System.Collections.Immutable;

namespace AutoDiff.Tests.Generators;

/// <summary>What generated trees do.</summary>
public sealed partial class BehaviourTests
{
    [TensorTree]
    private sealed partial record Layer(Tensor Weight, Tensor Bias);

    [TensorTree]
    private sealed partial record Mlp(Tensor Scale, ImmutableArray<Layer> Layers, Layer Head);

    [TensorTree]
    private sealed partial record State<P>(P Parameters, ImmutableArray<P> Moments, Tensor Step)
        where P : ITensorTree<P>;

    [TensorTree]
    private readonly partial record struct Point(Tensor X, Tensor Y);

    [TensorTree]
    private sealed partial record Grid(ImmutableArray<ImmutableArray<Point>> Rows);

    [TensorTree]
    private sealed partial record Checked(Tensor Weight)
    {
        public Tensor Weight { get; init; } = Weight.Rank == 1 ? Weight : throw new ArgumentException("not a vector");
    }

    private static readonly Tensor[] _t = [.. Enumerable.Range(0, 12).Select(i => (Tensor)i)];

    private static readonly Mlp _mlp = new(_t[0], [new(_t[1], _t[2]), new(_t[3], _t[4])], new(_t[5], _t[6]));

    [Fact]
    public void LeavesComeInTheOrderOfTheParameters() => Assert.Equal(_t[..7], TreeMath.Leaves(_mlp));

    [Fact]
    public void NamesArePaths()
    {
        Assert.Equal(
            ["Scale", "Layers[0].Weight", "Layers[0].Bias", "Layers[1].Weight", "Layers[1].Bias", "Head.Weight", "Head.Bias"],
            TreeMath.Names(_mlp)
        );
        Assert.Equal([""], TreeMath.Names(_t[0]));
        var names = new List<string>();
        Named(new Point(_t[0], _t[1]), "Net.At", names);
        Assert.Equal(["Net.At.X", "Net.At.Y"], names);
    }

    [Fact]
    public void RebuildKeepsTheStructure()
    {
        var other = TreeMath.Rebuild(_mlp, _t[5..]);
        Assert.Equal(_t[5..], TreeMath.Leaves(other));
        Assert.Equal(2, other.Layers.Length);
        Assert.Equal(TreeMath.Names(_mlp), TreeMath.Names(other));
    }

    [Fact]
    public void GenericRecordsAreTrees()
    {
        var state = new State<Mlp>(_mlp, [_mlp], _t[7]);
        Assert.Equal(15, TreeMath.Leaves(state).Length);
        Assert.Equal("Parameters.Layers[1].Bias", TreeMath.Names(state)[4]);
        Assert.Equal("Moments[0].Head.Bias", TreeMath.Names(state)[13]);
        var nested = new State<State<Tensor>>(new(_t[0], [_t[1]], _t[2]), [], _t[3]);
        Assert.Equal(["Parameters.Parameters", "Parameters.Moments[0]", "Parameters.Step", "Step"], TreeMath.Names(nested));
        Assert.Equal(_t[4..8], TreeMath.Leaves(TreeMath.Rebuild(nested, _t[4..8])));
    }

    [Fact]
    public void StructsAndNestedArraysAreTrees()
    {
        var grid = new Grid([
            [new(_t[0], _t[1])],
            [],
            [new(_t[2], _t[3]), new(_t[4], _t[5])],
        ]);
        Assert.Equal(
            ["Rows[0][0].X", "Rows[0][0].Y", "Rows[2][0].X", "Rows[2][0].Y", "Rows[2][1].X", "Rows[2][1].Y"],
            TreeMath.Names(grid)
        );
        var other = TreeMath.Rebuild(grid, _t[6..]);
        Assert.Equal([1, 0, 2], other.Rows.Select(row => row.Length));
        Assert.Equal(_t[6..], TreeMath.Leaves(other));
    }

    [Fact]
    public void RebuildRunsTheConstructorsChecks() =>
        Assert.Equal("not a vector", Assert.Throws<ArgumentException>(() => TreeMath.Map(new Checked(Tensor.Of([1, 2])), _ => 3)).Message);

    [Fact]
    public void MissingMembersAreNamed()
    {
        Error(
            "[TensorTree] Mlp.Layers is an unassigned ImmutableArray; expected an array, which may be empty",
            _mlp with
            {
                Layers = default,
            }
        );
        Error("[TensorTree] Mlp.Head is null; expected a tensor or a tree", _mlp with { Head = null! });
        Error("[TensorTree] Mlp.Layers[·] is null; expected a tensor or a tree", _mlp with { Layers = [null!] });
        Error("[TensorTree] Layer.Bias is null; expected a tensor or a tree", _mlp with { Head = new(_t[0], null!) });
        Error("[TensorTree] Point.X is null; expected a tensor or a tree", default(Point));
        Error("[TensorTree] Grid.Rows[·] is an unassigned ImmutableArray; expected an array, which may be empty", new Grid([default]));
    }

    private static void Error<T>(string message, T tree)
        where T : ITensorTree<T>
    {
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TreeMath.Leaves(tree)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TreeMath.Names(tree)).Message);
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => TreeMath.Rebuild(tree, _t)).Message);
    }

    private static void Named<T>(T tree, string path, List<string> names)
        where T : ITensorTree<T> => tree.AddNames(path, names);
}
