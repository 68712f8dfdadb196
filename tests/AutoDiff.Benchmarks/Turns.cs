using System.Text.Json.Serialization;

namespace AutoDiff.Benchmarks;

/// <summary>The times of two sides over rounds of turns; what the machine does meanwhile befalls both sides of a round, so ratios are taken within it.</summary>
/// <param name="Ours">The microseconds of each round.</param>
/// <param name="Peers">Those of the other side; empty where there is none.</param>
internal sealed record Turns(IReadOnlyList<double> Ours, IReadOnlyList<double> Peers)
{
    private readonly double[] _ratios = [.. Peers.Zip(Ours, (theirs, ours) => theirs / ours)];

    public double OursMicroseconds => Clock.Median(Ours);

    public double? PeerMicroseconds => Peers.Count == 0 ? null : Clock.Median(Peers);

    /// <summary>How many times faster ours is, the median over the rounds.</summary>
    public double? Ratio => Peers.Count == 0 ? null : Clock.Median(_ratios);

    public double? LowestRatio => Peers.Count == 0 ? null : _ratios.Min();

    public double? HighestRatio => Peers.Count == 0 ? null : _ratios.Max();

    /// <summary>The ratio's range as text.</summary>
    [JsonIgnore]
    public string Range => Peers.Count == 0 ? "" : $"{Terminal.Number(LowestRatio)}..{Terminal.Number(HighestRatio)}";

    /// <summary>Times both sides in this process, ours first in each round.</summary>
    public static Turns Take(Action ours, Action? peer, int rounds, double seconds)
    {
        var (first, second) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            first.Add(Clock.Time(ours, seconds).Microseconds);
            if (peer is not null)
                second.Add(Clock.Time(peer, seconds).Microseconds);
        }
        return new(first, second);
    }
}
