using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using AutoDiff.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AutoDiff.Tests.House;

/// <summary>The README's C# compiles and runs.</summary>
public partial class ReadmeTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Linq; global using System.Collections.Generic; global using System.Threading;";

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Code().Count(Repository.Read("README.md")))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void CodeBlockCompilesAndRuns(int number)
    {
        var block = Code().Matches(Repository.Read("README.md"))[number].Groups[1].Value;
        var output = Run(block);
        Assert.NotEmpty(output);
        if (number == 0)
        {
            Assert.StartsWith("H·v = (-2, -2)", output, StringComparison.Ordinal);
            Assert.Contains("Saddle, index 1 of 2, nullity 0, eigenvalues -2 to 2", output, StringComparison.Ordinal);
        }
    }

    private static string Run(string block)
    {
        var options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            $"Readme{Guid.NewGuid():N}",
            [CSharpSyntaxTree.ParseText(block, options), CSharpSyntaxTree.ParseText(ImplicitUsings, options)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
        );
        CSharpGeneratorDriver
            .Create([new TensorTreeGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        using var image = new MemoryStream();
        var result = generated.Emit(image);
        Assert.True(
            result.Success,
            string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        );
        image.Position = 0;
        var written = new StringWriter();
        var console = Console.Out;
        Console.SetOut(written);
        try
        {
            AssemblyLoadContext.Default.LoadFromStream(image).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
        }
        return written.ToString();
    }

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();
}
