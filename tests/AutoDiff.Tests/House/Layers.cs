using System.Xml.Linq;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AutoDiff.Tests.House;

/// <summary>A project's folders, each using only itself and those before it, read off what every name in the code means to the compiler.</summary>
/// <remarks>A partial type lives where its first part is, a member where it is written: what a later folder adds to a type is the later folder's.</remarks>
internal sealed class Layers
{
    private const string ImplicitUsings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly string _project;
    private readonly string[] _folders;
    private readonly CSharpCompilation _compilation;

    private Layers(string project, string[] folders, CSharpCompilation compilation) =>
        (_project, _folders, _compilation) = (project, folders, compilation);

    /// <summary>The folders of <c>src/project</c> in their order; what lies beside the project file comes before all.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="folders">Its folders.</param>
    /// <param name="usings">Namespaces that the project file imports.</param>
    public static Layers Of(string project, string[] folders, params string[] usings)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var imports = ImplicitUsings + string.Concat(usings.Select(name => $"global using {name};"));
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileNameWithoutExtension(path) != project)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            project,
            [
                .. Repository
                    .Sources("src", project)
                    .Concat(Linked(project))
                    .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file)),
                CSharpSyntaxTree.ParseText(imports, options),
            ],
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable
            )
        );
        CSharpGeneratorDriver
            .Create([new TensorTreeGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        return new(project, folders, (CSharpCompilation)generated);
    }

    /// <summary>What does not compile here, so that a name without a meaning does not pass for one that points nowhere.</summary>
    public IEnumerable<string> Errors =>
        _compilation.GetDiagnostics().Where(problem => problem.Severity == DiagnosticSeverity.Error).Select(problem => problem.ToString());

    /// <summary>Folders that have no place in the order.</summary>
    public IEnumerable<string> Unknown =>
        _compilation
            .SyntaxTrees.Select(tree => FolderOf(tree.FilePath))
            .OfType<string>()
            .Distinct()
            .Except(_folders.Prepend(""))
            .Select(folder => $"{_project}/{folder} has no place in the order");

    /// <summary>Uses of a later folder.</summary>
    public IEnumerable<string> Reaching =>
        _compilation
            .SyntaxTrees.Where(tree => FolderOf(tree.FilePath) is not null)
            .SelectMany(tree =>
            {
                var model = _compilation.GetSemanticModel(tree);
                var own = Place(tree);
                return tree.GetRoot()
                    .DescendantNodes()
                    .Where(node => node is ExpressionSyntax or ConstructorInitializerSyntax)
                    .SelectMany(node => (ISymbol?[])[model.GetSymbolInfo(node).Symbol, model.GetConversion(node).MethodSymbol])
                    .OfType<ISymbol>()
                    .Distinct(SymbolEqualityComparer.Default)
                    .Where(symbol => Home(symbol!) > own)
                    .Select(symbol =>
                        $"{FolderOf(tree.FilePath)}/{Path.GetFileName(tree.FilePath)} uses {symbol!.ToDisplayString()} of {_folders[Home(symbol) - 1]}"
                    );
            })
            .Distinct();

    /// <summary>The place of the folder that a type, or a type's member, is written in; 0 for what is not this project's.</summary>
    private int Home(ISymbol symbol)
    {
        var definition = symbol.OriginalDefinition;
        if (
            definition
            is INamespaceSymbol
                or ILocalSymbol
                or IParameterSymbol
                or IRangeVariableSymbol
                or ILabelSymbol
                or ITypeParameterSymbol
        )
            return 0;
        return definition.DeclaringSyntaxReferences.Select(part => Place(part.SyntaxTree)).DefaultIfEmpty(0).Min();
    }

    private int Place(SyntaxTree tree) => FolderOf(tree.FilePath) is { Length: > 0 } folder ? 1 + Array.IndexOf(_folders, folder) : 0;

    /// <summary>The folder below the project's; empty for the project's own, null for code that is not the project's.</summary>
    private string? FolderOf(string file)
    {
        var root = Path.Combine(Repository.Root, "src", _project) + Path.DirectorySeparatorChar;
        return file.StartsWith(root, StringComparison.Ordinal)
            ? Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar) is [var folder, _, ..]
                ? folder
                : ""
            : null;
    }

    /// <summary>Files of other projects that a project compiles as its own.</summary>
    private static IEnumerable<string> Linked(string project)
    {
        var folder = Path.Combine(Repository.Root, "src", project);
        return XDocument
            .Load(Path.Combine(folder, project + ".csproj"))
            .Descendants("Compile")
            .Select(file =>
                Path.GetFullPath(Path.Combine(folder, file.Attribute("Include")!.Value.Replace('\\', Path.DirectorySeparatorChar)))
            );
    }
}
