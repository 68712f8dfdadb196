using System.Collections.Immutable;

namespace AutoDiff.Benchmarks;

/// <summary>A matrix product [M, K]·[K, N].</summary>
internal readonly record struct ProductShape(int M, int N, int K)
{
    /// <summary>The peer's: from a call's cost to the peak, with the nets' own in between.</summary>
    public static ImmutableArray<ProductShape> All { get; } =
    [
        new(8, 8, 8),
        new(32, 32, 32),
        new(64, 10, 32),
        new(256, 32, 64),
        new(64, 100, 784),
        new(256, 100, 196),
        new(128, 128, 128),
        new(256, 256, 256),
        new(512, 512, 512),
        new(1024, 1024, 1024),
    ];

    /// <summary>A multiplication and an addition for each of m·n·k.</summary>
    public double Flops => 2.0 * M * N * K;

    public override string ToString() => $"{M}x{N}x{K}";
}
