using System.Collections.Immutable;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AutoDiff.Tests.Generators;

/// <summary>Runs the generator over source text, as the compiler would.</summary>
internal static class GeneratorRun
{
    private const string Usings = "using AutoDiff; using System.Collections.Immutable;\n";

    private static readonly CSharpParseOptions _parse = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static CSharpCompilation Compile(params string[] sources) =>
        CSharpCompilation.Create(
            "Sample",
            sources.Select(source => CSharpSyntaxTree.ParseText(source, _parse, $"Source{Array.IndexOf(sources, source)}.cs")),
            _references,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999)
        );

    public static GeneratorDriver Driver() =>
        CSharpGeneratorDriver.Create(
            [new TensorTreeGenerator().AsSourceGenerator()],
            parseOptions: _parse,
            driverOptions: new(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true)
        );

    /// <summary>The generated sources, and all diagnostics: the generator's and the compiler's, above the hidden ones.</summary>
    public static (ImmutableArray<GeneratedSourceResult> Sources, ImmutableArray<Diagnostic> Diagnostics) Of(params string[] sources)
    {
        var driver = Driver()
            .RunGeneratorsAndUpdateCompilation(
                Compile([.. sources.Select(source => Usings + source)]),
                out var compilation,
                out var diagnostics
            );
        return (
            driver.GetRunResult().Results.Single().GeneratedSources,
            [.. diagnostics.Concat(compilation.GetDiagnostics()).Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)]
        );
    }

    /// <summary>The generator's diagnostics for a source where <c>[|…|]</c> marks the expected places, and those places.</summary>
    public static (ImmutableArray<Diagnostic> Reported, ImmutableArray<TextSpan> Expected) Marked(string source)
    {
        var (text, expected) = Unmarked(source);
        var driver = Driver().RunGenerators(Compile(text));
        return (driver.GetRunResult().Diagnostics, expected);
    }

    /// <summary>The analyzer's diagnostics, in order of place, for a source with such marks, and those places. The source itself must compile.</summary>
    public static async Task<(ImmutableArray<Diagnostic> Reported, ImmutableArray<TextSpan> Expected)> AnalyzedAsync(string source)
    {
        var (text, expected) = Unmarked(source);
        Driver().RunGeneratorsAndUpdateCompilation(Compile(text), out var compilation, out _, TestContext.Current.CancellationToken);
        Assert.Equal([], compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        var reported = await new CompilationWithAnalyzers(
            compilation,
            [new MisuseAnalyzer()],
            new AnalyzerOptions([])
        ).GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return ([.. reported.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)], expected);
    }

    private static (string Text, ImmutableArray<TextSpan> Marks) Unmarked(string source)
    {
        var text = Usings;
        var marks = ImmutableArray.CreateBuilder<TextSpan>();
        foreach (var (i, piece) in source.Split(["[|", "|]"], StringSplitOptions.None).Index())
        {
            if (i % 2 == 1)
                marks.Add(new(text.Length, piece.Length));
            text += piece;
        }
        return (text, marks.ToImmutable());
    }
}
