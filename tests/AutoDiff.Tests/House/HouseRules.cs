using System.Reflection;
using System.Xml.Linq;

namespace AutoDiff.Tests.House;

/// <summary>What the code promises about itself.</summary>
public class HouseRules
{
    // For the compiler alone: it has neither folders nor users.
    private static readonly string[] Compiler = ["AutoDiff.Generators"];

    /// <summary>The projects with their folders, each using only those before it, and the namespaces their project files import.</summary>
    internal static readonly (string Project, string[] Folders, string[] Usings)[] Layout =
    [
        ("AutoDiff.Numerics", ["Simd", "Elementwise", "Random", "Reduce", "Order", "Matrix", "Dense", "Eigen", "Factor", "Fourier"], []),
        ("AutoDiff", ["Shapes", "Graphs", "Trees", "Rules", "Execution", "Random", "Transforms"], ["AutoDiff.Numerics"]),
        (
            "AutoDiff.Curvature",
            [
                "Runs",
                "Operators",
                "Solvers",
                "Objectives",
                "Spectra",
                "Estimators",
                "CriticalPoints",
                "Minimizers",
                "LeastSquares",
                "Landscapes",
            ],
            ["AutoDiff.Numerics"]
        ),
        ("AutoDiff.Files", ["Streams", "Elements", "Naming", "Safetensors", "Archives", "Numpy", "Trees"], []),
        ("AutoDiff.Optimization", ["Schedules", "Transitions", "Modifiers", "Optimizers", "Training", "Searches"], []),
        ("AutoDiff.Data", ["Sets", "Batches", "Readers", "Toys"], []),
        ("AutoDiff.Plots", ["Scales", "Marks", "Figures", "Svg", "Terminal", "Vega"], ["System.Collections.Immutable"]),
        ("AutoDiff.Nets", ["Initializers", "Layers", "Losses", "Metrics", "Statistics", "Training"], []),
    ];

    public static TheoryData<string> Projects => [.. Layout.Select(row => row.Project)];

    internal static IEnumerable<Assembly> Libraries => Layout.Select(row => Assembly.Load(row.Project));

    [Fact]
    public void EveryProductIsUnderTheseRules() =>
        Assert.Equal(
            Products().Except(Compiler).Order(StringComparer.Ordinal),
            Layout.Select(row => row.Project).Order(StringComparer.Ordinal)
        );

    [Fact]
    public void TheSolutionHoldsEveryProject()
    {
        var solution = Repository.Read("AutoDiff.sln").Replace('\\', '/');
        var projects = new[] { "src", "properties", "tests", "examples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace(Path.DirectorySeparatorChar, '/'));
        Assert.Equal([], projects.Where(project => !solution.Contains($"\"{project}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void FoldersUseOnlyThoseBeforeThem(string project)
    {
        var (_, folders, usings) = Layout.Single(row => row.Project == project);
        var layers = Layers.Of(project, folders, usings);
        string[] problems = [.. layers.Errors, .. layers.Unknown, .. layers.Reaching.Order()];
        if (problems.Length > 0)
            Assert.Fail(string.Join('\n', problems));
    }

    [Fact]
    public void NoProductSeesAnothersInternals()
    {
        string[] products = [.. Products()];
        Assert.Contains("AutoDiff.Numerics", products);
        var friends = products.SelectMany(product =>
            ProjectFile(product)
                .Descendants("InternalsVisibleTo")
                .Select(friend => friend.Attribute("Include")!.Value)
                .Where(products.Contains)
                .Select(friend => $"{product} shows its internals to {friend}")
        );
        Assert.Equal([], friends);
    }

    [Fact]
    public void ProductsUseTheFloorAndNeverEachOther()
    {
        string[] floor = ["AutoDiff.Numerics", "AutoDiff", "AutoDiff.Files"];
        string[] ofNets = ["AutoDiff.Optimization", "AutoDiff.Data"]; // which trains nets on data
        var others = Products()
            .SelectMany(product =>
                ProjectFile(product)
                    .Descendants("ProjectReference")
                    .Select(used => used.Attribute("Include")!.Value.Split('\\')[^1].Replace(".csproj", "", StringComparison.Ordinal))
                    .Except([.. floor.TakeWhile(lower => lower != product), .. product == "AutoDiff.Nets" ? ofNets : [], .. Compiler])
                    .Select(used => $"{product} uses {used}")
            );
        Assert.Equal([], others);
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
        string[] others = ["House", "Problems", "Programs", "Reference", "Examples", "Generators"]; // rules, bodies of problems, what users write, tables of truth, and projects of other kinds
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

    private static XDocument ProjectFile(string product) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", product, product + ".csproj"));

    private static IEnumerable<string> Products() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!);
}
