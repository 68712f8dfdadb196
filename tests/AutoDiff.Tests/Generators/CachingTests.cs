using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Tests.Generators;

/// <summary>An edit that changes no tree writes no source again.</summary>
public sealed class CachingTests
{
    private const string Source = "using AutoDiff; [TensorTree] partial record R(Tensor W1, Tensor W2);";

    [Theory]
    [InlineData("// a comment that moves the record\n" + Source, "class Other { }")]
    [InlineData(Source, "class Other { int M() => 1; }")]
    [InlineData(Source + " partial record R { public int Count => 2; }", "class Other { }")]
    public void UnrelatedEditsAreCached(string source, string other)
    {
        var second = Rerun(source, other);
        Assert.All(
            Models(second),
            step =>
                Assert.All(
                    step.Outputs,
                    output => Assert.True(output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)
                )
        );
        Assert.All(
            second.TrackedOutputSteps.SelectMany(pair => pair.Value),
            step => Assert.All(step.Outputs, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason))
        );
    }

    [Theory]
    [InlineData("using AutoDiff; [TensorTree] partial record R(Tensor W1, Tensor W3);")]
    [InlineData("using AutoDiff; [TensorTree] partial record R(Tensor W1);")]
    [InlineData("using AutoDiff; [TensorTree] partial record struct R(Tensor W1, Tensor W2);")]
    [InlineData("using AutoDiff; namespace N; [TensorTree] partial record R(Tensor W1, Tensor W2);")]
    public void AChangedTreeIsWrittenAgain(string source) =>
        Assert.Contains(
            Models(Rerun(source, "class Other { }")).SelectMany(step => step.Outputs),
            output => output.Reason == IncrementalStepRunReason.Modified
        );

    [Fact]
    public void TwoRunsWriteTheSameText() =>
        Assert.Equal(
            GeneratorRun.Of(Source).Sources.Single().SourceText.ToString(),
            GeneratorRun.Of(Source).Sources.Single().SourceText.ToString()
        );

    private static GeneratorRunResult Rerun(string source, string other)
    {
        var first = GeneratorRun.Compile(Source, "class Other { }");
        var driver = GeneratorRun.Driver().RunGenerators(first);
        var (mine, rest) = (first.SyntaxTrees[0], first.SyntaxTrees[1]);
        var second = first.ReplaceSyntaxTree(mine, Edited(mine, source)).ReplaceSyntaxTree(rest, Edited(rest, other));
        return driver.RunGenerators(second).GetRunResult().Results.Single();
    }

    private static SyntaxTree Edited(SyntaxTree tree, string text) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options, tree.FilePath);

    private static ImmutableArray<IncrementalGeneratorRunStep> Models(GeneratorRunResult result) => result.TrackedSteps["Models"];
}
