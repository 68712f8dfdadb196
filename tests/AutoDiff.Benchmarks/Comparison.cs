using System.Collections.Immutable;

namespace AutoDiff.Benchmarks;

/// <summary>A row's figures over all rounds.</summary>
/// <param name="Case">The case.</param>
/// <param name="What">The row.</param>
/// <param name="Turns">The times of both sides.</param>
/// <param name="Bytes">Allocated by a call of ours, on its thread.</param>
/// <param name="Gigaflops">Operations a nanosecond, where they are counted.</param>
/// <param name="ShareOfPeak">Of the measured operations or, where those are not counted, of the measured bytes a second.</param>
internal sealed record Comparison(string Case, string What, Turns Turns, double Bytes, double? Gigaflops, double? ShareOfPeak)
{
    public static Comparison Of(string name, Row row, ImmutableArray<Timing> ours, ImmutableArray<double> peer, Peak peak)
    {
        var turns = new Turns([.. ours.Select(timing => timing.Microseconds)], peer);
        double? gigaflops = row.Flops > 0 ? row.Flops / (turns.OursMicroseconds * 1e3) : null;
        double? gigabytes = row.Bytes > 0 ? row.Bytes / (turns.OursMicroseconds * 1e3) : null;
        var share = gigaflops / peak.Gigaflops ?? gigabytes / peak.Gigabytes;
        return new(name, row.What, turns, ours.Min(timing => timing.Bytes), gigaflops, share);
    }
}
