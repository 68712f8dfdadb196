using System.Collections.Immutable;
using AutoDiff.Optimization;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests;

/// <summary>Trees written by hand that hold more than leaves: what is not a leaf is part of a plan's key.</summary>
public sealed partial class SettingsTests
{
    private static readonly Tensor X = new double[] { 1, 2 };

    public static TheoryData<string> Trees => ["record", "struct", "class", "array", "in a pair", "in a list", "in an array"];

    [Theory]
    [MemberData(nameof(Trees))]
    public void AnotherSettingIsAnotherPlan(string kind)
    {
        switch (kind)
        {
            case "record":
                GetsItsOwnPlan(k => new Scaled(X, k), tree => tree.Factor);
                break;
            case "struct":
                GetsItsOwnPlan(k => new ScaledStruct(X, k), tree => tree.Factor);
                break;
            case "class":
                GetsItsOwnPlan(k => new ScaledClass(X, k), tree => tree.Factor);
                break;
            case "array":
                GetsItsOwnPlan(k => new Weighted([X, X], [k, k]), tree => tree.Factors[0]);
                break;
            case "in a pair":
                GetsItsOwnPlan(k => new Pair<Tensor, Scaled>(X, new(X, k)), tree => tree.Second.Factor);
                break;
            case "in a list":
                GetsItsOwnPlan(k => (TreeList<Scaled>)[new(X, 0), new(X, k)], tree => tree[1].Factor);
                break;
            default:
                GetsItsOwnPlan(k => new Batch([new(X, 0), new(X, k)]), tree => tree.Items[1].Factor);
                break;
        }
    }

    [Fact]
    public void EqualSettingsShareAPlan()
    {
        var traces = 0;
        var f = Compile(
            (Batch batch) =>
            {
                traces++;
                return batch.Items[0].X * batch.Items[0].Factor;
            }
        );
        Assert.Equal([3, 6], f.Invoke(new([new(X, 3)])).ToArray());
        Assert.Equal([9, 12], f.Invoke(new([new(new double[] { 3, 4 }, 3)])).ToArray());
        Assert.Equal(1, traces);
    }

    [Fact]
    public void ResultsCarryTheSettingsOfTheirOwnInput()
    {
        var f = Compile((Scaled tree) => tree with { X = tree.X * tree.Factor });
        Assert.Equal(2, f.Invoke(new(X, 2)).Factor);
        Assert.Equal(5, f.Invoke(new(X, 5)).Factor);
    }

    [Fact]
    public void ThePartsOfAFunctionOfTwoCount()
    {
        var f = Compile((Tensor x, Scaled tree) => x * tree.Factor);
        Assert.Equal([2, 4], f.Invoke(X, new(X, 2)).ToArray());
        Assert.Equal([5, 10], f.Invoke(X, new(X, 5)).ToArray());
    }

    [Fact]
    public void AFoldTakesEachBatchWithItsOwnSettings()
    {
        var step = Compile((Tensor sum, Scaled batch) => sum + (batch.X * batch.Factor));
        Assert.Equal([6, 12], Fold(step, Tensor.Zeros([2]), [new(X, 1), new(X, 2), new(X, 3)]).ToArray());
    }

    [Fact]
    public void AFoldRefusesAStepThatChangesTheStatesSettings()
    {
        var step = Compile((Scaled state, Tensor batch) => new Scaled(state.X + batch, state.Factor + 1));
        var error = Assert.Throws<ArgumentException>(() => Fold(step, new(X, 1), [X, X]));
        Assert.Contains("[Fold] the step returns a state of another structure or other settings", error.Message, StringComparison.Ordinal);
    }

    private static void GetsItsOwnPlan<T>(Func<double, T> tree, Func<T, double> factor)
        where T : ITensorTree<T>
    {
        var f = Compile((T x) => TreeMath.Leaves(x)[0] * factor(x));
        foreach (var setting in new[] { 2.0, 5, 2 })
            Assert.Equal([setting, 2 * setting], f.Invoke(tree(setting)).ToArray());
    }

    [TensorTree]
    private sealed partial record Batch(ImmutableArray<Scaled> Items);

    private sealed record Scaled(Tensor X, double Factor) : ITensorTree<Scaled>
    {
        public void AddLeaves(ICollection<Tensor> leaves) => leaves.Add(X);

        public void AddNames(string path, ICollection<string> names) => names.Add(path + "X");

        public Scaled Rebuild(LeafReader leaves) => this with { X = leaves.Next() };
    }

    private readonly record struct ScaledStruct(Tensor X, double Factor) : ITensorTree<ScaledStruct>
    {
        public void AddLeaves(ICollection<Tensor> leaves) => leaves.Add(X);

        public void AddNames(string path, ICollection<string> names) => names.Add(path + "X");

        public ScaledStruct Rebuild(LeafReader leaves) => this with { X = leaves.Next() };
    }

    /// <summary>Without equality of its own.</summary>
    private sealed class ScaledClass(Tensor x, double factor) : ITensorTree<ScaledClass>
    {
        public double Factor => factor;

        public void AddLeaves(ICollection<Tensor> leaves) => leaves.Add(x);

        public void AddNames(string path, ICollection<string> names) => names.Add(path + "X");

        public ScaledClass Rebuild(LeafReader leaves) => new(leaves.Next(), factor);
    }

    /// <summary>Arrays of both, which a record compares by reference.</summary>
    private sealed record Weighted(ImmutableArray<Tensor> Parts, ImmutableArray<double> Factors) : ITensorTree<Weighted>
    {
        public void AddLeaves(ICollection<Tensor> leaves)
        {
            foreach (var part in Parts)
                leaves.Add(part);
        }

        public void AddNames(string path, ICollection<string> names)
        {
            for (var i = 0; i < Parts.Length; i++)
                names.Add($"{path}[{i}]");
        }

        public Weighted Rebuild(LeafReader leaves) => this with { Parts = [.. Parts.Select(_ => leaves.Next())] };
    }
}
