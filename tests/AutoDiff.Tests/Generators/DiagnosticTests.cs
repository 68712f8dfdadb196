using Microsoft.CodeAnalysis;

namespace AutoDiff.Tests.Generators;

/// <summary>Each misuse of [TensorTree] is reported at its place: <c>[|…|]</c>.</summary>
public sealed class DiagnosticTests
{
    [Theory]
    [InlineData("AD0001", "[TensorTree] partial class [|C|] { }")]
    [InlineData("AD0001", "[TensorTree] public struct [|S|] { public Tensor W; }")]
    [InlineData("AD0002", "[TensorTree] record [|R|](Tensor W);")]
    [InlineData("AD0002", "class [|Outer|] { [TensorTree] partial record R(Tensor W); }")]
    [InlineData("AD0002", "class [|Outer|] { partial class Middle { [TensorTree] record [|R|](Tensor W); } }")]
    [InlineData("AD0003", "[TensorTree] partial record [|R|];")]
    [InlineData("AD0003", "[TensorTree] partial record [|R|]();")]
    [InlineData("AD0003", "[TensorTree] partial record [|R|] { public Tensor W => 1; }")]
    [InlineData("AD0004", "[TensorTree] partial record R(Tensor W, [|object|] Count);")]
    [InlineData("AD0004", "[TensorTree] partial record R([|System.DateTime|] Date, [|double[]|] Values);")]
    [InlineData("AD0004", "[TensorTree] partial record R([|ImmutableArray<decimal[]>|] Counts);")]
    [InlineData("AD0004", "[TensorTree] partial record R<P>([|P?|] W) where P : ITensorTree<P>;")]
    [InlineData("AD0004", "[TensorTree] partial record R([|Constant|] W);")]
    [InlineData("AD0004", "[TensorTree] partial record R([|Tensor[]|] Ws);")]
    [InlineData("AD0004", "record Plain(Tensor W); [TensorTree] partial record R([|Plain|] P);")]
    [InlineData("AD0004", "[TensorTree] partial record struct S(Tensor W); [TensorTree] partial record R([|S?|] P);")]
    [InlineData("AD0005", "[TensorTree] partial record R<P>([|P|] Parameters);")]
    [InlineData(
        "AD0005",
        "[TensorTree] partial record R<P, Q>([|ImmutableArray<P>|] Ps, Q Last) where P : class where Q : ITensorTree<Q>;"
    )]
    [InlineData("AD0005", "[TensorTree] partial record R<P, Q>(P First, [|Q|] Last) where P : ITensorTree<P> where Q : ITensorTree<P>;")]
    [InlineData("AD0006", "record Base(Tensor A); [TensorTree] partial record [|R|](Tensor A, Tensor B) : Base(A);")]
    [InlineData("AD0007", "[TensorTree] abstract partial record [|R|](Tensor W);")]
    [InlineData("AD0008", "[TensorTree] file partial record [|R|](Tensor W);")]
    [InlineData("AD0008", "file partial class [|Outer|] { [TensorTree] internal partial record R(Tensor W); }")]
    [InlineData("AD0009", "[TensorTree] partial record R(Tensor W) { public int [|Count|] { get; init; } }")]
    [InlineData("AD0009", "[TensorTree] partial record struct R(Tensor W) { private int [|_count|] = 0; }")]
    public void MisuseIsReported(string id, string source)
    {
        var (reported, expected) = GeneratorRun.Marked(source);
        Assert.All(
            reported,
            diagnostic =>
                Assert.Equal(
                    (id, DiagnosticSeverity.Error, "Source0.cs"),
                    (diagnostic.Id, diagnostic.Severity, diagnostic.Location.GetLineSpan().Path)
                )
        );
        Assert.Equal(expected, reported.Select(diagnostic => diagnostic.Location.SourceSpan));
        Assert.All(reported, diagnostic => Assert.Equal(1, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData(
        "[TensorTree] partial record R(object Count);",
        "Parameter 'Count' of 'R' has type 'object', which is neither a tree nor a setting; expected Tensor, a type marked [TensorTree] or implementing ITensorTree of itself, a number, bool, string or enum, or ImmutableArray of these"
    )]
    [InlineData(
        "[TensorTree] partial record R(ImmutableArray<int[]> Counts);",
        "Parameter 'Counts' of 'R' has type 'int[]', which is neither a tree nor a setting; expected Tensor, a type marked [TensorTree] or implementing ITensorTree of itself, a number, bool, string or enum, or ImmutableArray of these"
    )]
    [InlineData(
        "[TensorTree] partial record R<P>(P State);",
        "Parameter 'State' of 'R' has type 'P', which need not be a tree; expected the constraint 'where P : ITensorTree<P>'"
    )]
    [InlineData(
        "class Outer { [TensorTree] partial record R(Tensor W); }",
        "'Outer' is not partial, so [TensorTree] cannot add to 'R'; expected 'partial' on it"
    )]
    [InlineData(
        "[TensorTree] partial class C { }",
        "[TensorTree] is on 'C', which is not a record; expected 'partial record' or 'partial record struct'"
    )]
    [InlineData(
        "[TensorTree] partial record R;",
        "'R' has no positional parameters, so no leaves; expected one for each tensor or tree, as in 'record R(Tensor Weight)'"
    )]
    public void MessagesNameWhatIsWrong(string source, string message) =>
        Assert.Equal(
            message,
            Assert.Single(GeneratorRun.Marked(source).Reported).GetMessage(System.Globalization.CultureInfo.InvariantCulture)
        );

    [Fact]
    public void AllProblemsOfATypeAreReportedAtOnce()
    {
        var (reported, _) = GeneratorRun.Marked("[TensorTree] abstract record R<P>(object Count, P State);");
        Assert.Equal(["AD0002", "AD0007", "AD0004", "AD0005"], reported.Select(diagnostic => diagnostic.Id), StringComparer.Ordinal);
    }

    /// <summary>What the compiler reports itself is not reported again, and nothing is written that would add to it.</summary>
    [Theory]
    [InlineData("[TensorTree] partial record R(Missing W);", "CS0246")]
    [InlineData("[TensorTree] partial record R(Tensor W); [TensorTree] partial record R;", "CS0579")]
    public void TheCompilersErrorsStandAlone(string source, string id)
    {
        var (_, diagnostics) = GeneratorRun.Of(source);
        Assert.Equal([id], diagnostics.Select(diagnostic => diagnostic.Id), StringComparer.Ordinal);
    }
}
