using System.Collections.Immutable;

namespace AutoDiff.Benchmarks;

/// <summary>A row's figures over all rounds; those of the peer are absent where it is.</summary>
internal sealed record Comparison
{
    public required string Case { get; init; }

    public required string What { get; init; }

    public required double OursMicroseconds { get; init; }

    public double? PeerMicroseconds { get; init; }

    /// <summary>How many times faster ours is: the median, over rounds, of peer's time by ours in the same round.</summary>
    public double? Ratio { get; init; }

    public double? LowestRatio { get; init; }

    public double? HighestRatio { get; init; }

    /// <summary>Allocated by a call, on its thread.</summary>
    public required double Bytes { get; init; }

    public double? Gigaflops { get; init; }

    /// <summary>Of the measured operations or, where those are not counted, of the measured bytes a second.</summary>
    public double? ShareOfPeak { get; init; }

    public static Comparison Of(string name, Row row, ImmutableArray<Timing> ours, ImmutableArray<double> peer, Peak peak)
    {
        var time = Clock.Median(ours.Select(timing => timing.Microseconds));
        var ratios = peer.Zip(ours, (theirs, timing) => theirs / timing.Microseconds).ToArray();
        var gigaflops = row.Flops / (time * 1e3);
        var known = ratios.Length > 0;
        return new()
        {
            Case = name,
            What = row.What,
            OursMicroseconds = time,
            PeerMicroseconds = known ? Clock.Median(peer) : null,
            Ratio = known ? Clock.Median(ratios) : null,
            LowestRatio = known ? ratios.Min() : null,
            HighestRatio = known ? ratios.Max() : null,
            Bytes = ours.Min(timing => timing.Bytes),
            Gigaflops = row.Flops > 0 ? gigaflops : null,
            ShareOfPeak =
                row.Flops > 0 ? gigaflops / peak.Gigaflops
                : row.Bytes > 0 ? row.Bytes / (time * 1e3) / peak.Gigabytes
                : null,
        };
    }
}
