using System.Runtime.Intrinsics.X86;

namespace AutoDiff.Benchmarks;

/// <summary>Variables that a process must find when it starts, for its figures to be right.</summary>
internal static class Surroundings
{
    // A variable set for other machines, or an old detection of processors, takes kernels of half the width.
    private static readonly (string Name, string Value) Kernels = ("OPENBLAS_CORETYPE", "SKYLAKEX");

    // On one processor the runtime waits ten times as long before it optimizes: longer than a warm-up.
    private static readonly (string Name, string Value) Tiering = ("DOTNET_TC_DelaySingleProcMultiplier", "1");

    /// <summary>Those that this machine needs, for this process and the peer's, and that are not set so.</summary>
    public static IReadOnlyList<(string Name, string Value)> Missing()
    {
        var needed = new List<(string Name, string Value)>();
        if (Avx512F.IsSupported)
            needed.Add(Kernels);
        if (Environment.ProcessorCount == 1)
            needed.Add(Tiering);
        return needed.FindAll(variable => Environment.GetEnvironmentVariable(variable.Name) != variable.Value);
    }
}
