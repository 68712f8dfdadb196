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
        "global using System; global using System.IO; global using System.Linq; global using System.Collections.Generic; global using System.Threading; global using System.Threading.Tasks; global using System.Net.Http;";

    public static TheoryData<int> Blocks => [.. Enumerable.Range(0, Code().Count(Repository.Read("README.md")))];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void CodeBlockCompilesAndRuns(int number)
    {
        var block = Code().Matches(Repository.Read("README.md"))[number].Groups[1].Value;
        var output = Run(block);
        Assert.NotEmpty(output);
        if (output.StartsWith("Law ", StringComparison.Ordinal))
            Assert.Contains(output.TrimEnd(), Repository.Read("README.md"), StringComparison.Ordinal);
        if (number == 0)
        {
            Assert.StartsWith("H·v = (-2, -2)", output, StringComparison.Ordinal);
            Assert.Contains("Saddle, index 1 of 2, nullity 0, eigenvalues -2 to 2", output, StringComparison.Ordinal);
        }
    }

    /// <summary>A name without a folder is in that of the path before it in its line, or further up.</summary>
    [Fact]
    public void WhatItNamesExists()
    {
        var missing = new List<string>();
        foreach (var line in Repository.Read("README.md").Split('\n'))
        {
            var folder = "";
            foreach (var path in Names().Matches(line).Select(name => name.Groups.Values.Last(group => group.Success).Value))
            {
                var homes = Folders().IsMatch(path) ? [""] : Upwards(folder);
                var found = homes.Select(home => Path.Combine(home, path)).FirstOrDefault(Exists);
                if (found is null)
                    missing.Add(path);
                else if (path.Contains('.', StringComparison.Ordinal))
                    folder = Path.GetDirectoryName(found)!;
            }
        }
        Assert.Equal([], missing);
    }

    [Fact]
    public void LayoutIsTheOneThatIsEnforced()
    {
        var readme = Repository.Read("README.md");
        var rows = Rows().Matches(readme[readme.IndexOf("## Layout", StringComparison.Ordinal)..]);
        Assert.Equal(
            HouseRules.Layout.Select(row => $"{row.Project}: {string.Join(' ', row.Folders)}").Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Groups[1].Value}: {row.Groups[2].Value.Replace("`", "", StringComparison.Ordinal)}")
                .Order(StringComparer.Ordinal)
        );
    }

    private static IEnumerable<string> Upwards(string folder) =>
        folder.Length == 0 ? [""] : Upwards(Path.GetDirectoryName(folder)!).Prepend(folder);

    private static bool Exists(string path) => Path.Exists(Path.Combine(Repository.Root, path));

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

    [GeneratedRegex(
        @"`((?:src|tests|properties|examples)(?:/[\w./]+)?|[\w./]+\.(?:cs|py|md|json|csproj|sln))`|\]\((?!http)([\w./]+)\)|--project ([\w./]+)"
    )]
    private static partial Regex Names();

    [GeneratedRegex("^(?:src|tests|properties|examples)(?:/|$)")]
    private static partial Regex Folders();

    [GeneratedRegex(@"^\| `src/([\w.]+)`[^|]*\| ((?:`\w+` ?)+) \|", RegexOptions.Multiline)]
    private static partial Regex Rows();
}
