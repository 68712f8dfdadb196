using System.Collections.Immutable;
using System.Text.Json;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Generators;

/// <summary>Trees with settings, and with leaves that may be missing.</summary>
public sealed partial class OptionalTests
{
    private enum Activation
    {
        Relu,
        Tanh,
    }

    [TensorTree]
    private sealed partial record Layer(Tensor Weight, Tensor? Bias, Activation Activation = Activation.Tanh, string? Name = null);

    [TensorTree]
    private sealed partial record Net(ImmutableArray<Layer?> Layers, double Scale, ImmutableArray<int> Sizes, int? Seed = null);

    private static readonly Layer _bare = new(2, null);
    private static readonly Net _net = new([_bare, null, new(3, 4, Activation.Relu)], 0.5, [1, 1]);

    private static Tensor Run(Layer layer, Tensor x)
    {
        var y = layer.Weight * x;
        y = layer.Bias is { } bias ? y + bias : y;
        return layer.Activation == Activation.Relu ? Relu(y) : Tanh(y);
    }

    [Fact]
    public void WhatIsMissingHasNoLeaves()
    {
        Assert.Equal(["Layers[0].Weight", "Layers[2].Weight", "Layers[2].Bias"], TreeMath.Names(_net));
        Assert.Equal([2, 3, 4], TreeMath.Leaves(_net).Select(leaf => leaf.Item()));
    }

    [Fact]
    public void RebuildingKeepsSettingsAndGaps()
    {
        var other = TreeMath.Map(_net with { Seed = 7 }, leaf => 10 * leaf);
        Assert.Equal(7, other.Seed);
        Assert.Equal(0.5, other.Scale);
        Assert.Equal([1, 1], other.Sizes);
        Assert.Null(other.Layers[1]);
        Assert.Null(other.Layers[0]!.Bias);
        Assert.Equal(Activation.Relu, other.Layers[2]!.Activation);
        Assert.Equal(40, other.Layers[2]!.Bias!.Item());
    }

    [Fact]
    public void GradientsHaveTheSameGaps()
    {
        var gradient = Grad<Layer>(layer => Run(layer, 0.25))(_bare);
        Assert.Null(gradient.Bias);
        Assert.Equal(0.25 * (1 - Math.Pow(Math.Tanh(0.5), 2)), gradient.Weight.Item(), 1e-15);
    }

    /// <summary>Each change of a setting, or of what is there, is another structure.</summary>
    [Fact]
    public void EachStructureHasItsOwnPlan()
    {
        var traces = 0;
        var f = Compile(
            (Net net) =>
            {
                traces++;
                return TreeMath.Leaves(net)[0] * net.Scale;
            }
        );
        Net[] others =
        [
            _net,
            _net with
            {
                Scale = 0.25,
            },
            _net with
            {
                Scale = 0.0,
            },
            _net with
            {
                Scale = -0.0,
            },
            _net with
            {
                Sizes = [1, 2],
            },
            _net with
            {
                Sizes = [1],
            },
            _net with
            {
                Seed = 1,
            },
            _net with
            {
                Layers = [_bare, _bare, null],
            },
            _net with
            {
                Layers = [_bare with { Name = "first" }, null, _net.Layers[2]],
            },
            _net with
            {
                Layers = [_bare with { Activation = Activation.Relu }, null, _net.Layers[2]],
            },
        ];
        for (var i = 0; i < 2 * others.Length; i++)
        {
            f.Invoke(others[i % others.Length]);
            Assert.Equal(Math.Min(i + 1, others.Length), traces);
        }
    }

    [Fact]
    public void TheyAreSavedAndReadAgain()
    {
        var read = JsonSerializer.Deserialize<Layer>(JsonSerializer.Serialize(_bare with { Name = "first" }))!;
        Assert.Null(read.Bias);
        Assert.Equal(("first", Activation.Tanh, 2), (read.Name, read.Activation, read.Weight.Item()));
    }

    [Fact]
    public void AMissingLeafWhereOneIsExpectedIsNamed() =>
        Assert.Contains(
            "got 1 leaves; expected 2",
            Assert.Throws<ArgumentException>(() => Jvp(layer => Run(layer, 1), new Layer(1, 2), new Layer(1, null))).Message
        );
}
