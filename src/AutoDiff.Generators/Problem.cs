using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Generators;

/// <summary>A diagnostic as a value: unlike <see cref="Diagnostic"/> it holds on to no syntax tree.</summary>
internal sealed record Problem(
    DiagnosticDescriptor Rule,
    string Path,
    TextSpan Span,
    LinePositionSpan Lines,
    EquatableArray<string> Arguments
)
{
    public static Problem At(Location? location, DiagnosticDescriptor rule, params string[] arguments)
    {
        var lines = location?.GetLineSpan() ?? default;
        return new(rule, lines.Path ?? "", location?.SourceSpan ?? default, lines.Span, new([.. arguments]));
    }

    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Rule, Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), [.. Arguments]);
}

/// <summary>What is known of one marked type: a model to write, or why there is none.</summary>
internal sealed record Finding(TreeModel? Model, EquatableArray<Problem> Problems);
