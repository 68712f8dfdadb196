using System.Reflection;
using System.Xml.Linq;

namespace AutoDiff.Tests.House;

/// <summary>What the code promises about itself.</summary>
public class HouseRules
{
    private static readonly Assembly[] Libraries =
    [
        typeof(AutoDiff.Numerics.SymmetricEigen).Assembly,
        typeof(Tensor).Assembly,
        typeof(AutoDiff.Curvature.CriticalPoint).Assembly,
        typeof(AutoDiff.Optimization.Training).Assembly,
    ];

    /// <summary>The projects with their folders, each using only those before it, and the namespaces their project files import.</summary>
    public static TheoryData<string, string[], string[]> Projects =>
        new()
        {
            { "AutoDiff.Numerics", ["Simd", "Elementwise", "Reduce", "Matrix", "Dense", "Eigen", "Factor"], [] },
            { "AutoDiff", ["Shapes", "Random", "Graphs", "Trees", "Rules", "Execution", "Transforms"], ["AutoDiff.Numerics"] },
            {
                "AutoDiff.Curvature",
                ["Runs", "Operators", "Solvers", "Objectives", "Spectra", "Estimators", "CriticalPoints", "Minimizers"],
                ["AutoDiff.Numerics"]
            },
            { "AutoDiff.Optimization", ["Schedules", "Transitions", "Optimizers", "Training"], [] },
        };

    [Theory]
    [MemberData(nameof(Projects))]
    public void FoldersUseOnlyThoseBeforeThem(string project, string[] folders, string[] usings)
    {
        var layers = Layers.Of(project, folders, usings);
        string[] problems = [.. layers.Errors, .. layers.Unknown, .. layers.Reaching.Order()];
        if (problems.Length > 0)
            Assert.Fail(string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void TheReadmeNamesTheFoldersInTheirOrder(string project, string[] folders, string[] usings)
    {
        _ = usings;
        var row = Repository.Read("README.md").Split('\n').Single(line => line.StartsWith($"| `src/{project}`", StringComparison.Ordinal));
        Assert.EndsWith($"| {string.Join(' ', folders.Select(folder => $"`{folder}`"))} |", row, StringComparison.Ordinal);
    }

    [Fact]
    public void NoProductSeesAnothersInternals()
    {
        string[] products = [.. Products()];
        Assert.Contains("AutoDiff.Numerics", products);
        var friends = products.SelectMany(product =>
            XDocument
                .Load(Path.Combine(Repository.Root, "src", product, product + ".csproj"))
                .Descendants("InternalsVisibleTo")
                .Select(friend => friend.Attribute("Include")!.Value)
                .Where(products.Contains)
                .Select(friend => $"{product} shows its internals to {friend}")
        );
        Assert.Equal([], friends);
    }

    [Fact]
    public void PointersAndIntrinsicsAreInNumericsAlone()
    {
        var others = Products().Where(product => product != "AutoDiff.Numerics").ToArray();
        Assert.Equal(
            [],
            others
                .SelectMany(product => Repository.Sources("src", product))
                .Where(file => File.ReadAllText(file).Contains("System.Runtime.Intrinsics", StringComparison.Ordinal))
        );
        Assert.Equal(
            [],
            others.Where(product =>
                Repository.Read("src", product, product + ".csproj").Contains("<AllowUnsafeBlocks>true", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public void TestsMirrorTheSource()
    {
        string[] others = ["House", "Problems", "Reference", "Examples", "Generators"]; // rules, bodies of problems, tables of truth, and projects of other kinds
        var homes = Repository
            .Sources("src")
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src"), Path.GetDirectoryName(file)!))
            .Select(folder =>
                folder.StartsWith("AutoDiff.", StringComparison.Ordinal)
                    ? folder["AutoDiff.".Length..]
                    : folder["AutoDiff".Length..].TrimStart(Path.DirectorySeparatorChar)
            )
            .ToHashSet();
        var folders = Repository
            .Sources("tests", "AutoDiff.Tests")
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "AutoDiff.Tests"), Path.GetDirectoryName(file)!))
            .Distinct()
            .Where(folder => !others.Contains(folder.Split(Path.DirectorySeparatorChar)[0]));
        Assert.Equal([], folders.Where(folder => !homes.Contains(folder)));
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

    private static IEnumerable<string> Products() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!);
}
