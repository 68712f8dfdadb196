using System.Globalization;
using AutoDiff.Generators;
using AutoDiff.Tests.House;
using Microsoft.CodeAnalysis;
using static AutoDiff.Ops;
using static AutoDiff.Transforms;

namespace AutoDiff.Tests.Generators;

/// <summary>Code that compiles and misleads is warned of at its place, <c>[|…|]</c>; what is right is not.</summary>
public sealed class MisuseTests
{
    private const string Frame =
        "using System; using System.Linq; using AutoDiff.Optimization; using static AutoDiff.Ops; using static AutoDiff.Transforms; ";

    [Theory]
    [InlineData("bool F(Tensor x) => [|x == 0|];")]
    [InlineData("bool F(Tensor x) => [|x != 1.5|];")]
    [InlineData("bool F(Tensor x, Tensor y) => [|x == y|] || [|x != y|];")]
    [InlineData("bool F(Constant x, Tensor y) => [|x == y|];")]
    [InlineData("bool F(Tensor x) => [|x.Equals(0)|];")]
    [InlineData("bool F(Tensor x, Tensor y) => [|x.Equals(y)|] || [|object.Equals(x, y)|] || [|Equals((object)x, y)|];")]
    [InlineData("int F(Tensor x) { if ([|x == 0|]) return 1; return [|x == 1|] ? 2 : 3; }")]
    [InlineData("bool F(Pair<Tensor, Tensor> x, Pair<Tensor, Tensor> y) => [|x == y|] || [|x.Equals(y)|];")]
    [InlineData("bool F(TreeList<Tensor> x, TreeList<Tensor> y) => [|x.Equals(y)|];")]
    [InlineData("bool F(Mine x, Mine y) => [|x == y|]; [TensorTree] public partial record Mine(Tensor W);")]
    [InlineData("bool F<P>(P x, P y) where P : ITensorTree<P> => [|x.Equals(y)|];")]
    public Task EqualityByReferenceIsWarnedOf(string members) => AssertWarned("AD0010", members);

    [Theory]
    [InlineData("bool F(Tensor? x) => x == null || null != x || x is null;")]
    [InlineData("bool F(Tensor x, Tensor y) => ReferenceEquals(x, y) || (object)x == (object)y || (object)x == y;")]
    [InlineData("bool F(Tensor x) => x.Item() == 0 || x.Shape == Shape.Scalar || x.Shape.Equals(Shape.Scalar) || x.Rank == 0;")]
    [InlineData("Tensor F(Tensor x, Tensor y) => Equal(x, y) * (x > y);")]
    [InlineData("bool F(Key a, Key b) => a == b && a.Equals(b);")]
    [InlineData(
        "class D(Tensor w) { Tensor W => w; public override bool Equals(object? o) => o is D d && W.Equals(d.W); public override int GetHashCode() => 0; }"
    )]
    [InlineData("bool F(Tensor? x, Tensor y) => Equals(x, null) && y.Equals(null) && y.Shape.Equals(y.Shape);")]
    public Task OtherComparisonsAreNot(string members) => AssertWarned("", members);

    [Theory]
    [InlineData("object F() => Compile((Tensor x) => x * [|x.Item()|]);")]
    [InlineData("object F() => Compile((Tensor x) => Exp(Math.Exp([|Sum(x * 2).Item()|])));")]
    [InlineData("object F() => Vmap((Tensor x) => [|x.ToArray()|][0] > 0 ? x : -x);")]
    [InlineData("object F() => Compile((Tensor x, Tensor y) => { var z = Exp(-y); return [|z.Item()|] > 0 ? x : z; });")]
    [InlineData("object F() => Compile((Pair<Tensor, Tensor> p) => p.First * [|p.Second.Item()|]);")]
    [InlineData("object F() => Compile((TreeList<Tensor> p) => p[0] * [|p[1].ToMatrix()|][0, 0]);")]
    [InlineData("object F() => Compile((Tensor x) => Grad((Tensor w) => w * [|x.Item()|])(x));")]
    public Task ValuesWhileTracingAreWarnedOf(string members) => AssertWarned("AD0011", members);

    [Theory]
    [InlineData("object F() => Grad((Tensor x) => x.Item() > 0 ? x : -x);")]
    [InlineData("object F(Tensor y) => Compile((Tensor x) => x * y.Item());")]
    [InlineData("object F() => Compile((Tensor x) => x * Tensor.Of(x.Shape[0]).Item());")]
    [InlineData("double F(Tensor y) => Compile((Tensor x) => Exp(x)).Invoke(y).Item();")]
    [InlineData("object F() => Compile((Tensor x) => x + new[] { 1.0 }.ToArray()[0]);")]
    [InlineData("object F(Tensor y) => Compile((Tensor x) => { var z = Exp(y); return x * z.Item(); });")]
    public Task ValuesThatAreThereAreNot(string members) => AssertWarned("", members);

    [Theory]
    [InlineData("void F(Tensor x) { [|Exp(x)|]; }")]
    [InlineData("void F(Tensor x) { if (x.Rank > 0) [|Sum(x)|]; else [|TreeMath.Ravel(x)|]; }")]
    [InlineData("void F(Func<Tensor, Tensor> f) { [|Grad(f)|]; }")]
    [InlineData("void F(Key key) { [|key.Split()|]; [|key.FoldIn(1)|]; }")]
    [InlineData("Action F(Tensor x) => () => { [|Exp(x)|]; };")]
    [InlineData("void F(Tensor x) { [|Tensor.Of(1)|]; [|TreeMath.Names(x)|]; }")]
    [InlineData("void F() { [|Optimizers.Adam<Tensor>(0.1)|]; }")]
    [InlineData("void F(Tensor x) { try { [|Exp(x)|]; x.Item(); } catch (ArgumentException) { [|Exp(x)|]; } finally { [|Exp(x)|]; } }")]
    [InlineData("void F(Tensor x) { try { [|Exp(x)|]; } finally { x.Item(); } }")]
    public Task UnusedResultsAreWarnedOf(string members) => AssertWarned("AD0012", members);

    [Theory]
    [InlineData("void F(Tensor x) { _ = Exp(x); var y = Exp(x); Console.WriteLine(Exp(y)); }")]
    [InlineData("Action F(Tensor x) => () => Exp(x);")]
    [InlineData("void F(Tensor x) { Evaluate(x); }")]
    [InlineData(
        "void F(Compiled<Tensor, Tensor, Tensor> step, Tensor[] xs, IProgress<FoldProgress<Tensor>> told) { Fold(step, xs[0], xs, told); }"
    )]
    [InlineData("void F(Compiled<Tensor, Tensor> f, Tensor x) { f.Invoke(x); }")]
    [InlineData("void F(Tensor x) { x.ToString(); x.Item(); x.ToArray(); }")]
    [InlineData("bool F(Tensor x) { try { MatMul(x, x); } catch (ArgumentException) { return false; } return true; }")]
    public Task UsedResultsAreNot(string members) => AssertWarned("", members);

    [Theory]
    [InlineData("Tensor F(Key key) => key.Normal([2]) + [|key.Normal([2])|];")]
    [InlineData("Tensor F(Key key) => key.Orthogonal([2, 2]) + [|key.Normal([2, 2])|];")]
    [InlineData("Tensor F(Key key) { var x = key.Normal([2]); if (x.Item() > 0) x = [|key.Uniform([2])|]; return x; }")]
    [InlineData("int F() { var key = Key.Of(1); var order = key.Permutation(5); return order[[|key.Integer(5)|]]; }")]
    [InlineData("Tensor F(Key key) => key.TruncatedNormal([2]) + [|key.Rademacher([2])|];")]
    [InlineData("Tensor F(Key key, Tensor x) => key.Gamma([2], x) + [|key.Exponential([2], x)|] * [|key.Integers([2], 3)|];")]
    [InlineData("Tensor F(Key key, Tensor x) => key.Permutation(x) + [|key.Categorical(x)|];")]
    [InlineData("Tensor F(Key key, int n) { Tensor x = 0; for (var i = 0; i < n; i++) x += [|key.Normal([2])|]; return x; }")]
    [InlineData("void F(Key key) { while (true) { Console.WriteLine([|key.Choice(3, 1, true)|]); } }")]
    [InlineData("Tensor F(Key key, bool b) => b ? key.Normal([2]) + [|key.Bernoulli([2], 0.5)|] : key.Uniform([2]);")]
    [InlineData("Func<Key, Tensor> F() => key => key.Normal([2]) + [|key.Normal([2])|];")]
    [InlineData("Tensor F(bool b, Key key) { if (b) { key.Normal([2]).Item(); } return [|key.Normal([2])|]; }")]
    [InlineData("Tensor[] F(Key key) => Enumerable.Range(0, 3).Select(i => i + [|key.Normal([2])|]).ToArray();")]
    [InlineData("Tensor F(Key key) => Enumerable.Range(0, 3).Aggregate((Tensor)0, (sum, _) => { return sum + [|key.Normal([])|]; });")]
    [InlineData("void F(Key key, int n) { for (var i = 0; i < n; i++) { while (true) { [|key.Normal([])|].Item(); break; } } }")]
    [InlineData("void F(Key key, int n) { for (var i = 0; i < n; i++) { if (i > 2) { [|key.Normal([])|].Item(); continue; } } }")]
    [InlineData(
        "System.Collections.Generic.IEnumerable<Tensor> F(Key key) { yield return key.Normal([]); yield return [|key.Normal([])|]; }"
    )]
    [InlineData("System.Collections.Generic.IEnumerable<Tensor> F(Key key) { while (true) yield return [|key.Normal([])|]; }")]
    public Task SecondDrawsAreWarnedOf(string members) => AssertWarned("AD0013", members);

    [Theory]
    [InlineData("Tensor F(Key key) { var (a, b) = key.Split(); return a.Normal([2]) + b.Normal([2]); }")]
    [InlineData("Tensor F(Key key) => key.FoldIn(0).Normal([2]) + key.FoldIn(1).Normal([2]);")]
    [InlineData("Tensor F(Key key, bool b) => b ? key.Normal([2]) : key.Uniform([2]);")]
    [InlineData("Tensor F(Key key, bool b) { if (b) return key.Normal([2]); return key.Uniform([2]); }")]
    [InlineData("Tensor F(Key key, bool b) { if (b) { var x = key.Normal([2]); return x; } else { return key.Uniform([2]); } }")]
    [InlineData("Tensor F(Key key, int n) => n switch { 0 => key.Normal([2]), 1 => key.Uniform([2]), _ => 0 };")]
    [InlineData("Tensor F(Key key, int n) { switch (n) { case 0: return key.Normal([2]); default: var x = key.Uniform([2]); return x; } }")]
    [InlineData(
        "Tensor F(Key key, int n) { Tensor x = 0; for (var i = 0; i < n; i++) { (key, var k) = key.Split(); x += k.Normal([2]); } return x; }"
    )]
    [InlineData("Tensor F(Key key, int n) { Tensor x = 0; for (ulong i = 0; i < 9; i++) x += key.FoldIn(i).Normal([2]); return x; }")]
    [InlineData(
        "void F(Key key) { foreach (var i in key.Permutation(9)) Console.WriteLine(i); foreach (var k in key.Split(3)) k.Integer(2).ToString(); }"
    )]
    [InlineData("Tensor F(Key key) { var x = key.Normal([2]); key = key.FoldIn(1); return x + key.Normal([2]); }")]
    [InlineData("Tensor F(Key one, Key two) => one.Normal([2]) + two.Normal([2]);")]
    [InlineData("void F(Key key) { foreach (var i in new[] { 1, 2 }) { if (i > 1) { Console.WriteLine(key.Normal([2])); break; } } }")]
    [InlineData("Tensor F(Key key) { while (true) { var x = key.Normal([2]); Console.WriteLine(x); return x; } }")]
    [InlineData("void F(Key key) { for (;;) { for (;;) { { key.Normal([2]).Item(); throw new Exception(); } } } }")]
    [InlineData("object F(Key key) => key.Split(3).Select(k => k.Normal([2])).Concat(key.Split(4).Select((k, i) => k.Uniform([i])));")]
    [InlineData("object F(Key key) => Enumerable.Range(0, 3).Select(i => { var own = key.FoldIn((ulong)i); return own.Normal([2]); });")]
    [InlineData("Func<Tensor> F(Key key) => () => key.Normal([2]);")]
    [InlineData("Tensor F(Key key) => Enumerable.Repeat(key.Normal([2]), 3).Aggregate((a, b) => a + b);")]
    [InlineData(
        "Tensor[] F(Key[] keys) { var all = new Tensor[9]; for (var i = 0; i < 9; i++) { var k = keys[i]; all[i] = k.Normal([2]); } return all; }"
    )]
    public Task DrawsOfTheirOwnAreNot(string members) => AssertWarned("", members);

    [Theory]
    [InlineData(
        "bool F(Tensor x) => x == 0;",
        "'==' asks whether two values of type 'Tensor' hold the same nodes of a graph, not whether they hold the same numbers; expected Ops.Equal for a mask, Item() or ToArray() for numbers, ReferenceEquals for nodes"
    )]
    [InlineData(
        "object F() => Vmap((Tensor x) => x * x.Item());",
        "'Item' asks for a value inside a function given to 'Vmap', which runs it once without any values; expected operations on tensors, as in Where for a branch and Ops for System.Math"
    )]
    [InlineData(
        "void F(Tensor x) { Exp(x); }",
        "'Exp' does nothing but give a result, which is not used; expected it to be assigned, returned or passed on"
    )]
    [InlineData(
        "Tensor F(Key key) => key.Normal([2]) + key.Uniform([2]);",
        "'key' was drawn from before, so that 'Uniform' gives numbers made of the same random bits; expected a key of its own for each draw, by 'key.Split()' or 'key.FoldIn(n)'"
    )]
    public async Task MessagesSayWhatToWrite(string members, string message)
    {
        var (reported, _) = await GeneratorRun.AnalyzedAsync(Source(members));
        Assert.Equal(message, Assert.Single(reported).GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>The warnings are right: what they say of the library is so.</summary>
    [Fact]
    public void TheLibraryDoesWhatTheWarningsSay()
    {
        Tensor x = 0;
#pragma warning disable AD0010, AD0011, AD0013 // the misuses themselves
        Assert.False(x == 0);
        Assert.Throws<ArgumentException>(() => Compile((Tensor t) => t * t.Item()).Invoke(1.0));
        Assert.Throws<ArgumentException>(() => Vmap((Tensor t) => t * t.Item())(Tensor.Ones([2])));
        var key = Key.Of(1);
        Assert.Equal(key.Normal([3]).ToArray(), key.Normal([3]).ToArray());
#pragma warning restore AD0010, AD0011, AD0013
        Assert.Equal(1, Equal(x, 0).Item());
        Assert.Equal(2, Grad((Tensor t) => t * t.Item() * 2, (Tensor)1.0).Item()); // what a gradient runs has its values
    }

    /// <summary>Each id is described, and in the list of releases that the compiler checks.</summary>
    [Fact]
    public void EveryRuleIsDescribed()
    {
        var readme = Repository.Read("src", "AutoDiff.Generators", "README.md");
        var ids = Repository
            .Read("src", "AutoDiff.Generators", "AnalyzerReleases.Unshipped.md")
            .Split('\n')
            .Where(line => line.StartsWith("AD", StringComparison.Ordinal))
            .Select(line => line[..6])
            .ToArray();
        Assert.All(ids, id => Assert.Contains($"| {id} |", readme, StringComparison.Ordinal));
        Assert.Equal(ids.Length, readme.Split("\n| AD").Length - 1);
        Assert.All(new MisuseAnalyzer().SupportedDiagnostics, rule => Assert.Contains(rule.Id, ids));
    }

    private static string Source(string members) => $"{Frame}partial class C {{ {members} }}";

    private static async Task AssertWarned(string id, string members)
    {
        var (reported, expected) = await GeneratorRun.AnalyzedAsync(Source(members));
        Assert.All(reported, diagnostic => Assert.Equal((id, DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity)));
        Assert.Equal(expected, reported.Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.Equal(id.Length == 0, expected.IsEmpty);
    }
}
