using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using AutoDiff.Examples.Experiments;

namespace AutoDiff.Examples.Pages;

/// <summary>What an experiment runs on: its results may differ on another.</summary>
/// <param name="Library">The library's version.</param>
/// <param name="Runtime">The version of .NET.</param>
/// <param name="Processor">The processor's name, and how many of it and how wide its vectors are.</param>
/// <param name="System">The operating system.</param>
/// <param name="Modules">A number for each compiled module of the library and of the experiments, another after every change.</param>
internal sealed record Surroundings(string Library, string Runtime, string Processor, string System, ImmutableArray<Guid> Modules)
{
    /// <summary>Those of this process.</summary>
    public static Surroundings Here() =>
        new(
            typeof(Tensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion,
            RuntimeInformation.FrameworkDescription,
            $"{ProcessorName()}, {Environment.ProcessorCount} {(Environment.ProcessorCount == 1 ? "core" : "cores")}, vectors of {VectorBits()} bits",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            ModulesOf(typeof(Experiment).Assembly)
        );

    private static ImmutableArray<Guid> ModulesOf(Assembly root)
    {
        var all = new Dictionary<string, Assembly>(StringComparer.Ordinal);
        Add(root);
        return [.. all.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value.ManifestModule.ModuleVersionId)];

        void Add(Assembly assembly)
        {
            if (!all.TryAdd(assembly.FullName!, assembly))
                return;
            foreach (var used in assembly.GetReferencedAssemblies())
                if (used.Name!.StartsWith(nameof(AutoDiff), StringComparison.Ordinal))
                    Add(Assembly.Load(used));
        }
    }

    private static string ProcessorName()
    {
        const string Linux = "/proc/cpuinfo";
        var line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line is not null ? line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") is { Length: > 0 } windows ? windows
            : RuntimeInformation.ProcessArchitecture.ToString();
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : 128;
}
