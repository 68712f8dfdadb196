using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Generators;

/// <summary>Writes <c>ITensorTree</c> for each partial record marked <c>[TensorTree]</c>, or reports why it cannot.</summary>
/// <remarks>Marked type → <see cref="Finding"/> → source, diagnostics. The two outputs are apart, so that moving code about rewrites no source.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class TensorTreeGenerator : IIncrementalGenerator
{
    internal const string Findings = nameof(Findings);
    internal const string Models = nameof(Models);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var findings = context
            .SyntaxProvider.ForAttributeWithMetadataName(Symbols.Attribute, (node, _) => node is TypeDeclarationSyntax, TreeReader.Read)
            .WithTrackingName(Findings);
        var models = findings.Select((finding, _) => finding.Model).WithTrackingName(Models);
        var problems = findings.SelectMany((finding, _) => finding.Problems);

        context.RegisterSourceOutput(
            models,
            (output, model) =>
            {
                if (model is not null)
                    output.AddSource(model.File, TreeWriter.Write(model));
            }
        );
        context.RegisterSourceOutput(problems, (output, problem) => output.ReportDiagnostic(problem.ToDiagnostic()));
    }
}
