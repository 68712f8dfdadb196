using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;

namespace AutoDiff.Tests.House;

/// <summary>What the code promises about itself.</summary>
public partial class HouseRules
{
    private static readonly string[] Folders = ["Numerics", "Graphs", "Trees", "Rules", "Kernels", "Execution", "Transforms"];
    private static readonly Assembly[] Libraries =
    [
        typeof(Tensor).Assembly,
        typeof(AutoDiff.Curvature.CriticalPoint).Assembly,
        typeof(AutoDiff.Optimization.Training).Assembly,
    ];

    [Fact]
    public void FoldersUseOnlyThoseBeforeThem()
    {
        var homes = Repository
            .Sources("src", "AutoDiff")
            .SelectMany(file =>
                Declaration().Matches(File.ReadAllText(file)).Select(match => (Name: match.Groups[1].Value, Folder: FolderOf(file)))
            )
            .GroupBy(type => type.Name)
            // A partial type lives where its first part is.
            .ToDictionary(group => group.Key, group => group.Min(type => Array.IndexOf(Folders, type.Folder)));
        foreach (var file in Repository.Sources("src", "AutoDiff"))
        {
            var own = Array.IndexOf(Folders, FolderOf(file));
            var code = Comment().Replace(File.ReadAllText(file), "");
            var later = TypeName()
                .Matches(code)
                .Select(match => match.Value)
                .Distinct()
                .Where(name => homes.TryGetValue(name, out var home) && home > own);
            Assert.Equal([], later.Select(name => $"{Path.GetFileName(file)} in {Folders[own]} uses {name} of {Folders[homes[name]]}"));
        }
    }

    [Fact]
    public void NoFileIsLongerThan400Lines() =>
        Assert.Equal(
            [],
            new[] { "src", "properties", "tests", "examples" }
                .SelectMany(folder => Repository.Sources(folder))
                .Where(file => File.ReadLines(file).Count() > 400)
        );

    [Fact]
    public void NothingStaticCanChange()
    {
        var mutable = Libraries
            .SelectMany(library => library.GetTypes())
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal)) // the compiler's own caches of delegates
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            )
            .Where(field => field is { IsInitOnly: false, IsLiteral: false } && !field.Name.Contains('<', StringComparison.Ordinal));
        Assert.Equal([], mutable.Select(field => $"{field.DeclaringType}.{field.Name}"));
    }

    [Fact]
    public void EveryPublicPropertyIsReadOnlyOrInit()
    {
        var settable = Libraries
            .SelectMany(library => library.GetExportedTypes())
            .SelectMany(type =>
                type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            )
            .Where(property =>
                property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))
            );
        Assert.Equal([], settable.Select(property => $"{property.DeclaringType}.{property.Name}"));
    }

    private static string FolderOf(string file) => Path.GetFileName(Path.GetDirectoryName(file))!;

    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|record|record struct|struct|enum|interface) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"//.*$|""[^""\n]*""", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // A type's name where it can be one: not a member after a dot, nor the name of a parameter after its type.
    [GeneratedRegex(@"(?<![\w.]|\b(?:bool|int|double|string|Ints|Shape)\s+)[A-Z]\w+")]
    private static partial Regex TypeName();
}
